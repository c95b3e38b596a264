"""The codes on separator sheets: who made them, and what they say.

Owns two payloads. ``PST1:SEP:<sheet id>:<MAC>`` says only that here a document ends; the MAC is
HMAC-SHA256 (RFC 2104) over everything in front of it, cut to 128 bits (RFC 2104 § 5), in base32
(RFC 4648) without padding. ``PST2:SEP:<sheet id>:<sealed>`` also carries batch, type and case;
``sealed`` is ``<batch>|<type>|<case>`` in ASCII, under AES-256-GCM with everything in front of it
bound in, in base32. So a sheet that is left lying in a printer tells no camera whose case it is.
A stack is divided only where a code is genuine: every other code is refused, so that no letter
can divide a stack, or claim a case, from within.
"""

import base64
import binascii
import hmac
import re
from collections.abc import Sequence

from domain.errors import ConfigurationError, MalformedRequestError, SealBrokenError
from domain.identifiers import parse_reference
from domain.ids import TypeCode
from domain.ports import Randomness, SeparatorCheck
from domain.reading import Barcode, SheetNote
from storage.box import Box, bound
from storage.keyring import derive_from

PLAIN = SheetNote()
"""What a sheet says that only separates."""

_PLAIN_PREFIX = "PST1:SEP"
_NOTED_PREFIX = "PST2:SEP"
_SHEET = re.compile(r"[0-9A-F]{8,16}")
_PLAIN_PAYLOAD = re.compile(r"PST1:SEP:([0-9A-F]{8,16}):[A-Z2-7]{26}")
# Each of the three texts is bounded, and so is what the cipher gets to see.
_NOTED_PAYLOAD = re.compile(r"PST2:SEP:([0-9A-F]{8,16}):([A-Z2-7]{48,220})")
_BATCH = re.compile(r"[A-Za-z0-9][A-Za-z0-9 ._-]{0,15}")
_TYPE = re.compile(r"[a-z][a-z0-9_-]{0,60}")
_MAC_SIZE = 16
_KEY_SIZE = 16
_BLOCK = 8


def is_batch(text: str) -> bool:
    """Tell whether a text can name a batch: 1 to 16 letters, digits, blanks and ``._-``."""
    return _BATCH.fullmatch(text) is not None


def sheet_payload(
    sheet: str, *, key: bytes, randomness: Randomness, note: SheetNote = PLAIN
) -> str:
    """Return the text of a sheet's code, of the older form where it only separates.

    ``sheet`` is 8 to 16 hexadecimal digits. Raises ``MalformedRequestError`` for another id and a
    note that cannot be carried, ``ConfigurationError`` for a short key.
    """
    if note == PLAIN:
        return separator_payload(sheet, key=key)
    name = _named(sheet, key=key)
    sealed = _box(key).seal(_written(note), place=_place(name), randomness=randomness)
    return f"{_NOTED_PREFIX}:{name}:{_in_base32(sealed)}"


def separator_payload(sheet: str, *, key: bytes) -> str:
    """Return the text of the code of a sheet that only separates; errors as above."""
    name = _named(sheet, key=key)
    return f"{_PLAIN_PREFIX}:{name}:{_mac(name, key=key)}"


def read_sheet(text: str, *, key: bytes) -> SheetNote | None:
    """Return what a genuine sheet says, None for every other code.

    A MAC is compared in constant time. Neither form has a second spelling that is accepted.
    """
    plain = _PLAIN_PAYLOAD.fullmatch(text)
    if plain is not None:
        genuine = separator_payload(plain[1], key=key)
        return PLAIN if hmac.compare_digest(text, genuine) else None
    noted = _NOTED_PAYLOAD.fullmatch(text)
    return _opened(noted[1], noted[2], key=key) if noted is not None else None


def is_separator(text: str, *, key: bytes) -> bool:
    """Tell whether a code is that of a genuine sheet."""
    return read_sheet(text, key=key) is not None


def separator_check(key: bytes) -> SeparatorCheck:
    """Return the check that tells the reader which pages are genuine sheets and what they say.

    Raises ``ConfigurationError`` for a short key, before the first stack is read.
    """
    _require_length(key)

    def pages(barcodes: Sequence[Barcode]) -> dict[int, SheetNote]:
        found: dict[int, SheetNote] = {}
        for code in barcodes:
            note = read_sheet(code.text, key=key)
            if note is not None:
                # Two sheets on one page that disagree still separate, and say nothing.
                found[code.page] = note if found.get(code.page, note) == note else PLAIN
        return found

    return pages


def _named(sheet: str, *, key: bytes) -> str:
    _require_length(key)
    name = sheet.upper()
    if not _SHEET.fullmatch(name):
        detail = "a sheet id has 8 to 16 hexadecimal digits"
        raise MalformedRequestError(detail)
    return name


def _require_length(key: bytes) -> None:
    if len(key) < _KEY_SIZE:
        detail = "the key of the separator sheets is too short"
        raise ConfigurationError(detail)


def _mac(name: str, *, key: bytes) -> str:
    digest = hmac.digest(key, f"{_PLAIN_PREFIX}:{name}".encode("ascii"), "sha256")
    return _in_base32(digest[:_MAC_SIZE])


def _box(key: bytes) -> Box:
    return Box(derive_from(key, purpose="separator-notes"))


def _place(name: str) -> bytes:
    return bound(_NOTED_PREFIX, name)


def _written(note: SheetNote) -> bytes:
    texts = (note.batch, note.type or "", note.case or "")
    allowed = (
        not note.batch or is_batch(note.batch),
        note.type is None or _TYPE.fullmatch(note.type),
        note.case is None or parse_reference(note.case) == note.case,
    )
    if not all(allowed):
        detail = "a separator sheet cannot carry this batch, type or case"
        raise MalformedRequestError(detail)
    return "|".join(texts).encode("ascii")


def _opened(name: str, text: str, *, key: bytes) -> SheetNote | None:
    try:
        sealed = _from_base32(text)
        batch, kind, case = _box(key).open(sealed, place=_place(name)).decode("ascii").split("|")
    except (SealBrokenError, ValueError):
        return None
    # The unused bits of the last character would be a second spelling.
    if _in_base32(sealed) != text:
        return None
    return SheetNote(batch, TypeCode(kind) if kind else None, case or None)


def _in_base32(content: bytes) -> str:
    return base64.b32encode(content).decode("ascii").rstrip("=")


def _from_base32(text: str) -> bytes:
    """Raise ``ValueError`` if it is none."""
    try:
        return base64.b32decode(text + "=" * (-len(text) % _BLOCK))
    except binascii.Error as error:
        raise ValueError from error
