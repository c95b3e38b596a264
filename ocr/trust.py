"""Whether a page's own text can be trusted instead of being recognised anew.

Owns the judgement, page by page. Distrusts characters without meaning, text that reads like
no language, a caption or half a page of text over the image of a scan, and print without text.
"""

from unicodedata import category

import numpy as np
import pypdfium2  # ships no annotations

from ocr.spelling import share_of_usual_trigrams, share_of_words

_BAD_SHARE = 0.005
_BULLET_SHARE = 0.1
_MEANINGLESS = frozenset({"Cc", "Cn", "Co", "Cs"})
_SYMBOLS = frozenset(map(chr, range(0xF000, 0xF100)))
"""Where symbol fonts put their bullets; a whole page of it is print without meaning."""

_COVERED = 0.5
_ENOUGH_ON_IMAGE = 250
_WORDS_ON_IMAGE = 0.5
_READABLE_ON_IMAGE = 0.85
_READABLE = 0.45
"""Text of another language has fewer German trigrams; text in a broken code has hardly any."""
_JUDGED_FROM = 40
"""Letters from which a share of trigrams says something."""
_PICTURED = 0.1
"""Share of a page that an image covers, from which print may hide in it."""
_DOTS_PER_INCH = 36
_POINTS = 72
_DARKER = 60
_UNREAD_ROWS = 0.25
_MOST_RECTANGLES = 5_000


def is_trustworthy(text: str, covered: float, page: pypdfium2.PdfPage) -> bool:
    """Judge the text layer of a page of which an image covers a share."""
    shown = [char for char in text if not char.isspace()]
    if not shown or _is_meaningless(shown):
        return False
    if covered >= _COVERED and len(shown) < _ENOUGH_ON_IMAGE:
        return False
    if not _is_language(text, on_image=covered >= _COVERED):
        return False
    return covered < _PICTURED or not _leaves_print_out(page)


def _is_meaningless(shown: list[str]) -> bool:
    bad = sum(category(char) in _MEANINGLESS or char == "\ufffd" for char in shown)
    bullets = sum(char in _SYMBOLS for char in shown)
    return bad - bullets > _BAD_SHARE * len(shown) or bullets > _BULLET_SHARE * len(shown)


def _is_language(text: str, *, on_image: bool) -> bool:
    latin = sum("a" <= char.lower() <= "z" for char in text)
    letters = sum(char.isalpha() for char in text)
    if letters < _JUDGED_FROM or 2 * latin < letters:
        return True
    usual = share_of_usual_trigrams(text)
    if not on_image:
        return usual >= _READABLE
    return usual >= _READABLE_ON_IMAGE and share_of_words(text) >= _WORDS_ON_IMAGE


def _leaves_print_out(page: pypdfium2.PdfPage) -> bool:
    """Tell whether a good part of the rows with print on them have no text of the layer."""
    image = page.render(scale=_DOTS_PER_INCH / _POINTS, grayscale=True).to_numpy()
    pixels = image.reshape(image.shape[0], -1)
    dark = (pixels < np.median(pixels) - _DARKER).sum(axis=1) > 1
    covered = np.zeros(len(dark), dtype=bool)
    for top, bottom in _rows(page):
        covered[max(0, top - 1) : bottom + 2] = True
    return bool((dark & ~covered).sum() > _UNREAD_ROWS * max(1, dark.sum()))


def _rows(page: pypdfium2.PdfPage) -> list[tuple[int, int]]:
    """Return the rows of pixels, from and to, in which there is text."""
    layer = page.get_textpage()
    count = min(layer.count_rects(), _MOST_RECTANGLES)
    height = page.get_height()
    if page.get_rotation() % 180:
        return [(0, round(height))]
    scale = _DOTS_PER_INCH / _POINTS
    placed = (layer.get_rect(number) for number in range(count))
    return [
        (round((height - top) * scale), round((height - bottom) * scale))
        for _, bottom, _, top in placed
    ]
