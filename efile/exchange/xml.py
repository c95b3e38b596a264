"""The one door to lxml: parsing untrusted XML, writing XML, and checking it with a schema.

Refuses document type definitions, entities, every encoding but UTF-8, network access, deep or
bushy trees and oversize input. Schema location hints, comments and processing instructions
are dropped while parsing, so that nothing behind this door can be steered or split by them.
"""

import re
import threading
from collections.abc import Mapping
from pathlib import Path
from typing import TypeAlias

from lxml import etree

from domain.errors import ConfigurationError, InvalidMessageError

Element: TypeAlias = etree._Element  # noqa: SLF001 - lxml has no public name for its element type

MESSAGE_LIMIT = 5 * 1024 * 1024
"""Largest message in bytes that is parsed unless the caller says otherwise."""

_DEPTH_LIMIT = 32
_ELEMENT_LIMIT = 20_000
_CHUNK = 64 * 1024
_XSI = "http://www.w3.org/2001/XMLSchema-instance"
_LOCATION_HINTS = (f"{{{_XSI}}}schemaLocation", f"{{{_XSI}}}noNamespaceSchemaLocation")
_DECLARED_ENCODING = re.compile(r"""\s*<\?xml[^>]*?encoding\s*=\s*["']([^"']*)["']""")


def parse(data: bytes, *, limit: int = MESSAGE_LIMIT) -> Element:
    """Parse untrusted XML of at most ``limit`` bytes into its root element.

    Raises ``InvalidMessageError`` for anything that is not small, flat, plain UTF-8 XML
    without a document type definition.
    """
    if len(data) > limit:
        _refuse("the XML is larger than the limit")
    _refuse_dangerous_prolog(data)
    try:
        root = _feed(data)
    except etree.XMLSyntaxError as error:
        # The parser's own message quotes the document, so it is not chained.
        detail = f"the XML is not well formed (line {error.lineno})"
        raise InvalidMessageError(detail) from None
    _drop_location_hints(root)
    return root


def serialize(element: Element) -> bytes:
    """Write an element as an indented UTF-8 document with an XML declaration."""
    return etree.tostring(element, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def new_root(tag: str, namespaces: Mapping[str, str]) -> Element:
    """Begin a document; ``namespaces`` maps the prefixes that it will be written with."""
    return etree.Element(tag, nsmap=dict(namespaces))


def add(
    parent: Element,
    tag: str,
    text: str | None = None,
    *,
    attributes: Mapping[str, str] | None = None,
    namespaces: Mapping[str, str] | None = None,
) -> Element:
    """Append a child element; raise ``InvalidMessageError`` for text that XML cannot hold."""
    try:
        child = etree.SubElement(parent, tag, dict(attributes or {}), dict(namespaces or {}))
        child.text = text
    except ValueError:
        # lxml's message quotes nothing, but it tells no more than this one does.
        detail = "a value holds characters that XML does not admit"
        raise InvalidMessageError(detail) from None
    return child


class Schema:
    """One compiled W3C schema, safe to use from several threads."""

    def __init__(self, path: Path) -> None:
        """Compile a schema file that belongs to the installation, never to a message."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True)
        try:
            self._schema = etree.XMLSchema(etree.parse(str(path), parser))
        except (OSError, etree.LxmlError) as error:
            detail = f"the schema {path.name} cannot be compiled"
            raise ConfigurationError(detail) from error
        # libxml2 lets a validation change the compiled schema, so only one runs at a time.
        self._lock = threading.Lock()

    def admit(self, element: Element) -> None:
        """Return if the schema admits the document, else raise ``InvalidMessageError``."""
        with self._lock:
            if self._schema.validate(element.getroottree()):
                return
            log = self._schema.error_log
            fault = log.last_error  # type: ignore[attr-defined] # the stubs leave the log empty
        # Rule and line only: the text of the error would quote the document.
        _refuse(f"the schema does not admit the message ({fault.type_name}, line {fault.line})")


def _refuse(detail: str) -> None:
    raise InvalidMessageError(detail)


def _refuse_dangerous_prolog(data: bytes) -> None:
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        # The decoder's error carries the document, so it is not chained.
        detail = "the XML is not UTF-8"
        raise InvalidMessageError(detail) from None
    if "<!DOCTYPE" in text:
        _refuse("the XML brings a document type definition")
    declared = _DECLARED_ENCODING.match(text)
    if declared and declared[1].upper() not in {"UTF-8", "US-ASCII"}:
        _refuse("the XML declares an encoding other than UTF-8")


def _feed(data: bytes) -> Element:
    """Parse in pieces and stop as soon as the tree grows too deep or too bushy."""
    parser = etree.XMLPullParser(
        events=("start", "end"),
        encoding="utf-8",
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    depth = elements = 0
    for start in range(0, len(data), _CHUNK):
        parser.feed(data[start : start + _CHUNK])
        for event, _ in parser.read_events():
            depth += 1 if event == "start" else -1
            elements += event == "start"
            if depth > _DEPTH_LIMIT or elements > _ELEMENT_LIMIT:
                _refuse("the XML is nested too deeply or has too many elements")
    root: Element = parser.close()
    return root


def _drop_location_hints(root: Element) -> None:
    """Remove the attributes by which a document could make libxml2 open other files."""
    for element in root.iter():
        for hint in _LOCATION_HINTS:
            element.attrib.pop(hint, "")
