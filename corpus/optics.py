"""What happens to the pixels of a page: tilt, tone, noise, dirt, folds, light, perspective.

Owns single effects on grey or colour values (0 to 255, arrays of float32). Refuses files: which
effects make up a scan, and how it is stored, is decided in ``degrading``.
"""

import random

import numpy as np
import numpy.typing as npt
from PIL import Image, ImageChops, ImageDraw

from corpus.chance import dice, grains, sometimes

Page = Image.Image
"""One page as an image."""

Values = npt.NDArray[np.float32]
"""Brightness, rows by columns, with three channels where there is colour."""

Corners = tuple[tuple[float, float], ...]
"""Upper left, upper right, lower right, lower left."""

_WHITE, _MIDDLE = 255, 128


def values_of(page: Page) -> Values:
    """Return the brightness of an image."""
    return np.asarray(page, dtype=np.float32)


def image_of(values: Values) -> Page:
    """Return an image of brightness, cut off at black and white."""
    return Image.fromarray(np.clip(values, 0, _WHITE).astype(np.uint8))


def turned(page: Page, angle: float, *, shade: int = _WHITE) -> Page:
    """Return a page tilted by degrees; what comes into view behind it has a shade."""
    fill = shade if page.mode == "L" else (shade,) * 3
    return page.rotate(angle, Image.Resampling.BILINEAR, fillcolor=fill)


def toned(page: Page, *, ink: float, paper: float) -> Page:
    """Return a page whose black and white are these."""
    ramp = [round(ink + value * (paper - ink) / _WHITE) for value in range(_WHITE + 1)]
    return page.point(ramp * len(page.getbands()))


