"""E-mail messages (RFC 5322, RFC 2045): their text, their attachments, their signature.

Owns the parsing of a message into parts with names that are safe to show. Refuses messages
that are cut off. Knows nothing of what the parts contain.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email import policy
from email.errors import (
    CloseBoundaryNotFoundDefect,
    MessageError,
    NoBoundaryInMultipartDefect,
    StartBoundaryNotFoundDefect,
)
from email.message import EmailMessage
from email.parser import BytesParser
from html.parser import HTMLParser
from typing import cast

from domain.reasons import Reason
from ocr.limits import stop

_NAME_LIMIT = 120
_UNSAFE = re.compile(r"[^\w .,()+@=-]+")
# In German, so that the written down text is not taken for a mail again when it is shown.
_HEADERS = {
    "From": "Von",
    "Date": "Datum",
    "Subject": "Betreff",
    "Message-ID": "Nachrichten-ID",
}
_HEADER_LIMIT = 1000
_CUT_OFF = (CloseBoundaryNotFoundDefect, NoBoundaryInMultipartDefect, StartBoundaryNotFoundDefect)
_SIGNATURES = frozenset(
    {"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"}
)
_DAMAGE = (
    MessageError,
    AttributeError,
    IndexError,
    KeyError,
    LookupError,
    TypeError,
    ValueError,
    RecursionError,
)
_INVISIBLE = frozenset({"script", "style", "head", "title", "template"})
_BLOCKS = frozenset({"p", "div", "br", "tr", "li", "h1", "h2", "h3", "h4", "table", "ul", "ol"})


@dataclass(frozen=True, slots=True)
class Attachment:
    """One attached file: a name that is safe to show, the declared type, the content."""

    name: str
    declared: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Message:
    """A parsed message: four header lines, its text, its attachments, signed or not."""

    header: str
    body: str
    attachments: tuple[Attachment, ...]
    signed: bool


def parse_message(content: bytes) -> Message:
    """Parse a message; stop with ``MAIL_DAMAGED`` if it is cut off or not one."""
    try:
        root = BytesParser(policy=policy.default).parsebytes(content)
        return _parsed(root)
    except _DAMAGE as error:
        stop(Reason.MAIL_DAMAGED, cause=error)


def _parsed(root: EmailMessage) -> Message:
    if any(isinstance(defect, _CUT_OFF) for part in root.walk() for defect in part.defects):
        stop(Reason.MAIL_DAMAGED)
    body = root.get_body(("plain", "html"))
    leaves = list(_leaves(root, body))
    attached = [leaf for leaf in leaves if leaf.get_content_type() not in _SIGNATURES]
    return Message(
        header=_header(root),
        body=_text(_as_message(body)) if body is not None else "",
        attachments=tuple(_attachment(leaf) for leaf in attached),
        signed=len(attached) < len(leaves),
    )


def _header(root: EmailMessage) -> str:
    lines = (
        f"{word}: {' '.join(str(root.get(name, '')).split())}" for name, word in _HEADERS.items()
    )
    return "\n".join(line[:_HEADER_LIMIT] for line in lines)


def _leaves(part: EmailMessage, body: object) -> Iterator[EmailMessage]:
    """Yield the parts that are files: not the text, nor its other spelling as HTML."""
    if part is body:
        return
    if part.get_content_type() == "message/rfc822" or not part.is_multipart():
        yield part
        return
    alternative = part.get_content_type() == "multipart/alternative"
    for child in map(_as_message, part.iter_parts()):
        if not (alternative and _is_spelling(child)):
            yield from _leaves(child, body)


def _as_message(part: object) -> EmailMessage:
    """Name the class that the default policy makes of every part."""
    return cast("EmailMessage", part)


def _is_spelling(part: EmailMessage) -> bool:
    return part.get_content_maintype() == "text" and part.get_filename() is None


def _attachment(part: EmailMessage) -> Attachment:
    declared = part.get_content_type()
    name = safe_name(part.get_filename() or "") or declared.replace("/", "-")
    return Attachment(name, declared, _content(part))


def _content(part: EmailMessage) -> bytes:
    if part.get_content_type() == "message/rfc822" and part.is_multipart():
        inner = part.get_payload(0)
        return cast("EmailMessage", inner).as_bytes()
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def safe_name(name: str) -> str:
    """Return the last part of a file name without anything that could mislead a person."""
    last = name.replace("\\", "/").rsplit("/", 1)[-1]
    return _UNSAFE.sub("_", last).strip(" .")[-_NAME_LIMIT:]


def _text(body: EmailMessage) -> str:
    try:
        text = str(body.get_content())
    except LookupError:  # a character set that nobody knows
        payload = body.get_payload(decode=True)
        text = payload.decode("latin-1") if isinstance(payload, bytes) else ""
    return stripped(text) if body.get_content_subtype() == "html" else text.strip()


class _Words(HTMLParser):
    """Collects what a person would see of HTML."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[str] = []
        self._hidden: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:  # noqa: ARG002 - the base's
        if tag in _INVISIBLE:
            self._hidden.append(tag)
        if tag in _BLOCKS:
            self.pieces.append("\n")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._hidden:
            self._hidden.remove(tag)

    def handle_data(self, data: str) -> None:
        if not self._hidden:
            self.pieces.append(data)


def stripped(html: str) -> str:
    """Return the visible words of HTML, a line for each block."""
    words = _Words()
    words.feed(html)
    words.close()
    lines = (" ".join(line.split()) for line in "".join(words.pieces).splitlines())
    return "\n".join(line for line in lines if line)
