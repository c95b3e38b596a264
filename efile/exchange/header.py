"""The head (Kopf) that the messages 0101 and 0102 share.

Names institutions and the sending product; names no people.
"""

import datetime as dt
from dataclasses import dataclass

from efile.exchange.markup import (
    add_code,
    add_optional,
    find,
    optional_text,
    read_time,
    required_text,
    spell_time,
    x,
)
from efile.exchange.text import clean_text
from efile.exchange.xml import Element, add

PRODUCT = "Poststelle"

_MESSAGE_TYPES = ("nachrichtentyp", "2.0")
_INSTITUTION_LENGTH = 200
_NOTE_LENGTH = 1000


@dataclass(frozen=True, slots=True)
class Header:
    """Who tells whom about which process, and when; ``note`` is meant for people."""

    process_id: str
    created_at: dt.datetime
    sender: str
    recipient: str
    note: str | None = None


def add_header(message: Element, header: Header, *, code: str) -> Element:
    """Append the head to a message of this type code."""
    head = add(message, x("Kopf"))
    add(head, x("ProzessID"), header.process_id)
    add_code(head, "Nachrichtentyp", code, code_list=_MESSAGE_TYPES)
    add(head, x("Erstellungszeitpunkt"), spell_time(header.created_at))
    _add_institution(head, "Absender", header.sender)
    _add_institution(head, "Empfaenger", header.recipient)
    add(add(head, x("SendendesSystem")), x("Produktname"), PRODUCT)
    add_optional(head, x("Hinweis"), clean_text(header.note or "", limit=_NOTE_LENGTH))
    return head


def read_header(message: Element) -> Header:
    """Read the head of a message that the profile has admitted."""
    head = find(message, "xdomea:Kopf")
    return Header(
        process_id=required_text(head, "xdomea:ProzessID").lower(),
        created_at=read_time(required_text(head, "xdomea:Erstellungszeitpunkt")),
        sender=_institution(head, "Absender"),
        recipient=_institution(head, "Empfaenger"),
        note=clean_text(optional_text(head, "xdomea:Hinweis") or "", limit=_NOTE_LENGTH) or None,
    )


def _add_institution(head: Element, role: str, name: str) -> None:
    institution = add(add(head, x(role)), x("Institution"))
    add(institution, x("Name"), clean_text(name, limit=_INSTITUTION_LENGTH))


def _institution(head: Element, role: str) -> str:
    name = optional_text(head, f"xdomea:{role}/xdomea:Institution/xdomea:Name")
    return clean_text(name or "", limit=_INSTITUTION_LENGTH)