def noisy(page: Page, rng: random.Random, *, strength: float) -> Page:
    """Add grain; its standard deviation is ``strength``."""
    # One grain repeated in tiles looks the same and takes a tenth of the time.
    side = 512
    tile = grains(rng).normal(_MIDDLE, strength, (side, side)).round()
    tiles = (page.height // side + 1, page.width // side + 1)
    grain = Image.fromarray(np.tile(np.clip(tile, 0, _WHITE).astype(np.uint8), tiles))
    grain = grain.crop((0, 0, *page.size))
    layer = grain if page.mode == "L" else Image.merge("RGB", (grain, grain, grain))
    return ImageChops.add(page, layer, scale=1, offset=-_MIDDLE)


def black(page: Page, threshold: float) -> Page:
    """Return a bilevel image: what is darker than the threshold is black."""
    return page.point([0 if value < threshold else _WHITE for value in range(_WHITE + 1)], "1")


def folded(values: Values, rng: random.Random) -> Values:
    """Darken and lighten the paper along one or two folds across."""
    for share in rng.choice(((0.5,), (0.33, 0.66), ())):
        at = int(values.shape[0] * (share + rng.uniform(-0.02, 0.02)))
        reach = 24
        shadow = np.concatenate([np.linspace(0, -26, reach), np.linspace(16, 0, reach)])
        values[at - reach : at + reach] += shadow.astype(np.float32)[:, None]
    return values


def streaked(values: Values, rng: random.Random) -> Values:
    """Draw the lines that dirt on the glass of a feeder leaves along the page."""
    for _ in range(rng.choice((0, 0, 1, 2))):
        at = rng.randrange(values.shape[1] - 3)
        values[:, at : at + rng.choice((1, 1, 2))] += np.float32(rng.choice((-45, -30, 25)))
    return values


def speckled(values: Values, rng: random.Random) -> Values:
    """Strew specks of some pixels."""
    chance = grains(rng)
    rows = chance.integers(0, values.shape[0] - 2, rng.randrange(80, 500))
    columns = chance.integers(0, values.shape[1] - 2, rows.size)
    for down, across in ((0, 0), (0, 1), (1, 0)):
        kept = chance.random(rows.size) < (1.0 if down == across else 0.5)
        values[rows[kept] + down, columns[kept] + across] -= 90
    return values


def bordered(values: Values, rng: random.Random) -> Values:
    """Darken some edges, where the lid of the scanner did not close."""
    ramp = 26
    for side in range(4):
        if sometimes(rng, 0.4):
            depth = rng.randrange(4, 26)
            edge = np.rot90(values, side)
            edge[:depth] = 45
            edge[depth : depth + ramp] -= np.linspace(70, 0, ramp, dtype=np.float32)[:, None]
    return values


def punched(values: Values, rng: random.Random) -> Values:
    """Punch two or four holes at the left edge, seen against the dark lid; or none."""
    if not sometimes(rng, 0.4):
        return values
    height = values.shape[0]
    page = image_of(values)
    pencil = ImageDraw.Draw(page)
    # ISO 838: holes of 6 mm, 80 mm apart, 12 mm from the edge.
    mm = height / 297
    for offset in rng.choice(((-40, 40), (-120, -40, 40, 120))):
        low, left, reach = height / 2 + offset * mm, 12 * mm, 3 * mm
        pencil.ellipse((left - reach, low - reach, left + reach, low + reach), fill=50)
    return values_of(page)


def line_noise(values: Values, rng: random.Random) -> Values:
    """Disturb some rows as a bad telephone line does: blackened, or shifted sideways."""
    for _ in range(rng.randrange(4)):
        at = rng.randrange(values.shape[0] - 4)
        if sometimes(rng, 0.5):
            left = rng.randrange(values.shape[1] // 2)
            values[at, left : left + rng.randrange(200, 900)] = 0
        else:
            values[at : at + 3] = np.roll(values[at : at + 3], rng.randrange(-30, 30), axis=1)
    return values


def table(size: tuple[int, int], rng: random.Random) -> Page:
    """Return the top of a table, with a grain."""
    shade = rng.randrange(60, 150)
    tint = rng.choice(((30, 0, -30), (0, 0, 0), (-8, 0, 12)))
    stripes = dice(str(shade)).random() * 3 + 2
    across = np.sin(np.linspace(0, 60 * stripes, size[1], dtype=np.float32)) * 6
    base = np.array([shade + part for part in tint], dtype=np.float32)
    column = image_of(across[:, None, None] + base)
    return noisy(column.resize(size), rng, strength=5)


def bent(page: Page, rng: random.Random) -> Page:
    """Return a page that does not lie flat: its rows are shifted along a wave."""
    rise = rng.uniform(2, 9)
    strips = 24
    width, height = page.size
    mesh = []
    for at in range(strips):
        left, right = width * at // strips, width * (at + 1) // strips
        lows = [rise * np.sin(np.pi * x / width) for x in (left, right)]
        quad = (
            left, lows[0], left, height + lows[0], right, height + lows[1], right, lows[1],
        )  # fmt: skip
        mesh.append(((left, 0, right, height), quad))
    return page.transform(
        page.size, Image.Transform.MESH, mesh, Image.Resampling.BILINEAR, fillcolor="white"
    )


def corners(size: tuple[int, int], rng: random.Random) -> Corners:
    """Return where the corners of a page come to lie in a photograph of a size."""
    width, height = size
    near = [(0.06, 0.05), (0.94, 0.05), (0.94, 0.95), (0.06, 0.95)]
    return tuple(
        (width * (x + rng.uniform(-0.035, 0.035)), height * (y + rng.uniform(-0.03, 0.03)))
        for x, y in near
    )


def perspective(seen: Corners, size: tuple[int, int]) -> list[float]:
    """Return the eight numbers with which Pillow maps a photograph back onto a page."""
    width, height = size
    flat = ((0, 0), (width, 0), (width, height), (0, height))
    rows: list[list[float]] = []
    for (x, y), (u, v) in zip(seen, flat, strict=True):
        rows.append([x, y, 1, 0, 0, 0, -u * x, -u * y])
        rows.append([0, 0, 0, x, y, 1, -v * x, -v * y])
    aims = np.array([value for point in flat for value in point], dtype=float)
    return [float(value) for value in np.linalg.solve(np.array(rows, dtype=float), aims)]


def lit(photo: Page, rng: random.Random) -> Page:
    """Light a photograph unevenly, with a soft shadow and the tint of a lamp."""
    down, across = np.mgrid[0:1:64j, 0:1:48j].astype(np.float32)
    slope = 1 - rng.uniform(0.05, 0.28) * (down * rng.uniform(-1, 1) + across * rng.uniform(-1, 1))
    edge = across * rng.uniform(0.4, 1) + down * rng.uniform(-0.6, 0.6) - rng.uniform(0.3, 0.8)
    shadow = 1 - rng.uniform(0, 0.3) / (1 + np.exp(-18 * edge))
    tint = np.array([0.96, rng.uniform(0.90, 0.96), rng.uniform(0.80, 0.96)], dtype=np.float32)
    light = image_of(np.minimum(slope * shadow, 1.04)[..., None] * tint * (_WHITE - 8))
    return ImageChops.multiply(photo, light.resize(photo.size, Image.Resampling.BICUBIC))
