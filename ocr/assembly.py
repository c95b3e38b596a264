"""From leaves to documents: splitting, type, fields, doubts, and both renditions.

Owns what a paged item or a text becomes. Refuses to drop pages: an item of nothing but
blank pages or separator sheets is still one document.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from domain.catalogue import FALLBACK
from domain.ids import TypeCode
from domain.ports import SeparatorCheck
from domain.reading import Fields, Outcome, ReadDocument, Reading
from domain.reasons import Reason
from ocr.archive import archive, archive_pdf
from ocr.boundaries import doubts, split_pages
from ocr.classify import Classifier
from ocr.fields import read_fields
from ocr.gate import Kind
from ocr.leaves import read_leaves
from ocr.limits import Limits, PageBudget
from ocr.pages import Leaf, Source
from ocr.plain import set_pages, typeset
from ocr.text import PageText

_PAGE_BREAK = "\f"


@dataclass(frozen=True, slots=True)
class Workbench:
    """What reading one item needs: bounds, the classifier, the parent's word, a folder."""

    limits: Limits
    classifier: Classifier
    separators: SeparatorCheck
    scratch: Path
    budget: PageBudget


def read_pages(source: Source, bench: Workbench) -> Reading:
    """Read a paged item into its documents."""
    leaves = tuple(read_leaves(source, bench.scratch))
    blank = frozenset(leaf.number for leaf in leaves if leaf.blank)
    separators = _separators(source, leaves, bench)
    split = split_pages(source.page_count, separators=separators, blank=blank)
    everything = tuple(range(1, source.page_count + 1))
    documents = tuple(
        _document(source, [leaves[number - 1] for number in pages], bench, whole=not separators)
        for pages in split or (everything,)
    )
    return Reading(
        Outcome.ACCEPTED,
        source.media_type,
        page_count=source.page_count,
        blank_pages=tuple(sorted(blank)),
        signed=source.signed,
        documents=documents,
    )


def read_text(text: str, bench: Workbench) -> Reading:
    """Read plain text as one document of as many pages as it fills."""
    pages = set_pages(text, pages=bench.limits.pages)
    bench.budget.take(len(pages))
    document = recognised(
        [PageText(number, page) for number, page in enumerate(pages, start=1)],
        Kind.TEXT.value,
        bench,
        pdfa=archive_pdf(typeset(pages)),
    )
    return Reading(Outcome.ACCEPTED, Kind.TEXT.value, page_count=len(pages), documents=(document,))


def recognised(
    pages: Sequence[PageText],
    media_type: str,
    bench: Workbench,
    *,
    pdfa: bytes | None,
    original: bytes | None = None,
) -> ReadDocument:
    """Return the document that some pages are, with its type, fields and doubts."""
    text, cut = _bounded(_PAGE_BREAK.join(page.text for page in pages), bench.limits.text_bytes)
    guess = bench.classifier.classify(text)
    found = read_fields(text)
    return ReadDocument(
        pages=tuple(page.number for page in pages),
        type=guess.type,
        confidence=guess.confidence,
        fields=found.fields,
        text=text,
        media_type=media_type,
        evidence=guess.evidence,
        doubts=doubts(pages, guess, bench.classifier) + cut,
        bg_nummern=found.bg_nummern,
        pdfa=pdfa,
        original=original,
    )


def unread(content: bytes, media_type: str, reason: Reason) -> ReadDocument:
    """Return the document that stands for a part which cannot be read."""
    return ReadDocument(
        pages=(),
        type=TypeCode(FALLBACK),
        confidence=0.0,
        fields=Fields(),
        text="",
        media_type=media_type,
        doubts=(reason,),
        original=content,
    )


def _separators(source: Source, leaves: Sequence[Leaf], bench: Workbench) -> frozenset[int]:
    seen = [barcode for leaf in leaves for barcode in leaf.barcodes]
    return bench.separators(seen) if seen and source.divisible else frozenset()


def _document(
    source: Source, leaves: Sequence[Leaf], bench: Workbench, *, whole: bool
) -> ReadDocument:
    document = recognised(
        [PageText(leaf.number, leaf.text) for leaf in leaves],
        source.media_type,
        bench,
        pdfa=archive(source, leaves),
        original=None if whole else source.extract([leaf.number for leaf in leaves]),
    )
    if not source.unseen:
        return document
    # What nobody has read may belong to somebody else.
    return replace(document, doubts=tuple(dict.fromkeys((*document.doubts, Reason.MIXED_CONTENT))))


def _bounded(text: str, limit: int) -> tuple[str, tuple[Reason, ...]]:
    """Return text of at most ``limit`` bytes of UTF-8, and the doubt if some was cut off."""
    content = text.encode("utf-8", "replace")
    if len(content) <= limit:
        return text, ()
    return content[:limit].decode("utf-8", "ignore"), (Reason.TOO_LARGE,)
