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
from domain.reading import Fields, Outcome, ReadDocument, Reading, SheetNote
from domain.reasons import Reason
from ocr.archive import Archived, archive, archive_pdf
from ocr.boundaries import doubts
from ocr.classify import Classifier
from ocr.fields import read_fields
from ocr.gate import Kind
from ocr.leaves import read_leaves
from ocr.limits import Limits, PageBudget
from ocr.pages import Leaf, Source
from ocr.places import findings
from ocr.plain import set_pages, typeset
from ocr.splitting import Division, divide, whole
from ocr.statements import stated_type, with_case, with_codes

_PAGE_BREAK = "\f"
_NOTHING = SheetNote()


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
    leaves = tuple(read_leaves(source, threads=bench.limits.page_threads))
    documents = tuple(
        _document(source, [leaves[number - 1] for number in division.pages], division, bench=bench)
        for division in _divisions(source, leaves, bench)
    )
    return Reading(
        Outcome.ACCEPTED,
        source.media_type,
        page_count=source.page_count,
        blank_pages=tuple(leaf.number for leaf in leaves if leaf.blank),
        signed=source.signed,
        documents=documents,
    )


def read_text(text: str, bench: Workbench) -> Reading:
    """Read plain text as one document of as many pages as it fills."""
    pages = set_pages(text, pages=bench.limits.pages)
    bench.budget.take(len(pages))
    document = recognised(
        [Leaf(number, page) for number, page in enumerate(pages, start=1)],
        Kind.TEXT.value,
        bench,
        archived=archive_pdf(typeset(pages)),
    )
    return Reading(Outcome.ACCEPTED, Kind.TEXT.value, page_count=len(pages), documents=(document,))


def recognised(
    leaves: Sequence[Leaf],
    media_type: str,
    bench: Workbench,
    *,
    archived: Archived,
    note: SheetNote = _NOTHING,
) -> ReadDocument:
    """Return the document that some pages are, with its type, fields and doubts.

    ``note`` is what a separator sheet says about it.
    """
    text, cut = _bounded(_PAGE_BREAK.join(leaf.text for leaf in leaves), bench.limits.text_bytes)
    guess, contradiction = stated_type(bench.classifier.classify(text), note)
    found = read_fields(text, kind=guess.type)
    document = ReadDocument(
        pages=tuple(leaf.number for leaf in leaves),
        type=guess.type,
        confidence=guess.confidence,
        fields=found.fields,
        text=text,
        media_type=media_type,
        evidence=guess.evidence,
        doubts=(*doubts(leaves, guess, bench.classifier), *contradiction, *cut),
        bg_nummern=found.bg_nummern,
        findings=findings(found, leaves),
        pdfa=archived.pdfa,
        unarchived=archived.reason,
    )
    return with_case(document, note)


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


def _divisions(source: Source, leaves: Sequence[Leaf], bench: Workbench) -> tuple[Division, ...]:
    if not source.divisible:
        return (whole(leaves),)
    seen = [barcode for leaf in leaves for barcode in leaf.barcodes]
    sheets = bench.separators(seen) if seen else {}
    return divide(leaves, bench.classifier, sheets=sheets) or (whole(leaves, every=True),)


def _document(
    source: Source, leaves: Sequence[Leaf], division: Division, *, bench: Workbench
) -> ReadDocument:
    document = recognised(
        leaves,
        source.media_type,
        bench,
        archived=archive(source, leaves),
        note=division.note,
    )
    document = with_codes(document, (code for leaf in leaves for code in leaf.barcodes))
    # What nobody has read may belong to somebody else, and so may what begins in doubt.
    unseen = (Reason.MIXED_CONTENT,) if source.unseen else ()
    doubtful = (Reason.DOUBTFUL_BOUNDARY,) if division.suggested else ()
    return replace(
        document,
        begins=division.begins,
        suggested=division.suggested,
        doubts=tuple(dict.fromkeys((*document.doubts, *unseen, *doubtful))),
        original=None if division.whole else source.extract(division.pages),
    )


def _bounded(text: str, limit: int) -> tuple[str, tuple[Reason, ...]]:
    """Return text of at most ``limit`` bytes of UTF-8, and the doubt if some was cut off."""
    content = text.encode("utf-8", "replace")
    if len(content) <= limit:
        return text, ()
    return content[:limit].decode("utf-8", "ignore"), (Reason.TOO_LARGE,)
