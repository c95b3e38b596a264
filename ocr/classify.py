"""Which document type a text is, and how sure that is.

Owns the decision: the model's shares become one type and a confidence, and people get to see
the wordings that speak for it. It refuses to guess: what the model does not know, or what is
too short to be a document, ends with a low confidence, because a document in the wrong file is
worse than one that a person looks at.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

from domain.catalogue import FALLBACK
from domain.ids import TypeCode
from ocr.ceilings import TITLED
from ocr.features import Extractor, Seen
from ocr.fitting import Floats
from ocr.model import Model, load, packaged_model
from ocr.supports import CueFinder

_TITLED_SHARE = 0.8
_CONFIRMED_FROM = 0.9
_TITLE_ALONE = 5.5
_RIVAL = 0.5
_DOUBT_LEFT_BY_TITLE = 0.02
"""A title that the table of cues finds on its own, beside the model, takes away most doubt."""
_NAMED_EVIDENCE = 6
_NAMED_WORDS = 3


@dataclass(frozen=True, slots=True)
class Guess:
    """A type, the confidence in it (0 to 1), and the wordings that speak for it.

    The confidence is 1 less the expected cost of an error: an error within the same carriers
    costs its probability, one that would cross carriers three times as much.
    """

    type: TypeCode
    confidence: float
    evidence: tuple[str, ...] = ()


def _is_titled(seen: Seen, code: TypeCode) -> bool:
    """Tell whether a title on its own line names the type, and no other cues come near."""
    totals = {owner: support.total for owner, support in seen.supports.items()}
    rival = max((total for owner, total in totals.items() if owner != code), default=0.0)
    titled = seen.signs.titles.get(code, 0.0) >= _TITLE_ALONE
    return titled and rival <= _RIVAL * totals.get(code, 0.0)


class Classifier:
    """Recognises document types by a trained model and the table of cues."""

    def __init__(self, model: Model, finder: CueFinder) -> None:
        """Take a model and the cues it was trained with; ``load`` is the usual way."""
        self._model = model
        self._extractor = Extractor(finder)

    @classmethod
    def load(cls, folder: Path | None = None) -> Self:
        """Read the packaged model, or that of a folder; raise ``ConfigurationError`` if bad."""
        return cls(packaged_model() if folder is None else load(folder), CueFinder.load())

    @property
    def threshold(self) -> float:
        """Return the confidence from which the model may decide without a person."""
        return self._model.threshold

    def classify(self, text: str) -> Guess:
        """Return the most likely type, or ``sonstiges``; with a low confidence if in doubt."""
        seen = self._extractor.see(text)
        if not seen.signs.letters:
            return Guess(FALLBACK, 0.0)
        shares = self._shares(seen)
        best = int(shares.argmax())
        confidence = self._model.confidence(shares, best)
        ceiling = seen.signs.ceiling(self._model.types[best])
        code = TypeCode(self._model.types[best])
        if _is_titled(seen, code) and confidence >= _CONFIRMED_FROM:
            confidence = round(1 - (1 - confidence) * _DOUBT_LEFT_BY_TITLE, 4)
        return Guess(code, min(confidence, ceiling), self._evidence(seen, best))

    def scores(self, text: str) -> Mapping[TypeCode, float]:
        """Return how likely each type is; the sum is 1, also for a single page of a letter."""
        shares = self._shares(self._extractor.see(text))
        return {
            TypeCode(code): float(share)
            for code, share in zip(self._model.types, shares, strict=True)
        }

    def titled(self, text: str) -> TypeCode | None:
        """Return the type that a text names in its own title beyond doubt, or None."""
        seen = self._extractor.see(text)
        shares = self._shares(seen)
        best = int(shares.argmax())
        code = self._model.types[best]
        sure = seen.signs.titles.get(code, 0.0) >= TITLED and shares[best] >= _TITLED_SHARE
        return TypeCode(code) if sure else None

    def _shares(self, seen: Seen) -> Floats:
        return self._model.shares(seen.keys)

    def _evidence(self, seen: Seen, best: int) -> tuple[str, ...]:
        """Return wordings of the table, then words of the model; never of the text alone."""
        support = seen.supports.get(self._model.types[best])
        cues = support.evidence() if support is not None else ()
        words = self._model.strongest_words(seen.keys, best, most=_NAMED_WORDS)
        told = " ".join(cues).casefold()
        further = tuple(word for word in words if word.casefold() not in told)
        return (*cues[: _NAMED_EVIDENCE - len(further)], *further)
