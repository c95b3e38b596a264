"""What leaves a stack with one document is nothing of the other people's pages."""

import io

import pikepdf
import pytest

from ocr.archive import archive
from ocr.gate import Kind
from ocr.images import ImageSource
from ocr.limits import Limits, PageBudget
from ocr.pages import Leaf
from ocr.pdf import PdfSource
from tests.ocr import samples, stacks


def opened(content: bytes) -> PdfSource:
    return PdfSource(content, limits=Limits(), budget=PageBudget(500))


def renditions(name: str, page: int) -> tuple[bytes, bytes | None]:
    source = opened(stacks.stack(name))
    return source.extract([page]), archive(source, [Leaf(page, "x")]).pdfa


@pytest.mark.parametrize("page", stacks.PAGES)
@pytest.mark.parametrize("name", stacks.STACKS)
def test_nothing_of_another_page_comes_along(name: str, page: int) -> None:
    foreign = f"KANARIENVOGEL-{3 - page}".encode()
    assert foreign in stacks.everything(stacks.stack(name))
    for content in renditions(name, page):
        if content is None:
            assert name in stacks.UNARCHIVED
            continue
        held = stacks.everything(content)
        assert foreign not in held
        assert foreign.hex().encode() not in held.lower()
        with pikepdf.open(io.BytesIO(content)) as book:
            assert len(book.pages) == 1
            assert "/AcroForm" not in book.Root
            assert sum(thing.get("/Type") == "/Page" for thing in dictionaries(book)) == 1


def dictionaries(book: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    return [thing for thing in book.objects if isinstance(thing, pikepdf.Dictionary)]


@pytest.mark.parametrize("name", sorted(set(stacks.STACKS) - stacks.UNARCHIVED))
def test_what_a_page_draws_itself_comes_along_untouched(name: str) -> None:
    for content in renditions(name, 2):
        assert content is not None
        held = stacks.everything(content)
        assert stacks.drawn(2) in held
        assert stacks.canary(2, "inhalt") in held


def test_a_page_with_a_pattern_is_extracted_untouched() -> None:
    held = stacks.everything(opened(stacks.stack("patterned")).extract([2]))
    assert stacks.drawn(2) in held
    assert stacks.canary(2, "muster") in held


def test_what_was_filled_in_comes_along_as_it_looks() -> None:
    for content in renditions("tied", 1):
        assert content is not None
        assert stacks.canary(1, "aussehen") in stacks.everything(content)


@pytest.mark.parametrize("name", stacks.STACKS)
def test_an_extracted_page_looks_as_it_did(name: str) -> None:
    source = opened(stacks.stack(name))
    before = source.picture(2, dpi=36).image
    after = opened(source.extract([2])).picture(1, dpi=36).image
    assert max(abs(left - right) for left, right in zip(before.size, after.size, strict=True)) <= 1
    pairs = list(zip(before.tobytes(), after.resize(before.size).tobytes(), strict=True))
    assert max(before.tobytes()) - min(before.tobytes()) > 100
    assert sum(abs(left - right) for left, right in pairs) / len(pairs) < 6


@pytest.mark.parametrize("name", sorted(stacks.UNARCHIVED))
def test_a_scan_that_cannot_be_cut_loose_is_archived_as_an_image(name: str) -> None:
    archived = archive(opened(stacks.stack(name)), [Leaf(2, blank=True, words=())]).pdfa
    assert archived is not None
    assert b"KANARIENVOGEL" not in stacks.everything(archived)


def test_frames_of_a_tiff_are_archived_apart() -> None:
    content = samples.scans(samples.bilevel(), samples.separator_sheet(), name="TIFF")
    source = ImageSource(content, Kind.TIFF, limits=Limits(), budget=PageBudget(9))
    archived = archive(source, [Leaf(2, blank=True, words=())]).pdfa
    assert archived is not None
    with pikepdf.open(io.BytesIO(archived)) as book:
        assert len(book.pages) == 1


@pytest.mark.parametrize("name", ["tied"])
def test_attached_files_are_noticed(name: str) -> None:
    assert opened(stacks.stack(name)).unseen


def with_change(name: str) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(samples.signed_pdf())) as book:
        file = book.make_stream(b"x")
        spec = book.make_indirect(
            pikepdf.Dictionary(Type=pikepdf.Name.Filespec, EF=pikepdf.Dictionary(F=file))
        )
        if name == "tree":
            book.attachments["x.txt"] = b"x"
        elif name == "portfolio":
            book.Root.Collection = pikepdf.Dictionary()
        elif name == "associated":
            book.Root.AF = pikepdf.Array([spec])
        elif name == "page":
            book.pages[0].obj.AF = pikepdf.Array([spec])
        elif name == "pinned":
            pin = pikepdf.Dictionary(Subtype=pikepdf.Name.FileAttachment, FS=spec)
            book.pages[0].obj.Annots = pikepdf.Array([pin])
        book.save(target)
    return target.getvalue()


@pytest.mark.parametrize("name", ["tree", "portfolio", "associated", "page", "pinned"])
def test_files_in_a_signed_pdf_are_noticed(name: str) -> None:
    source = opened(with_change(name))
    assert source.signed
    assert source.unseen
    assert not opened(with_change("")).unseen
