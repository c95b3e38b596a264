"""The warm recognition engine: tesseract in this process, one of it for a set of languages.

Owns keeping engines loaded and taking one page through one of them; each serves one thread
at a time. Nothing that was read before changes what is read next. Refuses to prepare pictures
and to judge what was read.
"""

import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from unicodedata import bidirectional

import tesserocr
from PIL import Image

from domain.errors import ConfigurationError
from domain.reasons import Reason
from ocr.limits import stop
from ocr.tessdata import data_folder

GERMAN = "deu"
SCRIPTS = "osd"
PAGE_SECONDS = 180.0
_ENGINES = 3
"""So many stay loaded; each takes 15 to 40 MB."""
_VARIABLES = {"tessedit_do_invert": "0"}
"""Text in white on black is rare in post, and looking for it costs time on each poor page."""


@dataclass(frozen=True, slots=True)
class Print:
    """A printed word: pixels from the top left (left, top, right, bottom), confidence 0 to 100.

    ``line`` and ``paragraph`` tell whether it is the first one there.
    """

    text: str
    place: tuple[int, int, int, int]
    confidence: float
    line: bool
    paragraph: bool


@dataclass(frozen=True, slots=True)
class Lie:
    """How tesseract's script detection sees a page: the turn that rights it, and its script.

    ``turn`` is in degrees clockwise; ``sureness`` below about 1 means nothing.
    """

    turn: int
    sureness: float
    script: str
    script_sureness: float


def read(
    image: Image.Image, dpi: int, *, languages: str = GERMAN, seconds: float = PAGE_SECONDS
) -> tuple[Print, ...]:
    """Read a grey page; ``languages`` are joined by ``+``, the first one leads.

    Stops with ``READER_TIMEOUT`` after some seconds.
    """
    with _loaded(image, dpi, languages) as api:
        if not api.Recognize(round(seconds * 1000)):
            stop(Reason.READER_TIMEOUT)
        return tuple(_prints(api.GetIterator()))


def lie(image: Image.Image, dpi: int) -> Lie | None:
    """Ask tesseract's script detection how a grey page lies; None where it cannot tell."""
    with _loaded(image, dpi, SCRIPTS) as api:
        found = api.DetectOrientationScript()
    if not found:
        return None
    return Lie(
        (360 - found["orient_deg"]) % 360,
        found["orient_conf"],
        found["script_name"],
        found["script_conf"],
    )


def warm() -> None:
    """Load what German pages need, so that the first of them does not wait for it."""
    read(Image.new("L", (400, 100), 255), 300)


_idle: list[tuple[str, tesserocr.PyTessBaseAPI]] = []
"""Engines that no thread uses now, the one that was used last at the end."""
_changing = threading.Lock()


def _taken(languages: str) -> tesserocr.PyTessBaseAPI:
    """Take an engine of a set of languages for one thread alone, a new one if none is idle."""
    with _changing:
        for place in reversed(range(len(_idle))):
            if _idle[place][0] == languages:
                return _idle.pop(place)[1]
        return _opened(languages)


def _returned(languages: str, api: tesserocr.PyTessBaseAPI) -> None:
    """Keep an engine for the next page; those not used for longest make room."""
    with _changing:
        _idle.append((languages, api))
        while len(_idle) > _ENGINES:
            _idle.pop(0)[1].End()


def _opened(languages: str) -> tesserocr.PyTessBaseAPI:
    # Only the script detection still needs the older recogniser.
    scripts = languages == SCRIPTS
    try:
        api = tesserocr.PyTessBaseAPI(
            path=f"{data_folder()}/",
            lang=languages,
            psm=tesserocr.PSM.OSD_ONLY if scripts else tesserocr.PSM.AUTO,
            oem=tesserocr.OEM.DEFAULT if scripts else tesserocr.OEM.LSTM_ONLY,
        )
    except (RuntimeError, ConfigurationError) as error:
        stop(Reason.READER_CRASHED, cause=error)
    for name, value in _VARIABLES.items():
        api.SetVariable(name, value)
    return api


@contextmanager
def _loaded(image: Image.Image, dpi: int, languages: str) -> Iterator[tesserocr.PyTessBaseAPI]:
    """Give an engine a page, and take everything of the page from it afterwards."""
    api = _taken(languages)
    try:
        api.SetImageBytes(image.tobytes(), image.width, image.height, 1, image.width)
        api.SetSourceResolution(dpi)
        yield api
    finally:
        api.Clear()
        api.ClearAdaptiveClassifier()
        _returned(languages, api)


def _prints(words: tesserocr.PyResultIterator) -> Iterator[Print]:
    level, line, paragraph = tesserocr.RIL.WORD, tesserocr.RIL.TEXTLINE, tesserocr.RIL.PARA
    begun = (False, False)
    for word in tesserocr.iterate_level(words, level):
        begun = (
            begun[0] or word.IsAtBeginningOf(line),
            begun[1] or word.IsAtBeginningOf(paragraph),
        )
        if word.Empty(level) or not (text := word.GetUTF8Text(level).strip()):
            continue
        if _is_right_to_left(text):
            text = _logical(text)
        yield Print(text, word.BoundingBox(level), word.Confidence(level), *begun)
        begun = (False, False)


def _is_right_to_left(text: str) -> bool:
    return any(bidirectional(char) in {"R", "AL"} for char in text)


def _logical(text: str) -> str:
    """Put a word that comes as it is seen, from left to right, into the order of reading."""
    runs = re.findall(r"[0-9.,:/%-]*[0-9]|.", text)
    return "".join(reversed(runs))
