"""The library: inbox, cases, documents and their untouched content, each opening on record."""

import hashlib
from collections.abc import Callable

import pytest

from domain.errors import NotFoundError, PageUnavailableError
from domain.ids import CaseFileId, DocumentId
from domain.letters import Rendition
from domain.lifecycle import MessageState
from domain.post import Channel
from domain.reading import Fields
from tests.efile.realms import BG, NOON, PNG, Bureau, Letter, filed

NOBODY = "00000000-0000-4000-8000-000000000000"


def test_the_inbox_shows_what_was_filed_last_first(kommune: Bureau) -> None:
    sent = [filed(kommune, Letter()) for _ in range(5)]
    assert [document.id for document in kommune.library.inbox()] == sent[::-1]
    assert [document.id for document in kommune.library.inbox(offset=1, limit=2)] == sent[3:1:-1]
    assert kommune.library.inbox(offset=5) == ()


def test_an_empty_house_has_an_empty_inbox(kommune: Bureau) -> None:
    assert kommune.library.inbox() == ()
    assert kommune.library.cases() == ()


def test_a_document_shows_what_the_order_said(kommune: Bureau) -> None:
    fields = Fields(bg_nummer=BG, name="Zoe Zwitschermann")
    document = kommune.library.document(
        filed(kommune, Letter(fields=fields, reference=BG, page_count=3))
    )
    assert document.kind.title == "Mietvertrag"
    assert document.order.fields == fields
    assert document.order.file_name == "vertrag.pdf"
    assert document.order.channel is Channel.APP
    assert document.order.page_count == 3
    assert NOON < document.order.received_at < document.filed_at
    assert document.message is MessageState.WAITING
    assert document.case.reference == BG


def test_a_document_describes_the_renditions_it_has(kommune: Bureau) -> None:
    document = kommune.library.document(filed(kommune, Letter(pdfa=None)))
    original = document.part(Rendition.ORIGINAL)
    assert original is not None
    assert original.sha256 == hashlib.sha256(Letter().original).hexdigest()
    assert document.part(Rendition.PDFA) is None


def test_a_case_shows_its_processes_newest_first(kommune: Bureau) -> None:
    submissions = [f"{number}b0e6a52-3c1f-4f0e-9a51-0d6c7a1b2c01" for number in range(3)]
    sent = {
        name: [filed(kommune, Letter(reference=BG, submission=name)) for _ in range(2)]
        for name in submissions
    }
    filed(kommune, Letter(reference="12345//0000018"))
    (case_id,) = {case.id for case in kommune.library.cases() if case.reference == BG}
    case, processes = kommune.library.case(case_id)
    assert case.reference == BG
    shown = [[document.id for document in process.documents] for process in processes]
    assert shown == [sent[name] for name in reversed(submissions)]


def test_cases_are_listed_newest_first(kommune: Bureau) -> None:
    numbers = [f"12345//000001{number}" for number in range(3)]
    for number in numbers:
        filed(kommune, Letter(reference=number))
    assert [case.reference for case in kommune.library.cases()] == numbers[::-1]


@pytest.mark.parametrize("size", [1, 65_535, 65_536, 65_537, 300_000])
def test_the_original_comes_back_bit_by_bit(kommune: Bureau, size: int) -> None:
    original = bytes(number * 7 % 256 for number in range(size))
    document = filed(kommune, Letter(original=original))
    content = kommune.library.content(document, Rendition.ORIGINAL, actor="frau-sommer")
    assert hashlib.sha256(b"".join(content)).digest() == hashlib.sha256(original).digest()


def test_every_opening_is_audited_with_who_opened_what(kommune: Bureau) -> None:
    document = filed(kommune, Letter())
    kommune.library.content(document, Rendition.ORIGINAL, actor="frau-sommer")
    kommune.library.page(document, 1, width=200, actor="herr-winter")
    assert [(one.subject, one.actor, one.details) for one in kommune.audited("content.opened")] == [
        (document, "frau-sommer", {"rendition": "original"}),
        (document, "herr-winter", {"rendition": "pdfa"}),
    ]


def test_what_is_not_there_is_not_noted_as_opened(kommune: Bureau) -> None:
    document = filed(kommune, Letter(pdfa=None))
    with pytest.raises(NotFoundError):
        kommune.library.content(document, Rendition.PDFA, actor="frau-sommer")


def test_a_page_comes_from_the_archive_copy_or_else_the_original(kommune: Bureau) -> None:
    for letter in (Letter(), Letter(pdfa=None)):
        assert kommune.library.page(filed(kommune, letter), 1, width=200, actor="x") == PNG


@pytest.mark.parametrize("number", [0, -1, 3])
def test_a_page_that_the_document_does_not_have_is_refused(kommune: Bureau, number: int) -> None:
    document = filed(kommune, Letter(page_count=2))
    with pytest.raises(PageUnavailableError):
        kommune.library.page(document, number, width=200, actor="frau-sommer")
    assert kommune.audited("content.opened") == []


def test_the_text_of_a_document_is_the_recognised_one(kommune: Bureau) -> None:
    text = "Größe: 64 m² – „Mietvertrag“ 🐦"
    document = kommune.library.document(filed(kommune, Letter(text=text)))
    assert kommune.library.text(document) == text


QUESTIONS: list[Callable[[Bureau], object]] = [
    lambda at: at.library.document(DocumentId(NOBODY)),
    lambda at: at.library.case(CaseFileId(NOBODY)),
    lambda at: at.library.content(DocumentId(NOBODY), Rendition.ORIGINAL, actor="x"),
    lambda at: at.library.page(DocumentId(NOBODY), 1, width=200, actor="x"),
    lambda at: at.library.document(DocumentId("")),
    lambda at: at.library.document(DocumentId("' OR 1=1 --")),
    lambda at: at.library.document(DocumentId("../../x")),
]


@pytest.mark.parametrize("ask", QUESTIONS)
def test_another_id_is_not_found(kommune: Bureau, ask: Callable[[Bureau], object]) -> None:
    filed(kommune, Letter())
    with pytest.raises(NotFoundError):
        ask(kommune)


def test_the_other_carriers_document_is_not_found(kommune: Bureau, agentur: Bureau) -> None:
    theirs = filed(agentur, Letter(reference=BG))
    their_case = agentur.library.document(theirs).case.id
    with pytest.raises(NotFoundError):
        kommune.library.document(theirs)
    with pytest.raises(NotFoundError):
        kommune.library.case(their_case)
    with pytest.raises(NotFoundError):
        kommune.library.content(theirs, Rendition.ORIGINAL, actor="frau-sommer")
