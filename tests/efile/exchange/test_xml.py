"""Hostile XML stops at the door, and nothing of it is quoted."""

from pathlib import Path

import pytest

from domain.errors import ConfigurationError, InvalidMessageError
from efile.exchange.xml import Schema, add, new_root, parse, serialize

BILLION_LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE lolz [<!ENTITY a "ha">
<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]>
<lolz>&c;</lolz>"""
EXTERNAL_ENTITY = b'<!DOCTYPE a [<!ENTITY x SYSTEM "file:///etc/hostname">]><a>&x;</a>'
XSI = "http://www.w3.org/2001/XMLSchema-instance"


@pytest.mark.parametrize(
    "data",
    [
        BILLION_LAUGHS,
        EXTERNAL_ENTITY,
        b'<!DOCTYPE a SYSTEM "http://192.0.2.1/a.dtd"><a/>',
        b"<a>&undeclared;</a>",
        b"<a>" * 40 + b"</a>" * 40,
        b"<a>" * 100_000 + b"</a>" * 100_000,
        b"<a>" + b"<b/>" * 30_000 + b"</a>",
        b"<a></b>",
        b"<a/><a/>",
        b"",
        b"   ",
        b"not XML at all",
        b"<a>\x00</a>",
        b"<a>&#0;</a>",
        b"<a>&#x8;</a>",
        b"<a>\xff</a>",
        "<?xml version='1.0' encoding='UTF-16'?><a/>".encode("utf-16"),
        "<!DOCTYPE a [<!ENTITY x 'y'>]><a/>".encode("utf-16"),
        b"<?xml version='1.0' encoding='ISO-8859-1'?><a/>",
        b"<?xml version='1.0' encoding='UTF-7'?><a/>",
        b'<a xmlns:xi="http://www.w3.org/2001/XInclude"><xi:include href="x"/>',
        b'<a b="1" b="2"/>',
    ],
)
def test_hostile_or_broken_xml_is_refused(data: bytes) -> None:
    with pytest.raises(InvalidMessageError):
        parse(data)


def test_oversize_is_refused_before_parsing() -> None:
    data = b"<a>" + b"x" * 100 + b"</a>"
    assert parse(data, limit=len(data)).text == "x" * 100
    with pytest.raises(InvalidMessageError):
        parse(data, limit=len(data) - 1)


def test_a_document_at_the_depth_limit_is_admitted() -> None:
    assert parse(b"<a>" * 32 + b"</a>" * 32).tag == "a"
    with pytest.raises(InvalidMessageError):
        parse(b"<a>" * 33 + b"</a>" * 33)


def test_errors_quote_nothing_of_the_document() -> None:
    with pytest.raises(InvalidMessageError) as caught:
        parse(b"<kanarienvogel><a></kanarienvogel>")
    assert "kanarienvogel" not in str(caught.value)
    assert caught.value.__cause__ is None
    assert caught.value.__suppress_context__


def test_comments_and_instructions_cannot_split_a_text() -> None:
    root = parse(b"<a>DE<!-- x -->02<?pi y?><![CDATA[12]]>03</a>")
    assert root.text == "DE021203"
    assert len(root) == 0


def test_include_instructions_are_plain_elements() -> None:
    root = parse(b'<a xmlns:i="http://www.w3.org/2001/XInclude"><i:include href="/etc/hosts"/></a>')
    assert root[0].text is None


def test_schema_location_hints_are_dropped() -> None:
    data = f'<a xmlns:xsi="{XSI}" xsi:schemaLocation="urn:x http://192.0.2.1/x.xsd"><b'
    data += ' xsi:noNamespaceSchemaLocation="file:///etc/passwd" c="1"/></a>'
    root = parse(data.encode())
    assert list(root.keys()) == []
    assert list(root[0].keys()) == ["c"]


def test_a_byte_order_mark_and_umlauts_are_fine() -> None:
    root = parse("\ufeff<?xml version='1.0' encoding='utf-8'?><a>Größe</a>".encode())
    assert root.text == "Größe"


def test_what_is_written_is_read_back() -> None:
    root = new_root("a", {})
    add(root, "b", "<&>\"' ÄÖÜß 🦉", attributes={"c": '"<'})
    data = serialize(root)
    assert data.startswith(b"<?xml")
    assert parse(data)[0].text == "<&>\"' ÄÖÜß 🦉"
    assert parse(data)[0].get("c") == '"<'


def test_characters_that_xml_cannot_hold_are_refused() -> None:
    with pytest.raises(InvalidMessageError):
        add(new_root("a", {}), "b", "a\x00b")
    with pytest.raises(InvalidMessageError):
        add(new_root("a", {}), "b", attributes={"c": "\x0b"})


@pytest.mark.parametrize("text", ["<not-a-schema/>", "<broken"])
def test_a_schema_that_does_not_compile_stops_the_start(tmp_path: Path, text: str) -> None:
    path = tmp_path / "broken.xsd"
    path.write_text(text)
    with pytest.raises(ConfigurationError):
        Schema(path)


def test_a_missing_schema_stops_the_start(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationError):
        Schema(tmp_path / "absent.xsd")
