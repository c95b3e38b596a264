"""A model that was made in the house: a folder whose name is the digest of the file in it.

Owns the proof that the file is the one that was chosen, and the scheme of features, which says
whether numbers that were kept still mean what they meant. Refuses any other file.
"""

import hashlib
import re
from functools import cache
from pathlib import Path

import numpy as np

from domain.errors import ConfigurationError
from ocr.classify import Classifier
from ocr.features import TEXT_LIMIT, Block, Extractor, Keys, blocks, word_key
from ocr.model import FILE_NAME, Model, parse
from ocr.supports import CueFinder
from ocr.text import skeleton

_LARGEST_FILE = 1024 * 1024
_FEW_LETTERS = 70
"""Letters below which there is nothing to learn but what scraps and photos look like."""
_SCHEME_LENGTH = 12
_KEY = np.dtype("<u4")
_WORD = re.compile(r"[^\W\d_]+")
_RUNS = (Block.GRAMS, Block.TITLE_GRAMS)
_PROBE = """Jobcenter Musterstadt
Mietbescheinigung über die Kosten der Unterkunft
Sehr geehrte Frau Beispiel, Ihre Miete beträgt ab dem 01.02.2026 monatlich 480,00 Euro (§ 22).
[x] Bitte ankreuzen: ______ Unterschrift
Mit freundlichen Grüßen"""
"""A text with something in it for every kind of feature."""


def learned_model(folder: Path) -> Model:
    """Read the model of a folder; raise ``ConfigurationError`` if it is not what it was."""
    return parse(_content(folder))


def verify_learned(folder: Path) -> None:
    """Prove that the file of a folder is what it was, or raise ``ConfigurationError``."""
    _content(folder)


def classifier_of(folder: Path | None) -> Classifier:
    """Return the recognition with the model of a folder, or with the packaged one."""
    if folder is None:
        return Classifier.load()
    return Classifier(learned_model(folder), CueFinder.load())


@cache
def scheme() -> str:
    """Return a name that changes when texts are reduced to features in another way."""
    keys = _extractor().see(_PROBE).keys
    return hashlib.sha256(keys.astype(_KEY).tobytes()).hexdigest()[:_SCHEME_LENGTH]


def known_keys(model: Model, text: str) -> bytes:
    """Return the keys of a text that a model knows, packed; nothing for scraps.

    Only words of the training letters are known. Runs of characters are kept of these words
    alone: those of a name, which other words have as well, would tell whether it fits.
    """
    head = text[:TEXT_LIMIT]
    seen = _extractor().see(head)
    if seen.letters < _FEW_LETTERS:
        return b""
    allowed = _extractor().see(_WORD.sub(lambda found: _if_known(model, found[0]), head)).keys
    runs = np.isin(blocks(seen.keys), _RUNS)
    kept = seen.keys[~runs | np.isin(seen.keys, allowed)]
    return np.sort(model.known.keys[model.known.indices(kept)]).astype(_KEY).tobytes()


def unpacked_keys(packed: bytes) -> Keys:
    """Return packed keys; raise ``ConfigurationError`` for what ``known_keys`` never returned."""
    if len(packed) % _KEY.itemsize:
        detail = "features: not whole"
        raise ConfigurationError(detail)
    keys = np.frombuffer(packed, dtype=_KEY).astype(np.uint32)
    if bool((np.diff(keys.astype(np.int64)) <= 0).any()):
        detail = "features: not ascending"
        raise ConfigurationError(detail)
    return keys


def _if_known(model: Model, word: str) -> str:
    """Return a word that the model knows as a word; of any other, nothing."""
    key = np.array([word_key(skeleton(word))], dtype=np.uint32)
    return word if len(model.known.indices(key)) else " "


@cache
def _extractor() -> Extractor:
    return Extractor(CueFinder.load())


def _content(folder: Path) -> bytes:
    try:
        with (folder / FILE_NAME).open("rb") as handle:
            content = handle.read(_LARGEST_FILE + 1)
    except OSError as error:
        raise _bad() from error
    if hashlib.sha256(content).hexdigest() != folder.name:
        raise _bad()
    return content


def _bad() -> ConfigurationError:
    detail = (
        "the model in use is missing or was changed; restore the folder «model» from the backup "
        "or return to the model before with «poststelle model rollback»"
    )
    return ConfigurationError(detail)
