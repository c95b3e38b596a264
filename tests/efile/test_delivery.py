"""Delivery: packages that a strict receiver takes, answers that fit, refusals with a reason."""

import datetime as dt
import io
import zipfile
from collections.abc import Callable

import pytest

from domain.errors import (
    InvalidMessageError,
    MalformedRequestError,
    NotAllowedNowError,
    NotFoundError,
    PoststelleError,
)
from domain.ids import DocumentId, MessageId
from domain.letters import Rendition
from domain.lifecycle import MessageState
from domain.reading import Fields
from efile.exchange.messages import build_0102
from efile.exchange.package import Package, unpack
from efile.exchange.values import ReceiptConfirmation
from efile.exchange.xml import Schema, parse
from tests.efile.realms import BG, NOON, Bureau, Letter, filed

ACTOR = "fachverfahren kommune"
STRANGER = MessageId("00000000-0000-4000-8000-000000000000")


def receipt_for(message: str) -> bytes:
    return build_0102(
        ReceiptConfirmation(
            process_id=message,
            created_at=dt.datetime(2026, 3, 3, tzinfo=dt.UTC),
            sender="Fachverfahren",
            recipient="Poststelle",
        )
    )


def waiting_message(at: Bureau, letter: Letter | None = None) -> MessageId:
    document = filed(at, letter or Letter(reference=BG))
    (message,) = [one.id for one in at.delivery.waiting() if one.document == document]
    return message


def pulled(at: Bureau, message: MessageId) -> bytes:
    return b"".join(at.delivery.package(message, actor=ACTOR))


def state_of(at: Bureau, message: MessageId) -> MessageState:
    return next(
        document.message
        for document in at.library.inbox(limit=1000)
        if document.id == document_of(at, message)
    )


def document_of(at: Bureau, message: MessageId) -> DocumentId:
    found = unpack(pulled(at, message)).announcement.document_id
    return DocumentId(found)


def test_a_package_brings_message_and_files_as_announced(kommune: Bureau) -> None:
    fields = Fields(bg_nummer=BG, name="Zoe Zwitschermann", dokumentdatum=dt.date(2026, 1, 3))
    letter = Letter(reference=BG, fields=fields)
    message = waiting_message(kommune, letter)
    package = unpack(pulled(kommune, message))
    announced = package.announcement
    assert announced.process_id == announced.message_id == message
    assert announced.reference == BG
    assert announced.type_code == "mietvertrag"
    assert announced.fields == fields
    assert announced.sender == "Jobcenter Musterstadt"
    assert announced.recipient == "Träger kommune"
    assert contents(package) == {
        Rendition.ORIGINAL: letter.original,
        Rendition.PDFA: letter.pdfa,
    }


def contents(package: Package) -> dict[Rendition | None, bytes]:
    return {file.rendition: package.files[file.name] for file in package.announcement.files}


def test_the_message_follows_the_official_schema(kommune: Bureau, official: Schema) -> None:
    for letter in (Letter(reference=BG), Letter(pdfa=None), Letter(type="anlage_meb")):
        package = unpack(pulled(kommune, waiting_message(kommune, letter)))
        official.admit(parse(package.xml))


@pytest.mark.parametrize(
    "media_type", ["image/jpeg", "text/plain", "message/rfc822", "application/x-unheard-of"]
)
def test_an_original_of_any_kind_can_be_delivered(kommune: Bureau, media_type: str) -> None:
    letter = Letter(media_type=media_type, pdfa=None, original=b"\0\1\2" * 100)
    package = unpack(pulled(kommune, waiting_message(kommune, letter)))
    assert list(package.files.values()) == [letter.original]


@pytest.mark.parametrize(
    "name", ["", "a" * 255, "x\t<&>'\".pdf", "Ü" * 200 + ".pdf", "\u202egnp.exe"]
)
def test_any_file_name_can_be_delivered(kommune: Bureau, name: str) -> None:
    package = unpack(pulled(kommune, waiting_message(kommune, Letter(name=name))))
    assert len(package.files) == 2


def test_a_message_pulled_twice_is_the_same_to_the_byte(kommune: Bureau) -> None:
    message = waiting_message(kommune)
    first = pulled(kommune, message)
    kommune.clock.advance(days=1)
    assert pulled(kommune, message) == first
    assert zipfile.ZipFile(io.BytesIO(first)).testzip() is None
    assert len(kommune.audited("message.pulled")) == 2


def test_messages_wait_in_order_behind_a_cursor(kommune: Bureau) -> None:
    sent = [filed(kommune, Letter()) for _ in range(5)]
    everything = kommune.delivery.waiting()
    assert [message.document for message in everything] == sent
    assert {message.state for message in everything} == {MessageState.WAITING}
    after = kommune.delivery.waiting(after=everything[1].seq, limit=2)
    assert [message.document for message in after] == sent[2:4]
    assert kommune.delivery.waiting(after=everything[-1].seq) == ()
    assert all(message.created_at > NOON for message in everything)


def test_a_message_that_was_pulled_waits_until_it_is_answered(kommune: Bureau) -> None:
    message = waiting_message(kommune)
    pulled(kommune, message)
    assert [(one.id, one.state) for one in kommune.delivery.waiting()] == [
        (message, MessageState.PULLED)
    ]
    kommune.delivery.acknowledge(message, receipt_for(message), actor=ACTOR)
    assert kommune.delivery.waiting() == ()
    assert state_of(kommune, message) is MessageState.ACKNOWLEDGED


