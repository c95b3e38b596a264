"""Which named resources a content stream really uses (ISO 32000-1, 7.8.3).

Owns the meaning of the operators that name a resource. Refuses content that does not parse:
of that nobody can tell what it draws.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping

import pikepdf

_OPERATORS = {
    "Do": "/XObject",
    "gs": "/ExtGState",
    "Tf": "/Font",
    "sh": "/Shading",
    "cs": "/ColorSpace",
    "CS": "/ColorSpace",
    "scn": "/Pattern",
    "SCN": "/Pattern",
    "BDC": "/Properties",
    "DP": "/Properties",
}
_DEFAULTS = frozenset({"/DefaultGray", "/DefaultRGB", "/DefaultCMYK"})


class EntangledError(Exception):
    """A page cannot be told apart from the rest of its file."""


class Usage:
    """The names of resources that a content stream uses, by category."""

    def __init__(self, content: pikepdf.Object | pikepdf.Page) -> None:
        self._names: defaultdict[str, set[str]] = defaultdict(set)
        self._inline_images = False
        try:
            steps = pikepdf.parse_content_stream(content)
        except (pikepdf.PdfError, TypeError, ValueError, RuntimeError) as error:
            raise EntangledError from error
        for step in steps:
            if isinstance(step, pikepdf.ContentStreamInlineImage):
                self._inline_images = True
            else:
                self._note(str(step.operator), step.operands)

    def chosen(self, category: str, found: Mapping[str, object]) -> set[str]:
        """Return which of the names found in a category of resources are used."""
        if category != "/ColorSpace":
            return self._names[category] & set(found)
        if self._inline_images:  # they name colour spaces where only their decoder looks
            return set(found)
        return (self._names[category] | _DEFAULTS) & set(found)

    @property
    def any(self) -> bool:
        """Tell whether any name is used at all."""
        return self._inline_images or any(self._names.values())

    def _note(self, operator: str, operands: Iterable[object]) -> None:
        category = _OPERATORS.get(operator)
        if category is None:
            return
        for operand in operands:
            if isinstance(operand, pikepdf.Name):
                self._names[category].add(str(operand))
