"""Ways to call tesseract, compared once for the record: processor time and words.

Owns the ways. Each runs as a program of its own on one thread, is warmed up on the first page
and then timed on all of them.
"""

import json
import sys
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path

import pytesseract  # ships no annotations
import tesserocr
from PIL import Image

from benchmarks import peers
from benchmarks.metering import alive_seconds
from benchmarks.metering import run as run_command
from benchmarks.post import Scanned, scans
from benchmarks.report import Result, Section
from benchmarks.run import Run
from benchmarks.words import compare, total
from ocr.tessdata import data_folder

_ONE_THREAD = {"OMP_THREAD_LIMIT": "1"}


def measure(run: Run) -> Section:
    """Take the same grey pages through each way."""
    pages = scans("grey", pages=run.size.pages, folder=run.folder)
    results = [result for name in _WAYS for result in _results(name, pages)]
    return Section("Engines (grey pages of 300 dpi, one thread)", results)


def _results(name: str, pages: Sequence[Scanned]) -> list[Result]:
    command: list[str | Path] = [sys.executable, "-m", "benchmarks.engines", name]
    command += [page.image for page in pages]
    said = json.loads(run_command(command, environment=_ONE_THREAD).output)
    errors = total(
        compare(page.truth, read) for page, read in zip(pages, said["texts"], strict=True)
    )
    return [
        Result(f"{name}: a page", said["seconds"] / len(pages), "s"),
        Result(f"{name}: words read wrongly", 100 * errors.rate, "%"),
    ]


def _with_pytesseract(paths: Sequence[Path]) -> list[str]:
    return [pytesseract.image_to_string(str(path), lang="deu") for path in paths]


def _with_pages(paths: Sequence[Path]) -> list[str]:
    return [peers.tesseract(path, "stdout").output.decode() for path in paths]


def _with_list(paths: Sequence[Path]) -> list[str]:
    listed = paths[0].with_suffix(".list")
    listed.write_text("\n".join(map(str, paths)))
    return peers.tesseract(listed, "stdout").output.decode().split("\f")[: len(paths)]


def _with_tesserocr(paths: Sequence[Path]) -> list[str]:
    texts = []
    for path in paths:
        with Image.open(path) as image:
            _engine().SetImage(image)
        _engine().SetSourceResolution(300)
        texts.append(_engine().GetUTF8Text())
    return texts


_WAYS: dict[str, Callable[[Sequence[Path]], list[str]]] = {
    "pytesseract with a path": _with_pytesseract,
    "tesseract, a page a time": _with_pages,
    "tesseract, a list of pages": _with_list,
    "tesserocr, kept warm": _with_tesserocr,
}


@cache
def _engine() -> tesserocr.PyTessBaseAPI:
    return tesserocr.PyTessBaseAPI(path=f"{data_folder()}/", lang="deu")


def main(arguments: Sequence[str]) -> None:
    """Read pages in one way and write its seconds and the texts as JSON."""
    way, paths = _WAYS[arguments[0]], [Path(name) for name in arguments[1:]]
    way(paths[:1])
    before = alive_seconds()
    texts = way(paths)
    json.dump({"seconds": alive_seconds() - before, "texts": texts}, sys.stdout)


if __name__ == "__main__":
    main(sys.argv[1:])