def test_an_acknowledgement_may_be_repeated(kommune: Bureau) -> None:
    message = waiting_message(kommune)
    pulled(kommune, message)
    for _ in range(2):
        kommune.delivery.acknowledge(message, receipt_for(message), actor=ACTOR)
    assert kommune.delivery.waiting() == ()
    assert [one.actor for one in kommune.audited("message.acknowledged")] == [ACTOR, ACTOR]


def test_an_acknowledged_message_can_be_pulled_again(kommune: Bureau) -> None:
    message = waiting_message(kommune)
    first = pulled(kommune, message)
    kommune.delivery.acknowledge(message, receipt_for(message), actor=ACTOR)
    assert pulled(kommune, message) == first
    assert state_of(kommune, message) is MessageState.ACKNOWLEDGED


def test_an_acknowledgement_before_the_pull_is_refused(kommune: Bureau) -> None:
    message = waiting_message(kommune)
    with pytest.raises(NotAllowedNowError):
        kommune.delivery.acknowledge(message, receipt_for(message), actor=ACTOR)
    with pytest.raises(NotAllowedNowError):
        kommune.delivery.refuse(message, "zu früh", actor=ACTOR)
    assert kommune.delivery.waiting()[0].state is MessageState.WAITING
    assert kommune.audited("message.acknowledged") == kommune.audited("message.refused") == []


def test_a_receipt_that_names_another_process_is_refused(kommune: Bureau) -> None:
    message, other = waiting_message(kommune), waiting_message(kommune)
    pulled(kommune, message)
    with pytest.raises(MalformedRequestError):
        kommune.delivery.acknowledge(message, receipt_for(other), actor=ACTOR)
    assert kommune.delivery.waiting()[0].state is MessageState.PULLED


WRONG_ANSWERS: dict[str, Callable[[bytes], bytes]] = {
    "nothing": lambda _: b"",
    "no XML": lambda _: b"ok",
    "JSON": lambda _: b'{"ok": true}',
    "cut": lambda receipt: receipt[:-20],
    "another element": lambda receipt: receipt.replace(b"EmpfangBestaetigen", b"Empfangen"),
    "a DTD": lambda receipt: receipt.replace(
        b"?>", b'?><!DOCTYPE x [<!ENTITY e SYSTEM "file:///etc/passwd">]>', 1
    ),
}


@pytest.mark.parametrize("name", WRONG_ANSWERS)
def test_a_receipt_that_is_not_valid_is_refused(kommune: Bureau, name: str) -> None:
    message = waiting_message(kommune)
    pulled(kommune, message)
    answer = WRONG_ANSWERS[name](receipt_for(message))
    with pytest.raises(InvalidMessageError):
        kommune.delivery.acknowledge(message, answer, actor=ACTOR)
    assert kommune.delivery.waiting()[0].state is MessageState.PULLED


def test_the_announcement_itself_is_no_receipt(kommune: Bureau) -> None:
    message = waiting_message(kommune)
    package = unpack(pulled(kommune, message))
    with pytest.raises(InvalidMessageError):
        kommune.delivery.acknowledge(message, package.xml, actor=ACTOR)


def test_a_refusal_is_listed_with_its_reason(kommune: Bureau) -> None:
    message, other = waiting_message(kommune), waiting_message(kommune)
    pulled(kommune, message)
    kommune.delivery.refuse(message, "  Falsche Akte – bitte prüfen  ", actor=ACTOR)
    assert kommune.delivery.refusals() == {
        document_of(kommune, message): "Falsche Akte – bitte prüfen"
    }
    assert [one.id for one in kommune.delivery.waiting()] == [other]
    assert [one.actor for one in kommune.audited("message.refused")] == [ACTOR]


@pytest.mark.parametrize("reason", ["", "   ", "\n", "x" * 501])
def test_a_refusal_needs_a_reason_of_sensible_length(kommune: Bureau, reason: str) -> None:
    message = waiting_message(kommune)
    pulled(kommune, message)
    with pytest.raises(MalformedRequestError):
        kommune.delivery.refuse(message, reason, actor=ACTOR)
    assert kommune.delivery.refusals() == {}


def test_what_is_refused_cannot_be_acknowledged_and_the_other_way(kommune: Bureau) -> None:
    first, second = waiting_message(kommune), waiting_message(kommune)
    for message in (first, second):
        pulled(kommune, message)
    kommune.delivery.refuse(first, "falsch", actor=ACTOR)
    kommune.delivery.acknowledge(second, receipt_for(second), actor=ACTOR)
    with pytest.raises(NotAllowedNowError):
        kommune.delivery.acknowledge(first, receipt_for(first), actor=ACTOR)
    with pytest.raises(NotAllowedNowError):
        kommune.delivery.refuse(second, "doch nicht", actor=ACTOR)


QUESTIONS: list[Callable[[Bureau, MessageId], object]] = [
    lambda at, message: at.delivery.package(message, actor=ACTOR),
    lambda at, message: at.delivery.acknowledge(message, receipt_for(message), actor=ACTOR),
    lambda at, message: at.delivery.refuse(message, "falsch", actor=ACTOR),
]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_the_other_carriers_message_does_not_exist_here(
    kommune: Bureau, agentur: Bureau, ask: Callable[[Bureau, MessageId], object]
) -> None:
    theirs = waiting_message(agentur)
    for message in (theirs, STRANGER):
        with pytest.raises(NotFoundError):
            ask(kommune, message)
    assert agentur.delivery.waiting()[0].state is MessageState.WAITING


def test_a_changed_object_is_never_delivered(kommune: Bureau) -> None:
    message = waiting_message(kommune)
    for path in kommune.objects.rglob("original"):
        content = bytearray(path.read_bytes())
        content[-1] ^= 1
        path.write_bytes(content)
    with pytest.raises(PoststelleError):
        pulled(kommune, message)
