"""Images of every mode become faces that are archivable and look the same."""

import io

import pikepdf
import pypdfium2  # ships no annotations
import pytest
from PIL import Image, ImageStat

from domain.reasons import Reason
from ocr.declared import resolution
from ocr.gate import Kind
from ocr.images import ImageSource
from ocr.limits import Limits, PageBudget, ReadingStoppedError
from tests.ocr import samples

GREY = samples.picture().resize((827, 1170))


def opened(content: bytes, kind: Kind, *, pages: int = 10) -> ImageSource:
    return ImageSource(content, kind, limits=Limits(), budget=PageBudget(pages))


def sixteen_bits() -> Image.Image:
    return GREY.convert("I").point(lambda value: value * 257).convert("I;16")


def see_through() -> Image.Image:
    """Print on nothing: black letters, everything else transparent."""
    ink = GREY.point(lambda value: 255 if value < 128 else 0)
    paper = Image.new("RGBA", GREY.size, (0, 0, 0, 0))
    paper.paste((0, 0, 0, 255), mask=ink)
    return paper


VARIANTS = {
    "grey png": (samples.saved(GREY, "PNG"), Kind.PNG),
    "palette png": (samples.saved(GREY.convert("P"), "PNG"), Kind.PNG),
    "transparent png": (samples.saved(see_through(), "PNG"), Kind.PNG),
    "16 bit png": (samples.saved(sixteen_bits(), "PNG"), Kind.PNG),
    "one bit png": (samples.saved(samples.bilevel(), "PNG"), Kind.PNG),
    "16 bit tiff": (samples.saved(sixteen_bits(), "TIFF"), Kind.TIFF),
    "cmyk jpeg": (samples.saved(GREY.convert("CMYK"), "JPEG"), Kind.JPEG),
    "progressive jpeg": (samples.saved(GREY, "JPEG", progressive=True), Kind.JPEG),
    "cmyk tiff": (samples.saved(GREY.convert("CMYK"), "TIFF"), Kind.TIFF),
}


@pytest.mark.parametrize("name", VARIANTS)
def test_every_mode_is_black_on_white(name: str) -> None:
    source = opened(*VARIANTS[name])
    target = io.BytesIO()
    source.faces().save(target)
    face = pypdfium2.PdfDocument(target.getvalue())[0].render(scale=1).to_pil().convert("L")
    for image in (source.picture(1).image, face):
        seen = ImageStat.Stat(image)
        assert seen.mean[0] > 230
        assert seen.extrema[0][0] < 100


@pytest.mark.parametrize(
    ("orientation", "shape"), [(1, (4, 2)), (3, (4, 2)), (6, (2, 4)), (5, (2, 4))]
)
def test_the_orientation_of_a_camera_is_followed(orientation: int, shape: tuple[int, int]) -> None:
    exif = Image.Exif()
    exif[0x0112] = orientation
    photo = samples.saved(Image.new("RGB", (400, 200), "white"), "JPEG", exif=exif)
    source = opened(photo, Kind.JPEG)
    assert source.picture(1).image.size == (shape[0] * 100, shape[1] * 100)
    page = source.faces().pages[0]
    sideways = page.obj.get("/Rotate", 0) in {90, 270}
    width, height = (float(page.mediabox[2]), float(page.mediabox[3]))
    assert ((width > height) is not sideways) is (shape[0] > shape[1])


@pytest.mark.parametrize(
    ("size", "declared", "dpi"),
    [
        ((2480, 3508), 300, 300),
        ((2480, 3508), None, 300),
        ((3000, 4000), 72, 342),
        ((1240, 1754), 150, 150),
        ((2480, 3508), 10_000, 300),
        ((100, 20_000), 72, 1711),
        ((1, 1), None, 72),
    ],
)
def test_resolutions_are_plausible(size: tuple[int, int], declared: int | None, dpi: int) -> None:
    image = Image.new("1", size)
    if declared:
        image.info["dpi"] = (declared, declared)
    assert resolution(image) == dpi


