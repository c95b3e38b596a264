"""Messages are valid by the official schema and by the profile, and come back as they were."""

import dataclasses
import datetime as dt
from collections.abc import Callable
from decimal import Decimal

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from domain.catalogue import Protection
from domain.errors import InvalidMessageError
from domain.ids import MessageId, TypeCode
from domain.letters import Rendition
from domain.post import Channel
from domain.reading import Fields
from efile.exchange.document import received_on
from efile.exchange.formats import MEDIA_TYPES
from efile.exchange.messages import build_0101, build_0102, parse_0101, parse_0102
from efile.exchange.profile import validate_profile
from efile.exchange.text import clean_text
from efile.exchange.values import Announcement, DecidedBy, ReceiptConfirmation
from efile.exchange.xml import Schema, parse
from tests.efile.exchange.examples import (
    ANNOUNCEMENT,
    CONFIRMATION,
    NIGHT,
    PDFA_FILE,
    PHOTO_FILE,
    PROCESS,
    primary_file,
)

TEXT_FILE = primary_file(b"Text", "text/plain", Rendition.TEXT, digit=6)

VARIANTS = {
    "full": ANNOUNCEMENT,
    "no optional value": dataclasses.replace(
        ANNOUNCEMENT, reference=None, fields=Fields(), files=(PHOTO_FILE,)
    ),
    "three renditions": dataclasses.replace(ANNOUNCEMENT, files=(PHOTO_FILE, PDFA_FILE, TEXT_FILE)),
    "sure": dataclasses.replace(ANNOUNCEMENT, confidence=1.0),
    "unsure": dataclasses.replace(ANNOUNCEMENT, confidence=0.0),
    **{
        f"original {media_type}": dataclasses.replace(
            ANNOUNCEMENT, files=(primary_file(b"x", media_type, Rendition.ORIGINAL),)
        )
        for media_type in sorted(MEDIA_TYPES)
    },
    **{f"{one}": dataclasses.replace(ANNOUNCEMENT, protection=one) for one in Protection},
    **{f"{one}": dataclasses.replace(ANNOUNCEMENT, channel=one) for one in Channel},
    **{f"{one}": dataclasses.replace(ANNOUNCEMENT, decided_by=one) for one in DecidedBy},
}

ANY_TEXT = st.text(st.characters(exclude_categories=()), max_size=400)
NAMES = ANY_TEXT.filter(lambda text: clean_text(text, limit=10))
MOMENTS = st.datetimes(
    min_value=dt.datetime(1900, 1, 1),  # noqa: DTZ001 - hypothesis adds the zone itself
    max_value=dt.datetime(2200, 1, 1),  # noqa: DTZ001 - the same
    timezones=st.timezones(),
)
DAYS = st.none() | st.dates()
FIELDS = st.builds(
    Fields,
    bg_nummer=st.none() | st.from_regex(r"[0-9]{5}//[0-9]{7}", fullmatch=True),
    kundennummer=st.none() | st.from_regex(r"[0-9]{3}[A-Z][0-9]{6}", fullmatch=True),
    iban=st.sampled_from([None, "DE02120300000000202051", "NL02ABNA0123456789"]),
    geburtsdatum=DAYS,
    name=st.none() | ANY_TEXT,
    dokumentdatum=DAYS,
)
ANNOUNCEMENTS = st.builds(
    dataclasses.replace,
    st.just(ANNOUNCEMENT),
    process_id=st.uuids().map(str),
    created_at=MOMENTS,
    sender=NAMES,
    recipient=NAMES,
    title=ANY_TEXT,
    type_title=NAMES,
    received_at=MOMENTS,
    reference=st.none() | ANY_TEXT,
    protection=st.sampled_from(Protection),
    channel=st.sampled_from(Channel),
    basis=NAMES,
    confidence=st.floats(0, 1),
    decided_by=st.sampled_from(DecidedBy),
    fields=FIELDS,
    files=ANY_TEXT.map(
        lambda name: (dataclasses.replace(PHOTO_FILE, original_name=name), PDFA_FILE)
    ),
)
RELAXED = settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)


def in_short(text: str | None, limit: int) -> str:
    return clean_text(text or "", limit=limit)


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_is_valid_by_the_profile_and_comes_back(name: str) -> None:
    data = build_0101(VARIANTS[name])
    validate_profile(data)
    assert parse_0101(data) == VARIANTS[name]


@pytest.mark.parametrize("name", VARIANTS)
def test_every_variant_is_valid_by_the_official_schema(name: str, official: Schema) -> None:
    official.admit(parse(build_0101(VARIANTS[name])))


@RELAXED
@given(ANNOUNCEMENTS)
def test_any_announcement_comes_back_clean(announcement: Announcement) -> None:
    data = build_0101(announcement)
    back = parse_0101(data)
    assert build_0101(back) == data
    assert back == dataclasses.replace(
        announcement,
        sender=in_short(announcement.sender, 200),
        recipient=in_short(announcement.recipient, 200),
        title=in_short(announcement.title, 300) or in_short(announcement.type_title, 300),
        type_title=in_short(announcement.type_title, 120),
        created_at=announcement.created_at.astimezone(dt.UTC),
        received_at=announcement.received_at.astimezone(dt.UTC),
        reference=in_short(announcement.reference, 100) or None,
        basis=in_short(announcement.basis, 200),
        confidence=float(f"{announcement.confidence:.4f}"),
        fields=dataclasses.replace(
            announcement.fields, name=in_short(announcement.fields.name, 200) or None
        ),
        files=tuple(
            dataclasses.replace(file, original_name=in_short(file.original_name, 255))
            for file in announcement.files
        ),
    )


