"""Recognising text: one run of tesseract a page gives text, confidence and text layer.

Owns preparing the picture, running the program and turning pages that lie on their side.
"""

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from PIL import Image
from pytesseract import pytesseract

from domain.reasons import Reason
from ocr.limits import stop
from ocr.pages import STANDARD_DPI, Picture

_LANGUAGE = "deu"
_SECONDS = 180.0
_GOOD_RESOLUTIONS = range(200, 451)
_SMALLEST_SIDE = 24
_POOR = 65.0
_POOR_WORDS = 5
_OUTPUT_LIMIT = 32 * 1024 * 1024
_ROTATIONS = {
    90: Image.Transpose.ROTATE_270,
    180: Image.Transpose.ROTATE_180,
    270: Image.Transpose.ROTATE_90,
}


@dataclass(frozen=True, slots=True)
class Recognised:
    """Text of a page, mean confidence of its words (0 to 100), and where its layer is.

    ``turn`` is by how many degrees clockwise the page had to be turned to be upright.
    """

    text: str
    confidence: float
    words: int
    layer: Path | None
    turn: int = 0

    @property
    def weight(self) -> float:
        """Return how much was recognised, to compare two attempts at the same page."""
        return self.confidence * self.words


NOTHING = Recognised("", 0.0, 0, None)


def recognise(picture: Picture, target: Path) -> Recognised:
    """Recognise a page upright first; where that is poor, find its orientation and turn it.

    ``target`` is a path without suffix at which the layer is written as ``.pdf``.
    """
    prepared = _prepared(picture)
    if min(prepared.image.size) < _SMALLEST_SIDE:
        return NOTHING
    first = _run(prepared, target)
    if first.confidence >= _POOR and first.words >= _POOR_WORDS:
        return first
    turn = _orientation(prepared, target)
    if turn not in _ROTATIONS:
        return first
    turned = Picture(prepared.image.transpose(_ROTATIONS[turn]), prepared.dpi)
    second = _run(turned, target.with_name(f"{target.name}-turned"))
    if second.weight <= first.weight:
        return first
    return Recognised(second.text, second.confidence, second.words, second.layer, turn)


def _prepared(picture: Picture) -> Picture:
    """Bring a picture to grey and to a resolution for which the recognition was trained."""
    image = picture.image.convert("L")
    if picture.dpi in _GOOD_RESOLUTIONS:
        return Picture(image, picture.dpi)
    scale = STANDARD_DPI / picture.dpi
    size = (max(1, round(image.width * scale)), max(1, round(image.height * scale)))
    return Picture(image.resize(size, Image.Resampling.BICUBIC), STANDARD_DPI)


def _run(picture: Picture, target: Path) -> Recognised:
    page = _written(picture, target)
    options = f"--psm 3 --dpi {picture.dpi} -c textonly_pdf=1 -c tessedit_create_tsv=1"
    try:
        _tesseract(page, target, results="txt pdf", lang=_LANGUAGE, options=options)
    except RuntimeError as error:  # what pytesseract raises when the time is over
        stop(_reason(error), cause=error)
    finally:
        page.unlink()
    confidence, words = _confidence(_taken(target.with_suffix(".tsv")))
    text = _taken(target.with_suffix(".txt")).replace("\f", "")
    return Recognised(text, confidence, words, target.with_suffix(".pdf"))


def _orientation(picture: Picture, target: Path) -> int:
    """Return the turn that tesseract's script detection proposes; 0 where it cannot tell."""
    page = _written(picture, target)
    options = f"--psm 0 --dpi {picture.dpi}"
    try:
        _tesseract(page, target, results="osd", lang="osd", options=options)
    except RuntimeError:  # too little text to tell
        return 0
    finally:
        page.unlink()
    for line in _taken(target.with_suffix(".osd")).splitlines():
        name, _, value = line.partition(":")
        if name == "Rotate" and value.strip().isdigit():
            return int(value)
    return 0


def _written(picture: Picture, target: Path) -> Path:
    """Write the picture as PGM, which costs next to nothing."""
    page = target.with_suffix(".pgm")
    picture.image.save(page, "PPM")
    return page


def _tesseract(page: Path, target: Path, *, results: str, lang: str, options: str) -> None:
    """Run tesseract once on a file; raises ``RuntimeError`` (a ``TesseractError`` is one)."""
    try:
        pytesseract.run_tesseract(
            str(page), str(target), results, lang=lang, config=options, timeout=_SECONDS
        )
    except pytesseract.TesseractNotFoundError as error:
        stop(Reason.READER_CRASHED, cause=error)


def _reason(error: RuntimeError) -> Reason:
    """Tell a run that failed from one that took too long."""
    failed = isinstance(error, pytesseract.TesseractError)
    return Reason.READER_CRASHED if failed else Reason.READER_TIMEOUT


def _taken(path: Path) -> str:
    """Read and remove a result of bounded size."""
    with path.open("rb") as file:
        content = file.read(_OUTPUT_LIMIT)
    path.unlink()
    return content.decode("utf-8", "replace")


def _confidence(table: str) -> tuple[float, int]:
    """Return the mean confidence of the words, weighted by length, and their number."""
    total = length = words = 0.0
    for row in csv.DictReader(io.StringIO(table), delimiter="\t", quoting=csv.QUOTE_NONE):
        word = (row.get("text") or "").strip()
        if word and (confidence := _number(row.get("conf"))) >= 0:
            total += confidence * len(word)
            length += len(word)
            words += 1
    return (total / length if length else 0.0), int(words)


def _number(text: str | None) -> float:
    try:
        return float(text or "-1")
    except ValueError:
        return -1.0
