"""What reading the largest items takes, measured in the worker itself: at most 400 MB."""

import io
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from domain.reading import Outcome
from domain.reasons import Reason
from ocr.limits import Limits
from ocr.sandbox import SandboxedReader
from tests.ocr import samples
from tests.ocr.test_reader_faults import innermost, process_of

_MOST_KB = 400 * 1024
_SIDES = (7800, 8200)


def page(mode: str, sides: tuple[int, int] = _SIDES) -> Image.Image:
    """Return a page of print with the noise of a scanner."""
    noise = np.random.default_rng(1).integers(0, 12, sides[::-1], dtype=np.uint8)
    image = Image.fromarray(noise + 230)
    image.paste(samples.picture(), (500, 500))
    return image.convert(mode)


def sixteen_bits() -> Image.Image:
    return Image.fromarray(np.asarray(page("L")).astype(np.uint16) * 256)


def in_colour_at_600_dpi() -> bytes:
    image, target = page("RGB", (4960, 7016)), io.BytesIO()
    image.save(target, "PDF", resolution=600)
    return target.getvalue()


LARGE: dict[str, Callable[[], bytes]] = {
    "jpeg": lambda: samples.saved(page("RGB"), "JPEG"),
    "progressive jpeg": lambda: samples.saved(page("RGB"), "JPEG", progressive=True),
    "cmyk jpeg": lambda: samples.saved(page("CMYK"), "JPEG"),
    "grey png": lambda: samples.saved(page("L"), "PNG", compress_level=1),
    "16 bit png": lambda: samples.saved(sixteen_bits(), "PNG", compress_level=1),
    "transparent png": lambda: samples.saved(page("RGBA", (5000, 7000)), "PNG", compress_level=1),
    "tiff in strips": lambda: samples.saved(page("RGB", (5000, 7000)), "TIFF", compression="jpeg"),
    "heic": lambda: samples.saved(page("RGB", (6000, 8000)), "HEIF", quality=40),
    "webp": lambda: samples.saved(page("RGB", (3000, 4000)), "WEBP", method=0),
    "pdf": in_colour_at_600_dpi,
    "text": lambda: samples.text_pdf(500),
}
TOO_LARGE: dict[str, Callable[[], bytes]] = {
    "100 megapixels": lambda: samples.saved(Image.new("L", (10_000, 10_000)), "JPEG"),
    "colour png": lambda: samples.saved(Image.new("RGB", _SIDES), "PNG", compress_level=1),
    "palette png": lambda: samples.saved(Image.new("P", _SIDES), "PNG", compress_level=1),
    "cmyk tiff": lambda: samples.saved(Image.new("CMYK", _SIDES), "TIFF", compression="tiff_lzw"),
    "webp": lambda: samples.saved(Image.new("RGB", (4000, 5000)), "WEBP", method=0),
    "progressive jpeg": lambda: samples.saved(
        Image.new("RGB", _SIDES), "JPEG", progressive=True, subsampling=0
    ),
}


def peak(reader: SandboxedReader) -> int:
    """Return the most memory the worker has had so far, in kB."""
    status = Path(f"/proc/{innermost(process_of(reader))}/status").read_text()
    (line,) = (line for line in status.splitlines() if line.startswith("VmHWM:"))
    return int(line.split()[1])


@pytest.mark.parametrize("name", LARGE)
def test_a_large_item_is_read_in_little_memory(name: str) -> None:
    with SandboxedReader() as reader:
        reading = reader.read(LARGE[name](), name="x", separators=lambda _: {})
        assert (reading.outcome, reading.reason) == (Outcome.ACCEPTED, None)
        assert peak(reader) < _MOST_KB
        assert all(document.pdfa or name == "text" for document in reading.documents)


def test_what_would_take_more_is_refused_before_it_is_decoded() -> None:
    with SandboxedReader() as reader:
        reader.probe()
        for made in TOO_LARGE.values():
            reading = reader.read(made(), name="x", separators=lambda _: {})
            assert (reading.outcome, reading.reason) == (
                Outcome.UNREADABLE,
                Reason.TOO_MANY_PIXELS,
            )
        assert peak(reader) < _MOST_KB / 1.5


def test_two_pages_at_once_take_little_more() -> None:
    stack = samples.scans(*[samples.picture().resize((2480, 3508))] * 4)
    with SandboxedReader(limits=Limits(page_threads=2)) as reader:
        reading = reader.read(stack, name="x", separators=lambda _: {})
        assert reading.page_count == 4
        assert peak(reader) < _MOST_KB
