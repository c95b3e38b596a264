"""Where the language data of tesseract are on this machine, and which there are.

Owns finding them. Refuses to bring any along: they are packages of the system.
"""

from functools import cache
from pathlib import Path

from domain.errors import ConfigurationError

_PLACES = ("share/tesseract-ocr/*/tessdata", "share/tessdata", "local/share/tessdata")
_SUFFIX = ".traineddata"


@cache
def data_folder() -> Path:
    """Return the folder of the language data, the newest one if there are several.

    Raises ``ConfigurationError`` if there is none.
    """
    found = [path for place in _PLACES for path in Path("/usr").glob(place)]
    usable = [path for path in found if any(path.glob(f"*{_SUFFIX}"))]
    if not usable:
        detail = "the language data of tesseract are not installed"
        raise ConfigurationError(detail)
    return max(usable)


@cache
def languages() -> frozenset[str]:
    """Return the codes of the installed languages."""
    return frozenset(path.stem for path in data_folder().glob(f"*{_SUFFIX}"))
