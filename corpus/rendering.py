"""Rendering a letter: a born-digital PDF that looks like post of its kind.

Owns the document and how small its type must be. Refuses words that the letter does not have, and
chance: the same letter and seed give the same bytes where the typefaces are the same.
"""

import io
from collections.abc import Sequence

from reportlab.lib.pagesizes import A4
from reportlab.pdfgen.canvas import Canvas

from corpus import fonts
from corpus.layouts import Layout
from corpus.markup import Mark, line_of, visible
from corpus.setting import Drawing
from corpus.sheets import FullSheetError
from corpus.styles import Style, style_of
from corpus.writing import Letter

_SHRINK = 0.95
_LEAST = 5.8


class RenderingError(ValueError):
    """A page of a letter holds more than a sheet."""

    def __init__(self, template: str) -> None:
        super().__init__(f"{template}: a page holds more than a sheet")


def render(letter: Letter, *, seed: str) -> bytes:
    """Return a PDF with one A4 page for each page of the letter; raises ``RenderingError``."""
    fonts.register()
    style = style_of(letter, seed=seed)
    target = io.BytesIO()
    canvas = Canvas(target, pagesize=A4, invariant=1, pageCompression=1, lang="de-DE")
    for at, page in enumerate(letter.pages):
        for drawing in _fitted(letter, page, style, first=at == 0):
            drawing(canvas)
        canvas.showPage()
    canvas.save()
    return target.getvalue()


def printed(letter: Letter) -> list[str]:
    """Return the words of each page in reading order, without stamps and signatures."""
    return [
        " ".join(
            word
            for line in map(line_of, page)
            if line.mark is not Mark.STAMP
            for word in visible(line.text).split()
        )
        for page in letter.pages
    ]


def _fitted(letter: Letter, page: Sequence[str], style: Style, *, first: bool) -> list[Drawing]:
    """Set a page with type as small as it takes."""
    size, air = style.size, 1.0
    while size >= _LEAST:
        try:
            return Layout(letter, style, size=size, air=air).set(page, first=first)
        except FullSheetError:
            size, air = (size, air - 0.5) if air else (size * _SHRINK, air)
    name = f"{letter.template.split}/{letter.type}: {letter.template.slug}"
    raise RenderingError(name)
