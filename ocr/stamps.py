"""Coloured stamps over black print: taken out of the grey picture where they cover print.

Owns the choice of grey for each place of a page in colour. Coloured print of its own, such as
a heading or an entry in blue ink, stays as it is. Refuses pages without colour.
"""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from PIL import Image, ImageChops

_REDUCED = 4
_TILE_INCHES = 0.2
_COLOURFUL = 36
"""By how much the strongest of three colours exceeds the weakest in coloured ink."""
_BLACK = 110
_SHARE = 0.015
"""How much of a tile must be coloured ink, and how much black, for one to cover the other."""
_BLEACH = [round(min(255.0, 2.0 * max(0, chroma - 20))) for chroma in range(256)]
"""How much lighter coloured ink becomes; below 20 it is noise of the coding."""


def grey(image: Image.Image, dpi: int) -> Image.Image:
    """Return a picture in grey; where coloured ink lies over black, only the black of it."""
    if image.mode != "RGB":
        return image if image.mode == "L" else image.convert("L")
    plain = image.convert("L")
    for place in _covered(np.asarray(image.reduce(_REDUCED)), dpi / _REDUCED):
        bands = image.crop(place).split()
        light = ImageChops.lighter(ImageChops.lighter(*bands[:2]), bands[2])
        dark = ImageChops.darker(ImageChops.darker(*bands[:2]), bands[2])
        colour = ImageChops.subtract(light, dark).point(_BLEACH)
        plain.paste(ImageChops.add(light, colour), place)
    return plain


def _covered(colours: NDArray[np.uint8], dpi: float) -> list[tuple[int, int, int, int]]:
    """Return in pixels of the whole picture the tiles in which there is ink of both kinds."""
    least, most = colours.min(axis=2), colours.max(axis=2)
    coloured, black = most - least > _COLOURFUL, most < _BLACK
    tile = max(4, round(_TILE_INCHES * dpi))
    if min(coloured.shape) < tile or coloured.mean() < _SHARE / 100:
        return []
    side = tile * _REDUCED
    inked = _share(coloured, tile) > _SHARE
    both = _around(inked & (_share(black, tile) > _SHARE)) & inked
    return [
        (column * side, row * side, (column + 1) * side, (row + 1) * side)
        for row, column in np.argwhere(both).tolist()
    ]


def _around(tiles: NDArray[np.bool_]) -> NDArray[np.bool_]:
    """Add the tiles next to each."""
    wide = np.pad(tiles, 1)
    return np.asarray(sliding_window_view(wide, (3, 3)).any(axis=(2, 3)))


def _share(mask: NDArray[np.bool_], tile: int) -> NDArray[np.float64]:
    rows, columns = mask.shape[0] // tile, mask.shape[1] // tile
    whole = mask[: rows * tile, : columns * tile]
    return np.asarray(whole.reshape(rows, tile, columns, tile).mean(axis=(1, 3)))
