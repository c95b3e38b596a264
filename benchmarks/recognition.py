"""Words: how many are read wrongly, beside OCRmyPDF and plain tesseract on the same pages.

Owns the comparison. OCRmyPDF is measured as it comes, and on pages that may lie or stand askew
also with the options that turn them; its better result counts.
"""

import math
import tempfile
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from benchmarks import peers
from benchmarks.post import KINDS, Scanned, scans
from benchmarks.report import Result, Section, at_most
from benchmarks.run import Desk, Run
from benchmarks.words import WordErrors, compare, total

_ASKEW = frozenset({"poor", "phone", "fax"})
_OF_TESSERACT = {"poor": 0.6, "phone": 0.6}

Way = Callable[[Scanned], str]
"""Reads one page and returns its text."""


def measure(run: Run) -> Section:
    """Read the pages of each kind in every way."""
    results: list[Result] = []
    lines = [f"{'errors in order, %':<20}" + "".join(f"{name:>18}" for name in _ALL)]
    with run.desk(workers=run.cores) as desk:
        for kind in KINDS:
            pages = scans(kind, pages=run.size.worded, folder=run.folder)
            errors = {
                name: _errors(run, pages, way) for name, way in _ways(desk, kind=kind).items()
            }
            results += _results(kind, errors)
            cells = (errors.get(name) for name in _ALL)
            lines.append(f"{kind:<20}" + "".join(_ordered(one) for one in cells))
    return Section("Words (share read wrongly, without regard to order)", results, _NOTES, lines)


_OURS, _PEER, _UPRIGHT, _PLAIN = "Poststelle", "OCRmyPDF", "OCRmyPDF -r -d", "tesseract --psm 1"
_ALL = (_OURS, _PEER, _UPRIGHT, _PLAIN)
_NOTES = ("Targets: not above the better of OCRmyPDF's; 0.6 x plain tesseract on poor and phone.",)


def _ways(desk: Desk, *, kind: str) -> dict[str, Way]:
    ways: dict[str, Way] = {
        _OURS: lambda page: _own(desk, page),
        _PEER: _ocrmypdf,
        _PLAIN: _tesseract,
    }
    if kind in _ASKEW:
        ways[_UPRIGHT] = lambda page: _ocrmypdf(page, *peers.UPRIGHT)
    return ways


def _errors(run: Run, pages: Sequence[Scanned], way: Way) -> WordErrors:
    with ThreadPoolExecutor(run.cores) as pool:
        texts = list(pool.map(way, pages))
    return total(compare(page.truth, text) for page, text in zip(pages, texts, strict=True))


def _own(desk: Desk, page: Scanned) -> str:
    reading = desk.read(_file(page).read_bytes())
    return "\n".join(document.text for document in reading.documents)


def _ocrmypdf(page: Scanned, *options: str) -> str:
    with tempfile.TemporaryDirectory(dir=page.pdf.parent) as folder:
        target, sidecar = Path(folder) / "searchable.pdf", Path(folder) / "text.txt"
        peers.ocrmypdf(_file(page), target, *options, jobs=1, sidecar=sidecar)
        return sidecar.read_text()


def _tesseract(page: Scanned) -> str:
    return peers.tesseract(page.image, "stdout", "--psm", "1").output.decode()


def _file(page: Scanned) -> Path:
    """Return what is handed in: a photo as it was taken, a scan as PDF."""
    return page.image if page.kind == "phone" else page.pdf


def _results(kind: str, errors: dict[str, WordErrors]) -> list[Result]:
    rates = {name: 100 * one.rate for name, one in errors.items()}
    best = min(rate for name, rate in rates.items() if name in {_PEER, _UPRIGHT})
    bound = {_OURS: at_most(best)}
    results = [
        Result(f"{kind}: {name}", rate, "%", bound.get(name)) for name, rate in rates.items()
    ]
    if kind in _OF_TESSERACT:
        limit = at_most(_OF_TESSERACT[kind])
        share = _share(rates[_OURS], rates[_PLAIN])
        results.append(Result(f"{kind}: {_OURS} / {_PLAIN}", share, "x", limit))
    return results


def _share(own: float, other: float) -> float:
    """Divide rates; none of none is nothing."""
    if not own:
        return 0.0
    return own / other if other else math.inf


def _ordered(errors: WordErrors | None) -> str:
    return f"{100 * errors.ordered_rate:>18.1f}" if errors else f"{'':>18}"
