"""The typefaces of the post: those of reportlab's wheel and of Debian's fonts-dejavu-core.

Owns which characters a face can show. Refuses faces that would not be embedded in the PDF, since
they would look different on every machine.
"""

from dataclasses import dataclass
from functools import cache
from importlib.util import find_spec
from pathlib import Path

import reportlab
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

_WHEEL = Path(reportlab.__file__).parent / "fonts"
_DEBIAN = Path("/usr/share/fonts/truetype/dejavu")
_NARROW_CHARACTERS = "cp1252"


@dataclass(frozen=True, slots=True)
class Family:
    """A regular and a bold face; ``stretch`` is the width of letters in per cent."""

    regular: str
    bold: str
    stretch: int = 100


_TYPE1 = {
    "ArialMT": "_a______",
    "Arial-BoldMT": "_ab_____",
    "TimesNewRomanPSMT": "_er_____",
    "TimesNewRomanPS-BoldMT": "_eb_____",
    "Courier": "com_____",
    "Courier-Bold": "cob_____",
}
_TRUETYPE = (
    "DejaVuSans", "DejaVuSans-Bold", "DejaVuSerif", "DejaVuSerif-Bold",
    "DejaVuSansMono", "DejaVuSansMono-Bold",
)  # fmt: skip

ARIAL = Family("Post-ArialMT", "Post-Arial-BoldMT")
TIMES = Family("Post-TimesNewRomanPSMT", "Post-TimesNewRomanPS-BoldMT")
COURIER = Family("Post-Courier", "Post-Courier-Bold")
SANS = Family("Post-DejaVuSans", "Post-DejaVuSans-Bold")
SERIF = Family("Post-DejaVuSerif", "Post-DejaVuSerif-Bold")
NARROW_SERIF = Family("Post-DejaVuSerif", "Post-DejaVuSerif-Bold", stretch=88)
MONO = Family("Post-DejaVuSansMono", "Post-DejaVuSansMono-Bold")


def shows(family: Family, text: str) -> bool:
    """Tell whether a family has every character of a text."""
    known = _registered()[family.regular]
    return all(char in known for char in set(text) - {"\n", "\f"})


def register() -> None:
    """Make all faces known to reportlab, once."""
    _registered()


@cache
def _registered() -> dict[str, frozenset[str]]:
    faces = {f"Post-{name}": _type1(name, stem) for name, stem in _TYPE1.items()}
    return faces | {f"Post-{name}": _truetype(name) for name in _TRUETYPE}


def _type1(name: str, stem: str) -> frozenset[str]:
    face = pdfmetrics.EmbeddedType1Face(f"{_WHEEL}/{stem}.afm", f"{_WHEEL}/{stem}.pfb")
    pdfmetrics.registerTypeFace(face)
    pdfmetrics.registerFont(pdfmetrics.Font(f"Post-{name}", face.name, "WinAnsiEncoding"))
    return frozenset(bytes(range(32, 256)).decode(_NARROW_CHARACTERS, errors="ignore"))


def _truetype(name: str) -> frozenset[str]:
    font = TTFont(f"Post-{name}", str(_file(name)))
    pdfmetrics.registerFont(font)
    return frozenset(map(chr, font.face.charToGlyph))


def _file(name: str) -> Path:
    """Return the file of a face, or that of a likeness where Debian's fonts are not installed."""
    if (_DEBIAN / f"{name}.ttf").exists():
        return _DEBIAN / f"{name}.ttf"
    spec = find_spec("ocrmypdf")
    wide = Path(spec.origin).parent / "data/NotoSans-Regular.ttf" if spec and spec.origin else None
    return wide if wide and wide.exists() else _WHEEL / "Vera.ttf"
