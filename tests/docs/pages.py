"""The project's Markdown pages and how their tables, links and examples are found."""

import re
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGES = ("app", "domain", "efile", "intake", "ocr", "storage")
_FENCE = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^#+ (.+)$", re.MULTILINE)


def page(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


def pages() -> tuple[Path, ...]:
    """Return every Markdown page of the project itself."""
    return (*sorted(ROOT.glob("*.md")), *sorted((ROOT / "docs").rglob("*.md")))


def rows(text: str, header: str) -> list[list[str]]:
    """Return the cells of the one table whose header line begins as given."""
    lines = text.splitlines()
    starts = [number for number, line in enumerate(lines) if line.startswith(header)]
    assert len(starts) == 1, f"{len(starts)} tables begin with {header}"
    found = []
    for line in lines[starts[0] + 2 :]:
        if not line.startswith("|"):
            break
        found.append([cell.strip() for cell in re.split(r"(?<!\\)\|", line)[1:-1]])
    assert found, f"the table {header} is empty"
    return found


def code(cell: str) -> str:
    """Return the first piece of code in a cell."""
    match = re.search(r"`([^`]+)`", cell)
    assert match is not None, cell
    return match[1]


def examples(text: str, language: str) -> list[str]:
    """Return the fenced blocks of a language."""
    return [body for name, body in _FENCE.findall(text) if name == language]


def prose(text: str) -> str:
    """Return a page without its fenced blocks and code spans."""
    return re.sub(r"`[^`\n]*`", "", _FENCE.sub("", text))


def anchors(text: str) -> set[str]:
    """Return the anchors that a page's headings make."""
    return {_anchor(title) for title in _HEADING.findall(_FENCE.sub("", text))}


def _anchor(title: str) -> str:
    return re.sub(r"[^\w\- ]", "", title.lower()).replace(" ", "-")


def sources() -> Iterator[str]:
    """Yield every module of the program."""
    for package in PACKAGES:
        for path in sorted((ROOT / package).rglob("*.py")):
            yield path.read_text("utf-8")
