"""Memory: the most that a reading worker holds, over all that was read and on heavy items.

Owns the heavy items: pages as large as the reader accepts them.
"""

import io
from collections.abc import Callable

from PIL import Image

from benchmarks.post import SEED, born_digital, letters
from benchmarks.report import Result, Section, at_most
from benchmarks.run import Run
from corpus.chance import dice
from corpus.degrading import raster
from corpus.optics import Page, noisy
from corpus.scans import scan_pdf

_MOST = 400.0
_A3_AT_600 = (7016, 9921)
_DPI = (600, 600)


def measure(run: Run) -> Section:
    """Read each heavy item with a new worker, then say what the whole run took."""
    results = [Result(name, _peak(run, make()), "MiB", at_most(_MOST)) for name, make in _HEAVY]
    whole = Result("whole run, any worker", run.peak, "MiB", at_most(_MOST))
    return Section("Memory (highest resident memory of a worker)", (*results, whole))


def _peak(run: Run, content: bytes) -> float:
    alone = Run(run.size, run.folder, run.cores)
    with alone.desk() as desk:
        desk.read(content)
    run.peak = max(run.peak, alone.peak)
    return alone.peak


def _colour() -> bytes:
    return _saved(_noisy(), "JPEG", quality=80)


def _colour_pdf() -> bytes:
    return scan_pdf([_colour()])


def _colour_png() -> bytes:
    return _saved(_large(), "PNG", compress_level=1)


def _fax_like() -> bytes:
    return _saved(_noisy().convert("1", dither=Image.Dither.NONE), "TIFF", compression="group4")


_HEAVY: tuple[tuple[str, Callable[[], bytes]], ...] = (
    ("A3 at 600 dpi, colour, JPEG", _colour),
    ("A3 at 600 dpi, colour, JPEG in a PDF", _colour_pdf),
    ("A3 at 600 dpi, colour, PNG", _colour_png),
    ("A3 at 600 dpi, black and white, TIFF G4", _fax_like),
)


def _large() -> Page:
    page = raster(born_digital(letters(seed="pages")[0]))[0]
    return page.resize(_A3_AT_600, Image.Resampling.BICUBIC)


def _noisy() -> Page:
    return noisy(_large(), dice(SEED, "heavy"), strength=3)


def _saved(page: Page, form: str, **options: object) -> bytes:
    target = io.BytesIO()
    page.save(target, form, **{"dpi": _DPI, **options})
    return target.getvalue()
