"""Text on its way into a message: cleaned so that every name and title yields valid XML.

Owns what is dropped (control characters, direction overrides, non-characters) and how long a
text may be. Refuses nothing: an odd file name must never hold up a document.
"""

import re
import unicodedata

# Control characters, surrogates, non-characters: XML 1.0 section 2.2 does not admit most of
# them. Direction marks and overrides: with them a name can pretend to end in ".pdf".
_DROPPED = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
    "\ud800-\udfff\ufdd0-\ufdef\ufeff"
    + "".join(chr(plane + end) for plane in range(0, 0x110000, 0x10000) for end in (0xFFFE, 0xFFFF))
    + "]"
)


def clean_text(text: str, *, limit: int) -> str:
    """Return one line of at most ``limit`` characters in normal form C; may be empty."""
    plain = unicodedata.normalize("NFC", _DROPPED.sub("", text))
    return " ".join(plain.split())[:limit].rstrip()
