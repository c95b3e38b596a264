"""Media types have codes of the official list, and file names follow the rule."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import InvalidMessageError
from domain.letters import Rendition
from efile.exchange.formats import (
    MEDIA_TYPES,
    OCTETS,
    announced_media_type,
    file_format,
    is_primary_file_name,
    primary_file_name,
)
from efile.exchange.xml import parse
from tests.efile.exchange.examples import UUID

FILE = UUID.format(4)


@pytest.mark.parametrize("media_type", sorted(MEDIA_TYPES))
def test_every_media_type_has_a_code_and_a_name(media_type: str) -> None:
    kind = file_format(media_type, Rendition.ORIGINAL)
    assert (kind.code == "100") == (kind.other_name is not None)
    assert is_primary_file_name(primary_file_name(FILE, media_type, "Mietvertrag"))
    assert announced_media_type(media_type) == media_type


def test_the_codes_are_those_of_the_official_list(schemas: Path) -> None:
    root = parse((schemas / "xdomea-code-lists" / "Dateiformat_1.0.xml").read_bytes())
    values = [entry.text for entry in root.iter("SimpleValue")]
    titles = dict(zip(values[::2], values[1::2], strict=True))
    for media_type in MEDIA_TYPES:
        kind = file_format(media_type, Rendition.ORIGINAL)
        extension = primary_file_name(FILE, media_type, "").rpartition(".")[2]
        title = titles[kind.code] or ""
        assert title.startswith("Sonstiges" if kind.other_name else f"{extension} - ")
    assert "Archival" in (titles[file_format("application/pdf", Rendition.PDFA).code] or "")


def test_an_unknown_media_type_is_refused_or_announced_as_octets() -> None:
    assert announced_media_type("application/x-anything") == OCTETS
    with pytest.raises(InvalidMessageError):
        file_format("application/x-anything", Rendition.ORIGINAL)
    with pytest.raises(InvalidMessageError):
        primary_file_name(FILE, "application/x-anything", "a")


def test_a_pdfa_is_a_pdf() -> None:
    with pytest.raises(InvalidMessageError):
        file_format("image/png", Rendition.PDFA)


@pytest.mark.parametrize("uuid", ["", "x", FILE.upper(), f"{FILE}/..", f"{FILE}\n", FILE[:-1]])
def test_a_name_begins_with_a_uuid(uuid: str) -> None:
    with pytest.raises(InvalidMessageError):
        primary_file_name(uuid, "application/pdf", "a")


def test_the_title_is_spelled_in_ascii() -> None:
    name = primary_file_name(FILE, "application/pdf", "Größe & Übermaß: Straße")
    assert name == f"{FILE}_Groesse-Uebermass-Strasse.pdf"
    assert primary_file_name(FILE, "application/pdf", "../..") == f"{FILE}.pdf"


@given(st.text(max_size=80), st.sampled_from(sorted(MEDIA_TYPES)))
def test_any_title_makes_an_admitted_name(title: str, media_type: str) -> None:
    assert is_primary_file_name(primary_file_name(FILE, media_type, title))
