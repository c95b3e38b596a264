"""A worker's answer is believed only if every value in it is plausible."""

import copy
import datetime as dt
import io
import json
from typing import Any

import pytest

from domain.ids import TypeCode
from domain.reading import Barcode, Fields, Outcome, ReadDocument, Reading, SheetNote
from domain.reasons import Reason
from ocr.frames import Frame, receive, send
from ocr.limits import Limits
from ocr.wire import (
    UnbelievableError,
    decode_barcodes,
    decode_notes,
    decode_reading,
    encode_barcodes,
    encode_notes,
    encode_reading,
)

LIMITS = Limits(pages=10)
DOCUMENT = ReadDocument(
    pages=(1, 3),
    type=TypeCode("mietvertrag"),
    confidence=0.75,
    fields=Fields(
        bg_nummer="12345//0000123",
        kundennummer="123A456789",
        iban="DE02120300000000202051",
        geburtsdatum=dt.date(1990, 2, 28),
        name="Erika Beispiel",
        dokumentdatum=None,
    ),
    text="Mietvertrag\fSeite 2",
    media_type="application/pdf",
    part="Vertrag.pdf",
    evidence=("Mietvertrag",),
    doubts=(Reason.MIXED_CONTENT,),
    bg_nummern=("12345//0000123",),
    pdfa=b"%PDF-a",
    original=b"%PDF-o",
)
ACCEPTED = Reading(
    Outcome.ACCEPTED,
    "message/rfc822",
    page_count=3,
    blank_pages=(2,),
    signed=True,
    documents=(DOCUMENT,),
)
REFUSED = Reading(Outcome.UNREADABLE, "application/pdf", reason=Reason.PDF_DAMAGED)


def frame_of(reading: Reading) -> Frame:
    header, blobs = encode_reading(reading)
    return Frame(json.loads(json.dumps(header)), tuple(blobs))


@pytest.mark.parametrize("reading", [ACCEPTED, REFUSED])
def test_a_reading_arrives_as_it_was_sent(reading: Reading) -> None:
    assert decode_reading(frame_of(reading), LIMITS) == reading


def test_lone_surrogates_in_a_text_do_not_stop_it() -> None:
    sent = Reading(Outcome.ACCEPTED, "text/plain", documents=(replace_text("a\ud800"),))
    assert decode_reading(frame_of(sent), LIMITS).documents[0].text == "a?"


@pytest.mark.parametrize("letter", ["ü", "\U0001f600", "\x01"])
def test_the_longest_text_passes_the_pipe_and_a_longer_one_is_not_believed(letter: str) -> None:
    most = Limits().text_bytes // len(letter.encode())
    sent = Reading(Outcome.ACCEPTED, "text/plain", documents=(replace_text(letter * most),) * 3)
    pipe = io.BytesIO()
    send(pipe, *encode_reading(sent))
    pipe.seek(0)
    assert decode_reading(receive(pipe, limit=Limits().output_bytes), Limits()) == sent
    with pytest.raises(UnbelievableError):
        decode_reading(frame_of(sent), Limits(text_bytes=Limits().text_bytes - 1))


def test_a_text_that_is_not_utf_8_is_not_believed() -> None:
    header, blobs = encode_reading(ACCEPTED)
    with pytest.raises(UnbelievableError):
        decode_reading(Frame(header, (b"\xff", *blobs[1:])), LIMITS)


def replace_text(text: str) -> ReadDocument:
    return ReadDocument((1,), TypeCode("sonstiges"), 0.0, Fields(), text, "text/plain")


LIES: dict[str, tuple[tuple[str | int, ...], object]] = {
    "outcome": (("outcome",), "wonderful"),
    "quarantine": (("outcome",), "quarantined"),
    "accepted with a reason": (("reason",), "pdf_damaged"),
    "refused with documents": (("outcome",), "rejected"),
    "accepted without documents": (("documents",), []),
    "media type": (("media_type",), "text/html"),
    "page count": (("page_count",), 11),
    "page count as text": (("page_count",), "3"),
    "page count as flag": (("page_count",), True),
    "signed": (("signed",), 1),
    "blank page": (("blank_pages",), [0]),
    "too many documents": (("documents",), [{}] * 1000),
    "document": (("documents", 0), None),
    "page": (("documents", 0, "pages"), [11]),
    "type": (("documents", 0, "type"), "../etc"),
    "confidence": (("documents", 0, "confidence"), 1.5),
    "confidence nan": (("documents", 0, "confidence"), float("nan")),
    "confidence text": (("documents", 0, "confidence"), "1"),
    "text": (("documents", 0, "text"), None),
    "part": (("documents", 0, "part"), "a\nb"),
    "long part": (("documents", 0, "part"), "a" * 500),
    "doubt": (("documents", 0, "doubts"), ["just because"]),
    "evidence": (("documents", 0, "evidence"), [{}]),
    "number": (("documents", 0, "bg_nummern"), ["12345BG0000123"]),
    "another kind": (("kind",), "view"),
    "blob": (("documents", 0, "pdfa"), 3),
    "blob before the first": (("documents", 0, "pdfa"), -1),
    "reference": (("documents", 0, "fields", "bg_nummer"), "1//2"),
    "customer": (("documents", 0, "fields", "kundennummer"), "123a456789"),
    "iban": (("documents", 0, "fields", "iban"), "DE03120300000000202051"),
    "date": (("documents", 0, "fields", "geburtsdatum"), "1990-02-30"),
    "date as number": (("documents", 0, "fields", "geburtsdatum"), 19900228),
    "name": (("documents", 0, "fields", "name"), "x\x00"),
}


@pytest.mark.parametrize("name", LIES)
def test_an_answer_that_lies_is_not_believed(name: str) -> None:
    path, value = LIES[name]
    honest = frame_of(ACCEPTED)
    header: Any = copy.deepcopy(honest.header)
    place = header
    for step in path[:-1]:
        place = place[step]
    assert place[path[-1]] is not value
    place[path[-1]] = value
    with pytest.raises(UnbelievableError):
        decode_reading(Frame(header, honest.blobs), LIMITS)


@pytest.mark.parametrize("missing", sorted(encode_reading(ACCEPTED)[0]))
def test_an_answer_with_something_missing_is_not_believed(missing: str) -> None:
    frame = frame_of(ACCEPTED)
    header = {name: value for name, value in frame.header.items() if name != missing}
    with pytest.raises(UnbelievableError):
        decode_reading(Frame(header, frame.blobs), LIMITS)


def test_barcodes_arrive_as_they_were_sent() -> None:
    codes = (Barcode(1, "QRCode", "A"), Barcode(10, "DataMatrix", ""))
    frame = Frame(json.loads(json.dumps(encode_barcodes(codes))))
    assert decode_barcodes(frame, LIMITS) == codes


@pytest.mark.parametrize(
    "rows", [None, [1], [[1, "QRCode"]], [[0, "a", "b"]], [[11, "a", "b"]], [[1, "a", "x" * 5000]]]
)
def test_impossible_barcodes_are_not_believed(rows: object) -> None:
    with pytest.raises(UnbelievableError):
        decode_barcodes(Frame({"kind": "barcodes", "barcodes": rows}), LIMITS)


def test_what_sheets_say_arrives_as_it_was_sent() -> None:
    notes = {
        2: SheetNote(),
        7: SheetNote("Morgen 1", TypeCode("mietvertrag"), "12345//0001234"),
        9: SheetNote(case="123A456789"),
    }
    assert decode_notes(json.loads(json.dumps(encode_notes(notes)))) == notes
    assert decode_notes(json.loads(json.dumps(encode_notes({})))) == {}
