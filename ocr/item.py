"""Reading one item of any format, and all that is attached to it.

Owns the way from bytes to a reading. Nothing is dropped: an attachment that cannot be read
becomes a document that a person looks at.
"""

import tempfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from domain.reading import Outcome, ReadDocument, Reading
from domain.reasons import Reason
from ocr.assembly import Workbench, read_pages, read_text, unread
from ocr.gate import OFFICE, UNKNOWN, Kind, sniff
from ocr.images import ImageSource
from ocr.limits import ReadingStoppedError, stop
from ocr.message import Attachment, Message, parse_message
from ocr.office import converted
from ocr.pages import Source
from ocr.pdf import PdfSource
from ocr.plain import decode

BODY = "body"
"""Name of the part that is a message's own text."""

_NESTING = 3


def read_item(content: bytes, bench: Workbench) -> Reading:
    """Read an item; whatever stops the reading becomes its outcome."""
    media_type = UNKNOWN
    try:
        kind = sniff(content)
        media_type = kind.value
        if kind is Kind.MAIL:
            return _read_mail(content, bench)
        return _read_single(content, kind, bench)
    except ReadingStoppedError as stopped:
        return Reading(stopped.outcome, media_type, reason=stopped.reason)


def open_source(content: bytes, kind: Kind, bench: Workbench) -> Source:
    """Open a paged or office item, or stop."""
    if kind is Kind.PDF:
        return PdfSource(content, limits=bench.limits, budget=bench.budget)
    if kind in OFFICE:
        pdf = converted(content, kind, limits=bench.limits, scratch=bench.scratch)
        return PdfSource(pdf, kind, limits=bench.limits, budget=bench.budget)
    return ImageSource(content, kind, limits=bench.limits, budget=bench.budget)


def _read_single(content: bytes, kind: Kind, bench: Workbench) -> Reading:
    with tempfile.TemporaryDirectory(dir=bench.scratch) as folder:
        own = replace(bench, scratch=Path(folder))
        if kind is Kind.TEXT:
            return read_text(decode(content) or "", own)
        return read_pages(open_source(content, kind, own), own)


def _read_mail(content: bytes, bench: Workbench) -> Reading:
    parts = _Parts(bench)
    documents = tuple(parts.documents(parse_message(content), depth=1))
    return Reading(
        Outcome.ACCEPTED,
        Kind.MAIL.value,
        page_count=parts.pages,
        signed=parts.signed,
        documents=documents,
    )


class _Parts:
    """The parts of one message and of the messages inside it, counted together."""

    def __init__(self, bench: Workbench) -> None:
        self._bench = bench
        self._left = bench.limits.parts
        self._names: Counter[str] = Counter()
        self.pages = 0
        self.signed = False

    def documents(self, message: Message, *, depth: int) -> Iterator[ReadDocument]:
        """Yield the documents of a message: its text, then those of its attachments."""
        self.signed |= message.signed
        self._left -= len(message.attachments)
        if self._left < 0:
            stop(Reason.TOO_MANY_PARTS)
        if message.body or not message.attachments:
            yield self._body(message)
        for attachment in message.attachments:
            yield from self._attached(attachment, depth=depth)

    def _body(self, message: Message) -> ReadDocument:
        text = f"{message.header}\n\n{message.body}\n"
        reading = self._counted(read_text(text, self._bench))
        doubts = () if message.body else (Reason.NO_TEXT,)
        (document,) = reading.documents
        return replace(
            document,
            part=self._named(BODY),
            original=text.encode(),
            doubts=tuple(dict.fromkeys(document.doubts + doubts)),
        )

    def _attached(self, attachment: Attachment, *, depth: int) -> Iterator[ReadDocument]:
        inner = _forwarded(attachment.content) if depth < _NESTING else None
        if inner is not None:
            yield from self.documents(inner, depth=depth + 1)
            return
        name = self._named(attachment.name)
        for document in self._read(attachment.content):
            original = attachment.content if document.original is None else document.original
            yield replace(document, part=name, original=original)

    def _read(self, content: bytes) -> tuple[ReadDocument, ...]:
        media_type = UNKNOWN
        try:
            kind = sniff(content)
            media_type = kind.value
            if kind is Kind.MAIL:
                parse_message(content)
                stop(Reason.TOO_MANY_PARTS)
            return self._counted(_read_single(content, kind, self._bench)).documents
        except ReadingStoppedError as stopped:
            return (unread(content, media_type, stopped.reason),)

    def _named(self, name: str) -> str:
        """Tell parts of the same name apart."""
        self._names[name] += 1
        count = self._names[name]
        return name if count == 1 else f"{name} ({count})"

    def _counted(self, reading: Reading) -> Reading:
        self.pages += reading.page_count
        self.signed |= reading.signed
        return reading


def _forwarded(content: bytes) -> Message | None:
    """Return the message that an attachment is; None for other files and damaged ones."""
    try:
        return parse_message(content) if sniff(content) is Kind.MAIL else None
    except ReadingStoppedError:
        return None