@RELAXED
@given(announcement=ANNOUNCEMENTS)
def test_any_announcement_is_valid_by_the_official_schema(
    official: Schema, announcement: Announcement
) -> None:
    official.admit(parse(build_0101(announcement)))


def test_the_day_of_receipt_is_the_german_one() -> None:
    assert received_on(NIGHT) == dt.date(2026, 1, 16)
    assert received_on(dt.datetime(2026, 7, 1, 21, 59, tzinfo=dt.UTC)) == dt.date(2026, 7, 1)
    assert received_on(dt.datetime(2026, 7, 1, 22, 0, tzinfo=dt.UTC)) == dt.date(2026, 7, 2)
    assert b"<xdomea:Posteingangsdatum>2026-01-16<" in build_0101(ANNOUNCEMENT)


def test_an_empty_title_becomes_the_title_of_the_type() -> None:
    announcement = dataclasses.replace(ANNOUNCEMENT, title="\x00 \n")
    assert parse_0101(build_0101(announcement)).title == "Mietvertrag"


REFUSED: dict[str, Callable[[Announcement], Announcement]] = {
    "process id": lambda one: dataclasses.replace(one, process_id="1"),
    "process id in upper case": lambda one: dataclasses.replace(one, process_id=PROCESS.upper()),
    "message id": lambda one: dataclasses.replace(one, message_id=MessageId("")),
    "naive time": lambda one: dataclasses.replace(one, created_at=NIGHT.replace(tzinfo=None)),
    "no sender": lambda one: dataclasses.replace(one, sender=" "),
    "no basis": lambda one: dataclasses.replace(one, basis=""),
    "type code": lambda one: dataclasses.replace(one, type_code=TypeCode("<b>")),
    "receipt digest": lambda one: dataclasses.replace(one, receipt_digest="9F" * 32),
    "confidence above one": lambda one: dataclasses.replace(one, confidence=1.1),
    "confidence below nought": lambda one: dataclasses.replace(one, confidence=-0.1),
    "confidence no number": lambda one: dataclasses.replace(one, confidence=float("nan")),
    "BG number": lambda one: dataclasses.replace(one, fields=Fields(bg_nummer="12345BG0000017")),
    "customer number": lambda one: dataclasses.replace(one, fields=Fields(kundennummer="1")),
    "IBAN": lambda one: dataclasses.replace(one, fields=Fields(iban="DE00120300000000202051")),
    "insurance number": lambda one: dataclasses.replace(one, fields=Fields(rvnr="6517J003")),
    "tax number": lambda one: dataclasses.replace(one, fields=Fields(steuer_id="0609574271")),
    "amount": lambda one: dataclasses.replace(one, fields=Fields(betrag=Decimal("1.234"))),
    "no file": lambda one: dataclasses.replace(one, files=()),
    "no original": lambda one: dataclasses.replace(one, files=(PDFA_FILE,)),
    "same file twice": lambda one: dataclasses.replace(one, files=(PHOTO_FILE, PHOTO_FILE)),
    "same rendition twice": lambda one: dataclasses.replace(
        one, files=(PHOTO_FILE, primary_file(b"x", "image/png", Rendition.ORIGINAL, digit=7))
    ),
    "file name": lambda one: dataclasses.replace(
        one, files=(dataclasses.replace(PHOTO_FILE, name="../vertrag.jpg"),)
    ),
    "media type": lambda one: dataclasses.replace(
        one, files=(dataclasses.replace(PHOTO_FILE, media_type="image/x-own"),)
    ),
    "empty file": lambda one: dataclasses.replace(
        one, files=(dataclasses.replace(PHOTO_FILE, size=0),)
    ),
}


@pytest.mark.parametrize("name", REFUSED)
def test_what_the_profile_does_not_admit_is_never_released(name: str) -> None:
    with pytest.raises(InvalidMessageError):
        build_0101(REFUSED[name](ANNOUNCEMENT))


def test_the_confirmation_comes_back() -> None:
    data = build_0102(CONFIRMATION)
    validate_profile(data)
    assert parse_0102(data) == CONFIRMATION


def test_the_confirmation_is_valid_by_the_official_schema(official: Schema) -> None:
    official.admit(parse(build_0102(CONFIRMATION)))


@RELAXED
@given(
    st.builds(
        ReceiptConfirmation,
        process_id=st.uuids().map(str),
        created_at=MOMENTS,
        sender=ANY_TEXT,
        recipient=ANY_TEXT,
        note=st.none() | ANY_TEXT,
    )
)
def test_any_confirmation_comes_back_clean(confirmation: ReceiptConfirmation) -> None:
    data = build_0102(confirmation)
    back = parse_0102(data)
    assert build_0102(back) == data
    assert back.process_id == confirmation.process_id
    assert back.created_at == confirmation.created_at.astimezone(dt.UTC)
    assert back.note == (in_short(confirmation.note, 1000) or None)


def test_one_message_is_not_the_other() -> None:
    with pytest.raises(InvalidMessageError):
        parse_0101(build_0102(CONFIRMATION))
    with pytest.raises(InvalidMessageError):
        parse_0102(build_0101(ANNOUNCEMENT))


@given(st.binary(max_size=200))
def test_noise_is_refused(data: bytes) -> None:
    for read in (parse_0101, parse_0102):
        with pytest.raises(InvalidMessageError):
            read(data)
