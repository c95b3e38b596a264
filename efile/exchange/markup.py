"""The spelling shared by all parts of a message: namespaces, codes, times and required text.

Refuses times without an offset and elements that are missing; never repairs either.
"""

import datetime as dt

from domain.errors import InvalidMessageError
from efile.exchange.xml import Element, add

XDOMEA = "urn:xoev-de:xdomea:schema:3.1.0"
EXTENSION = "urn:poststelle:erweiterung:1"
PREFIXES = {"xdomea": XDOMEA, "p": EXTENSION}

_CODE_LIST = "urn:xoev-de:xdomea:codeliste:"


def x(name: str) -> str:
    """Qualify a name of xdomea."""
    return f"{{{XDOMEA}}}{name}"


def p(name: str) -> str:
    """Qualify a name of Poststelle's extension."""
    return f"{{{EXTENSION}}}{name}"


def add_code(parent: Element, name: str, code: str, *, code_list: tuple[str, str]) -> None:
    """Append a code of a list, which is given by its short name and version."""
    uri, version = code_list
    attributes = {"listURI": f"{_CODE_LIST}{uri}", "listVersionID": version}
    add(add(parent, x(name), attributes=attributes), "code", code)


def add_optional(parent: Element, tag: str, text: str | None) -> None:
    """Append an element unless its text is None or empty."""
    if text:
        add(parent, tag, text)


def spell_time(moment: dt.datetime) -> str:
    """Spell an aware time in UTC as ``xs:dateTime``; raise ``InvalidMessageError`` if naive."""
    if moment.tzinfo is None:
        detail = "a time without an offset"
        raise InvalidMessageError(detail)
    return moment.astimezone(dt.UTC).isoformat()


def read_time(text: str) -> dt.datetime:
    """Read an ``xs:dateTime`` that names its offset."""
    try:
        moment = dt.datetime.fromisoformat(text.strip())
    except ValueError:
        # The message of the error quotes the value, so it is not chained.
        detail = "a time that does not exist"
        raise InvalidMessageError(detail) from None
    if moment.tzinfo is None:
        detail = "a time without an offset"
        raise InvalidMessageError(detail)
    return moment


def spell_date(day: dt.date | None) -> str | None:
    """Spell a date as ``xs:date``, or None."""
    return day.isoformat() if day else None


def read_date(text: str | None) -> dt.date | None:
    """Read an ``xs:date`` without an offset, or None."""
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        # The message of the error quotes the value, so it is not chained.
        detail = "a date that does not exist"
        raise InvalidMessageError(detail) from None


def find(element: Element, path: str) -> Element:
    """Return the first element at a path, or raise ``InvalidMessageError``."""
    found = element.find(path, PREFIXES)
    if found is None:
        detail = "a required element is missing"
        raise InvalidMessageError(detail)
    return found


def find_optional(element: Element, path: str) -> Element | None:
    """Return the element at a path, or None."""
    return element.find(path, PREFIXES)


def required_text(element: Element, path: str) -> str:
    """Return the text at a path, or raise ``InvalidMessageError`` if there is none."""
    text = find(element, path).text
    if not text:
        detail = "a required element is empty"
        raise InvalidMessageError(detail)
    return text


def optional_text(element: Element, path: str) -> str | None:
    """Return the text at a path, or None."""
    return element.findtext(path, None, PREFIXES)


def required_attribute(element: Element, name: str) -> str:
    """Return an attribute, or raise ``InvalidMessageError`` if there is none."""
    value = element.get(name)
    if value is None:
        detail = "a required attribute is missing"
        raise InvalidMessageError(detail)
    return value
