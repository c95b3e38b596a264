"""Geometry of pictures: 3x3 projective maps of points (across, down, 1), and pixels moved by them.

Owns the arithmetic. A map always leads from pixels of a new picture to those of the one that it
is made from. Refuses to know what is in a picture.
"""

import math
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Map = NDArray[np.float64]
Points = NDArray[np.float64]
_Pixel = TypeVar("_Pixel", bound=np.generic)


def between(source: Points, target: Points) -> Map:
    """Return the projective map that takes four points to four others."""
    rows = []
    for (x, y), (u, v) in zip(source, target, strict=True):
        rows += [[x, y, 1, 0, 0, 0, -u * x, -u * y], [0, 0, 0, x, y, 1, -v * x, -v * y]]
    solved = np.linalg.solve(np.array(rows), target.reshape(-1))
    return np.append(solved, 1.0).reshape(3, 3)


def mapped(points: Points, way: Map) -> Points:
    """Take points (rows of across, down) through a map."""
    moved = np.c_[points, np.ones(len(points))] @ way.T
    return np.asarray(moved[:, :2] / moved[:, 2:])


def quarter_turns(size: tuple[int, int], turn: int) -> Map:
    """Map pixels of a turned picture to those before; ``size`` is the one before."""
    width, height = size
    match turn:
        case 90:
            return np.array([[0, 1, 0], [-1, 0, height], [0, 0, 1]], float)
        case 180:
            return np.array([[-1, 0, width], [0, -1, height], [0, 0, 1]], float)
        case _:
            return np.array([[0, -1, width], [1, 0, 0], [0, 0, 1]], float)


def shear(size: tuple[int, ...], degrees: float) -> Map:
    """Map pixels of a picture whose columns were moved to those before."""
    fall = math.tan(math.radians(degrees))
    return np.array([[1, 0, 0], [-fall, 1, fall * size[0] / 2], [0, 0, 1]])


def rotation(size: tuple[int, ...], degrees: float) -> Map:
    """Map pixels of a picture turned clockwise around its middle to those before."""
    sine, cosine = math.sin(math.radians(degrees)), math.cos(math.radians(degrees))
    across, down = size[0] / 2, size[1] / 2
    return np.array(
        [
            [cosine, sine, across - cosine * across - sine * down],
            [-sine, cosine, down + sine * across - cosine * down],
            [0, 0, 1],
        ]
    )


def columns_moved(pixels: NDArray[_Pixel], back: Map) -> NDArray[_Pixel]:
    """Move blocks of columns up or down by whole pixels; what comes in repeats the edge."""
    height, width = pixels.shape
    fall = abs(back[1, 0])
    step = max(8, int(1 / fall)) if fall else width
    moved = np.empty_like(pixels)
    for left in range(0, width, step):
        block = np.s_[left : left + step]
        by = -round(back[1, 0] * (left + step / 2) + back[1, 2])
        if by >= 0:
            moved[by:, block], moved[:by, block] = pixels[: height - by, block], pixels[0, block]
        else:
            moved[:by, block], moved[by:, block] = pixels[-by:, block], pixels[-1, block]
    return moved


def transformed(image: Image.Image, size: tuple[int, int], way: Map) -> Image.Image:
    """Draw a picture anew, each pixel from where the map says; white where there is nothing."""
    return image.transform(
        size,
        Image.Transform.PERSPECTIVE,
        (way / way[2, 2]).reshape(-1)[:8].tolist(),
        Image.Resampling.BILINEAR,
        fillcolor=255,
    )
