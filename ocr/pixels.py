"""Pixels of an image file: what it costs to decode them, and their way to grey or colour.

Owns both. Large images are brought to grey or colour strip by strip, so that they are in
memory only once, and coarser where nobody can see more. Refuses to open files.
"""

import io
from collections.abc import Iterator

import pillow_heif
from PIL import Image, JpegImagePlugin

from ocr.pages import STANDARD_DPI

MUCH = 20_000_000
"""Pixels beyond which an image is seen at a lower resolution: A4 at 450 dpi."""
_STRIP_ROWS = 512  # a multiple of every reduction
_SCALES = (1, 2, 4, 8)
"""By what JPEG can be reduced while it is decoded."""
_BYTES = {"1": 1, "L": 1, "I;16": 2, "I;16B": 2}
_OTHER_BYTES = 4  # of colour as well, as Pillow keeps it, and a palette becomes colour
_DECODERS = {"WEBP": 15, "HEIF": 4}
"""Bytes a pixel at the peak of decoders that keep more than their result."""
_COEFFICIENT = 2


def size(frame: Image.Image) -> int:
    """Return how many bytes the pixels of a frame take."""
    return frame.width * frame.height * _BYTES.get(frame.mode, _OTHER_BYTES)


def cost(frame: Image.Image) -> int:
    """Return how many bytes it takes to decode a frame."""
    if isinstance(frame, JpegImagePlugin.JpegImageFile):
        return _coefficients(frame)  # the pixels themselves are reduced while they are decoded
    if frame.format in _DECODERS:
        return frame.width * frame.height * _DECODERS[frame.format]
    return size(frame)


def reduction(sides: tuple[int, int], dpi: int) -> int:
    """Return by what an image may be reduced, and has to be where it is very large."""
    pixels = sides[0] * sides[1]
    for factor in _SCALES:
        if pixels <= MUCH * factor**2 and dpi < 2 * factor * STANDARD_DPI:
            return factor
    return _SCALES[-1]


def flat(frame: Image.Image, *, factor: int = 1) -> Image.Image:
    """Return a frame on white paper as ``1``, ``L`` or ``RGB``, reduced by ``factor``.

    It shares nothing with the frame, and has none of its metadata.
    """
    return _joined(_strips(frame), frame.size, factor)


def flat_heic(content: bytes, *, factor: int) -> Image.Image:
    """Return the same of a HEIC file whose pixels would take too much memory twice."""
    file = pillow_heif.open_heif(io.BytesIO(content), convert_hdr_to_8bit=True)
    return _joined(_heic_strips(file), file.size, factor)


def _joined(
    strips: Iterator[tuple[int, Image.Image]], sides: tuple[int, int], factor: int
) -> Image.Image:
    across, down = (-(-side // factor) for side in sides)
    target: Image.Image | None = None
    for top, strip in strips:
        small = _reduced(_plain(strip), factor)
        if target is None:
            target = Image.new(small.mode, (across, down))
        target.paste(small, (0, top // factor))
    return target or Image.new("L", (across, down))


def _strips(frame: Image.Image) -> Iterator[tuple[int, Image.Image]]:
    for top in range(0, frame.height, _STRIP_ROWS):
        bottom = min(top + _STRIP_ROWS, frame.height)
        yield top, frame.crop((0, top, frame.width, bottom))


def _heic_strips(file: pillow_heif.HeifFile) -> Iterator[tuple[int, Image.Image]]:
    data, stride, (width, height) = memoryview(file.data), file.stride, file.size
    for top in range(0, height, _STRIP_ROWS):
        rows = min(_STRIP_ROWS, height - top)
        part = data[top * stride : (top + rows) * stride]
        yield (
            top,
            Image.frombytes(file.mode, (width, rows), bytes(part), "raw", file.mode, stride),
        )


def _reduced(strip: Image.Image, factor: int) -> Image.Image:
    if factor == 1:
        return strip
    return (strip.convert("L") if strip.mode == "1" else strip).reduce(factor)


def _plain(image: Image.Image) -> Image.Image:
    """Put transparent images on white paper and bring odd modes to grey or colour."""
    if image.mode in {"1", "L", "RGB"}:
        return image
    if image.mode.startswith(("I", "F")):
        return _eight_bits(image)
    if image.has_transparency_data:
        paper = Image.new("RGBA", image.size, "white")
        return Image.alpha_composite(paper, image.convert("RGBA")).convert("RGB")
    return image.convert("RGB")


def _eight_bits(image: Image.Image) -> Image.Image:
    """Scale 16-bit grey down; Pillow's plain conversion would clip it to white."""
    if image.mode.startswith("I;16"):
        return image.convert("I").point(lambda value: value / 256).convert("L")
    return image.point(lambda value: value / 256).convert("L")


def _coefficients(frame: JpegImagePlugin.JpegImageFile) -> int:
    """Return what a progressive JPEG keeps of itself while it is decoded (ITU-T T.81, G)."""
    if not frame.info.get("progressive"):
        return 0
    shares = [across * down for _, across, down, _ in frame.layer]
    most = max((across for _, across, _, _ in frame.layer), default=1) * max(
        (down for _, _, down, _ in frame.layer), default=1
    )
    return _COEFFICIENT * frame.width * frame.height * sum(shares) // max(1, most)