@pytest.mark.parametrize("value", ["x", (), (float("inf"), 1), (float("nan"), 1)])
def test_a_resolution_that_makes_no_sense_is_ignored(value: object) -> None:
    image = Image.new("1", (2480, 3508))
    image.info["dpi"] = value
    assert resolution(image) == 300


def test_pages_of_a_tiff_are_extracted_pixel_by_pixel() -> None:
    pages = [samples.bilevel(), samples.separator_sheet(), GREY.convert("RGB")]
    source = opened(samples.scans(*pages, name="TIFF"), Kind.TIFF)
    assert source.page_count == 3
    with Image.open(io.BytesIO(source.extract([1, 3]))) as part:
        assert getattr(part, "n_frames", 1) == 2
        for number, page in ((0, pages[0]), (1, pages[2])):
            part.seek(number)
            assert part.convert("RGB").tobytes() == page.convert("RGB").tobytes()


def test_too_many_frames_are_refused() -> None:
    with pytest.raises(ReadingStoppedError) as stopped:
        opened(samples.scans(GREY, GREY, name="TIFF"), Kind.TIFF, pages=1)
    assert stopped.value.reason is Reason.TOO_MANY_PAGES


def animated(name: str) -> bytes:
    """Return two frames, of which only the first is a page."""
    other = GREY.point(lambda value: 255 - value)
    return samples.saved(GREY, name, save_all=True, append_images=[other])


@pytest.mark.parametrize(
    ("name", "kind"),
    [("MPO", Kind.JPEG), ("PNG", Kind.PNG), ("WEBP", Kind.WEBP), ("HEIF", Kind.HEIC)],
)
def test_frames_that_nobody_reads_are_noticed(name: str, kind: Kind) -> None:
    source = opened(animated(name), kind)
    assert (source.page_count, source.unseen) == (1, True)


def test_pages_of_a_tiff_and_single_frames_are_all_seen() -> None:
    assert not opened(samples.scans(GREY, GREY, name="TIFF"), Kind.TIFF).unseen
    for content, kind in VARIANTS.values():
        assert not opened(content, kind).unseen


def test_faces_are_made_once() -> None:
    source = opened(samples.jpeg(), Kind.JPEG)
    assert isinstance(source.faces(), pikepdf.Pdf)
    assert source.faces() is source.faces()


def test_a_large_image_is_seen_coarser_and_its_face_is_the_file() -> None:
    page = samples.picture().resize((4960, 7016))
    jpeg = opened(samples.saved(page, "JPEG", dpi=(600, 600)), Kind.JPEG)
    seen = jpeg.picture(1)
    assert (seen.image.size, seen.dpi) == ((2480, 3508), 300)
    assert jpeg.faces().pages[0].get_images()["/Im0"].Width == 4960
    png = opened(samples.saved(page, "PNG", dpi=(600, 600)), Kind.PNG).picture(1)
    assert (png.image.size, png.dpi) == ((2480, 3508), 300)
    fine = opened(samples.saved(page, "JPEG", dpi=(400, 400)), Kind.JPEG).picture(1)
    assert fine.dpi == 200  # it is more than any eye needs, however it is declared


def test_a_preview_is_never_taken_for_the_image() -> None:
    """A HEIC file may bring a small image that shows something else."""
    page = samples.picture().resize((4960, 7016))
    content = samples.saved(page, "HEIF", thumbnails=[3508], quality=50)
    seen = opened(content, Kind.HEIC).picture(1)
    assert seen.image.size == (2480, 3508)
    small = opened(samples.saved(page, "HEIF", quality=50), Kind.HEIC).picture(1)
    assert seen.image.tobytes() == small.image.tobytes()


def test_a_picture_stays_when_the_next_page_is_taken() -> None:
    source = opened(samples.scans(GREY, samples.blank_sheet(), name="TIFF"), Kind.TIFF)
    first = source.picture(1)
    before = first.image.tobytes()
    source.picture(2)
    assert first.image.tobytes() == before


def test_pixels_become_square_once() -> None:
    content = samples.saved(GREY.resize((GREY.width, GREY.height // 2)), "TIFF", dpi=(200, 100))
    picture = opened(content, Kind.TIFF).picture(1)
    assert picture.image.size == GREY.size
    assert "dpi" not in picture.image.info
