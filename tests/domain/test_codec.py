import datetime as dt
import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.codec import (
    document_from_json,
    document_to_json,
    fields_from_json,
    fields_to_json,
    order_from_bytes,
    order_to_bytes,
)
from domain.ids import CarrierId, DocumentId, LetterId, Sha256, SubmissionId, TypeCode
from domain.letters import FilingOrder, Part, Rendition
from domain.post import Channel
from domain.reading import Fields, ReadDocument
from domain.reasons import Reason

TEXT = st.text(max_size=20)
FIELDS = st.builds(
    Fields,
    bg_nummer=st.none() | TEXT,
    kundennummer=st.none() | TEXT,
    iban=st.none() | TEXT,
    geburtsdatum=st.none() | st.dates(),
    name=st.none() | TEXT,
    dokumentdatum=st.none() | st.dates(),
)
DOCUMENTS = st.builds(
    ReadDocument,
    pages=st.lists(st.integers(1, 500), max_size=4).map(tuple),
    type=TEXT.map(TypeCode),
    confidence=st.floats(0, 1),
    fields=FIELDS,
    text=TEXT,
    media_type=TEXT,
    part=TEXT,
    evidence=st.lists(TEXT, max_size=3).map(tuple),
    doubts=st.lists(st.sampled_from(Reason), max_size=3).map(tuple),
    bg_nummern=st.lists(TEXT, max_size=3).map(tuple),
)
PARTS = st.builds(Part, st.sampled_from(Rendition), TEXT, st.integers(0, 2**40), TEXT.map(Sha256))
ORDERS = st.builds(
    FilingOrder,
    letter=TEXT.map(LetterId),
    document=TEXT.map(DocumentId),
    submission=TEXT.map(SubmissionId),
    carrier=TEXT.map(CarrierId),
    channel=st.sampled_from(Channel),
    received_at=st.datetimes(timezones=st.just(dt.UTC)),
    receipt_digest=TEXT,
    file_name=TEXT,
    type=TEXT.map(TypeCode),
    confidence=st.floats(0, 1),
    basis=TEXT,
    decided_by=TEXT,
    reference=st.none() | TEXT,
    page_count=st.integers(0, 500),
    fields=FIELDS,
    parts=st.lists(PARTS, max_size=3).map(tuple),
)


@given(FIELDS)
def test_fields_come_back_as_they_were(fields: Fields) -> None:
    assert fields_from_json(json.loads(json.dumps(fields_to_json(fields)))) == fields


@given(DOCUMENTS)
def test_a_document_comes_back_as_it_was(document: ReadDocument) -> None:
    assert document_from_json(json.loads(json.dumps(document_to_json(document)))) == document


@given(DOCUMENTS, st.binary(), st.binary())
def test_renditions_never_travel_in_the_json(
    document: ReadDocument, pdfa: bytes, original: bytes
) -> None:
    carrying = replace(document, pdfa=pdfa, original=original)
    assert document_to_json(carrying) == document_to_json(document)


@given(ORDERS)
def test_an_order_comes_back_as_it_was(order: FilingOrder) -> None:
    assert order_from_bytes(order_to_bytes(order)) == order


@given(st.binary(max_size=60))
def test_other_bytes_are_no_order(data: bytes) -> None:
    with pytest.raises((ValueError, TypeError, KeyError)):
        order_from_bytes(data)


@given(ORDERS, st.data())
def test_an_order_with_a_member_missing_is_refused(order: FilingOrder, data: st.DataObject) -> None:
    said = json.loads(order_to_bytes(order))
    del said[data.draw(st.sampled_from(sorted(said)))]
    with pytest.raises(KeyError):
        order_from_bytes(json.dumps(said).encode())


@pytest.mark.parametrize(
    ("member", "value"),
    [
        ("channel", "fax"),
        ("received_at", "gestern"),
        ("confidence", "viel"),
        ("page_count", None),
        ("parts", [["thumbnail", "image/png", 1, ""]]),
        ("parts", [["original"]]),
        ("fields", "keine"),
    ],
)
def test_an_order_with_a_wrong_member_is_refused(member: str, value: object) -> None:
    said = json.loads(order_to_bytes(_order())) | {member: value}
    with pytest.raises((ValueError, TypeError, KeyError)):
        order_from_bytes(json.dumps(said).encode())


def _order() -> FilingOrder:
    return FilingOrder(
        letter=LetterId("l"),
        document=DocumentId("d"),
        submission=SubmissionId("s"),
        carrier=CarrierId("kommune"),
        channel=Channel.APP,
        received_at=dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC),
        receipt_digest="",
        file_name="Mietvertrag.pdf",
        type=TypeCode("mietvertrag"),
        confidence=0.9,
        basis="§ 22(1) SGB II",
        decided_by="policy",
        reference=None,
        confirmed=False,
        page_count=1,
        fields=Fields(),
        parts=(),
    )
