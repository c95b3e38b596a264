"""Speed: processor time from scan to searchable PDF/A with type and fields, beside OCRmyPDF.

Owns the rounds, in which both take the same files one after the other, and the comparison of
the medians.
"""

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

from benchmarks import peers, stages
from benchmarks.metering import alive_seconds
from benchmarks.post import SCANS, born_digital, bound, letters, page_count, scans
from benchmarks.report import Result, Section, at_most
from benchmarks.run import Desk, Run
from domain.reading import Reading

_PLAIN = {"grey": 0.40, "colour": 0.40, "bw": 0.65}
_UPRIGHT = 0.25
_ONE_PAGE = 0.35
_BORN_MS = 10.0
_BEYOND_RECOGNITION = 10.0
_BORN_LETTERS = 40

Seconds = Mapping[tuple[str, str], Sequence[float]]
"""Processor seconds of each round, by file and by who read it."""


class NotArchivedError(Exception):
    """A file was not made into PDF/A, so its time is no time of the whole work."""


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    path: Path
    pages: int


def measure(run: Run) -> Section:
    """Time the rounds and the stages."""
    files = _files(run)
    born = _born(run)
    with run.desk() as desk:
        seconds = _rounds(run, desk, files)
        archived = sum(_is_archived(desk.read(path.read_bytes())) for path in born)
        born_seconds = [_ours(desk, *born) for _ in range(run.size.rounds)]
    shares = {file.name: stages.profile([file.path]) for file in files if file.name in SCANS}
    digital = stages.profile(born)
    pages = sum(page_count(path.read_bytes()) for path in born)
    results = (
        *_compared(files, seconds),
        *_digital(1000 * median(born_seconds) / pages, 1000 * digital["fields"] / pages),
        *(_beyond(name, spent) for name, spent in shares.items()),
    )
    lines = stages.table({**shares, "born-digital": digital})
    notes = (*_NOTES, f"{archived} of {len(born)} born-digital letters bring what PDF/A needs.")
    return Section("Speed (processor time of the whole process tree)", results, notes, lines)


_NOTES = (
    "x: Poststelle / OCRmyPDF, medians of interleaved rounds; warm worker as in the service.",
    "OCRmyPDF's several threads for a single page vary much on busy cores: see one thread.",
    "cold: a new process for the file (poststelle inspect), as for OCRmyPDF.",
)


def _files(run: Run) -> list[_File]:
    found = []
    for kind in SCANS:
        pages = scans(kind, pages=run.size.pages, folder=run.folder)
        path = bound(pages, run.folder / f"speed-{kind}.pdf")
        found.append(_File(kind, path, len(pages)))
        if kind == "grey":
            found.append(_File("one page", pages[0].pdf, 1))
    return found


def _born(run: Run) -> list[Path]:
    paths = []
    typed = [letter for letter in letters(seed="pages") if not letter.pen and not letter.whole]
    for at, letter in enumerate(typed[:_BORN_LETTERS]):
        paths.append(run.folder / f"born-{at}.pdf")
        paths[-1].write_bytes(born_digital(letter))
    return paths


def _rounds(run: Run, desk: Desk, files: Sequence[_File]) -> Seconds:
    seconds: dict[tuple[str, str], list[float]] = defaultdict(list)
    target = run.folder / "peer.pdf"
    for file in files:
        _require_archived(desk.read(file.path.read_bytes()))
    for _ in range(run.size.rounds):
        for file in files:
            ways: dict[str, Callable[[_File], float]] = {
                "warm": lambda file: _ours(desk, file.path),
                "plain": lambda file: peers.ocrmypdf(file.path, target).seconds,
                "upright": lambda file: peers.ocrmypdf(file.path, target, *peers.UPRIGHT).seconds,
            }
            if file.pages == 1:
                ways["cold"] = lambda file: peers.inspect(file.path).seconds
                ways["single"] = lambda file: peers.ocrmypdf(file.path, target, jobs=1).seconds
            for name, way in ways.items():
                seconds[file.name, name].append(way(file))
    return seconds


def _ours(desk: Desk, *paths: Path) -> float:
    before = alive_seconds()
    for path in paths:
        desk.read(path.read_bytes())
    return alive_seconds() - before


def _require_archived(reading: Reading) -> None:
    """Refuse to compare times where less was made than the other one makes."""
    if not _is_archived(reading):
        raise NotArchivedError(reading.reason or [one.unarchived for one in reading.documents])


def _is_archived(reading: Reading) -> bool:
    return bool(reading.documents) and all(one.pdfa for one in reading.documents)


def _compared(files: Sequence[_File], seconds: Seconds) -> list[Result]:
    results = []
    for file in files:
        spent = {
            way: median(rounds) for (name, way), rounds in seconds.items() if name == file.name
        }
        results += [
            Result(f"{file.name}: {_WAYS[way]}, a page", amount / file.pages, "s")
            for way, amount in spent.items()
        ]
        results += _ratios(file.name, spent)
    return results


_WAYS = {
    "warm": "Poststelle, warm",
    "cold": "Poststelle, cold",
    "plain": "OCRmyPDF",
    "upright": "OCRmyPDF -r -d",
    "single": "OCRmyPDF on one thread",
}


def _ratios(name: str, spent: Mapping[str, float]) -> list[Result]:
    if "cold" in spent:
        cold = at_most(_ONE_PAGE)
        return [
            Result(f"{name}: cold / OCRmyPDF", spent["cold"] / spent["plain"], "x", cold),
            Result(f"{name}: cold / OCRmyPDF on one thread", spent["cold"] / spent["single"], "x"),
            Result(f"{name}: warm / OCRmyPDF", spent["warm"] / spent["plain"], "x", cold),
        ]
    plain, upright = at_most(_PLAIN[name]), at_most(_UPRIGHT)
    return [
        Result(f"{name}: warm / OCRmyPDF", spent["warm"] / spent["plain"], "x", plain),
        Result(f"{name}: warm / OCRmyPDF -r -d", spent["warm"] / spent["upright"], "x", upright),
    ]


def _digital(whole: float, fields: float) -> list[Result]:
    """Compare milliseconds a page; the fields are not part of the bound."""
    rest = Result("born-digital, a page, without fields", whole - fields, "ms", at_most(_BORN_MS))
    return [Result("born-digital, a page, whole", whole, "ms"), rest]


def _beyond(name: str, spent: Mapping[str, float]) -> Result:
    share = 100 * (sum(spent.values()) / spent[stages.RECOGNISING] - 1)
    bound_ = at_most(_BEYOND_RECOGNITION)
    return Result(f"{name}: everything else, of recognition itself", share, "%", bound_)
