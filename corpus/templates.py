"""The wordings in ``letters/{train,check}/<type>.txt``, as templates.

Owns the format of those files. Refuses what it does not know: a wrong placeholder, an
alternative inside an alternative or a slug used twice is an error that names file and template.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from corpus.values import PLACEHOLDERS

SPLITS = ("train", "check")
"""What models learn from, and what they are checked with; nothing stands in both."""

KINDS = frozenset(
    {"letter", "form", "table", "certificate", "card", "mail", "contract", "receipt", "note"}
)
"""How a document looks."""

PAGE_BREAK = "==="
GROUP = re.compile(r"\{((?:[^{}]|\{[^{}|]*\})*)\}")
"""A placeholder or a choice; a choice may hold placeholders and no other choice."""

_LETTERS = Path(__file__).parent / "letters"
_HEADER = re.compile(r"%%%\s+([a-z0-9_]+)((?:\s+[a-z]+=\S+)*)\s*")
_KEYS = frozenset({"kind", "hand", "old"})


class TemplateError(ValueError):
    """A letter file breaks the format; ``where`` names file and template."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where}: {problem}")


@dataclass(frozen=True, slots=True)
class Template:
    """One wording of one type; ``lines`` are marked up and hold placeholders and choices.

    ``hand``: the person filled it in by hand. ``old``: wording of the law before 2026.
    """

    type: str
    slug: str
    split: str
    kind: str
    hand: bool
    old: bool
    lines: tuple[str, ...]


@cache
def templates(split: str) -> tuple[Template, ...]:
    """Return all wordings of a split, ordered by type; raises ``TemplateError``."""
    files = sorted((_LETTERS / split).glob("*.txt"))
    return tuple(template for file in files for template in read(file, split=split))


def read(file: Path, *, split: str) -> tuple[Template, ...]:
    """Return the wordings of one file; its stem is their type."""
    return parse(file.read_text(encoding="utf-8"), type_code=file.stem, split=split)


def parse(text: str, *, type_code: str, split: str) -> tuple[Template, ...]:
    """Return the wordings in the text of one file; raises ``TemplateError``."""
    found: dict[str, Template] = {}
    for header, lines in _blocks(text, where=f"{split}/{type_code}.txt"):
        where = f"{split}/{type_code}.txt"
        template = _template(header, lines, type_code=type_code, split=split)
        if template.slug in found:
            raise TemplateError(where, f"slug {template.slug!r} is used twice")
        found[template.slug] = template
    return tuple(found.values())


def _blocks(text: str, *, where: str) -> Iterator[tuple[str, list[str]]]:
    head, *blocks = re.split(r"^(?=%%%)", text, flags=re.MULTILINE)
    if head.strip():
        raise TemplateError(where, "text before the first header")
    for block in blocks:
        header, *lines = block.splitlines()
        yield header, lines


def _template(header: str, lines: list[str], *, type_code: str, split: str) -> Template:
    where = f"{split}/{type_code}.txt"
    match = _HEADER.fullmatch(header)
    if match is None:
        raise TemplateError(where, f"header {header!r} is malformed")
    where = f"{where}: {match[1]}"
    keys = _keys(match[2].split(), where=where)
    body = _trimmed(lines)
    if not body:
        raise TemplateError(where, "no text")
    for line in body:
        _check(line, where=where)
    return Template(
        type=type_code,
        slug=match[1],
        split=split,
        kind=keys.get("kind", "letter"),
        hand=keys.get("hand") == "1",
        old=keys.get("old") == "1",
        lines=body,
    )


def _keys(pairs: list[str], *, where: str) -> dict[str, str]:
    keys = dict(pair.split("=", 1) for pair in pairs)
    if unknown := keys.keys() - _KEYS:
        raise TemplateError(where, f"unknown keys {sorted(unknown)}")
    if keys.get("kind", "letter") not in KINDS:
        raise TemplateError(where, f"unknown kind {keys['kind']!r}")
    return keys


def _trimmed(lines: list[str]) -> tuple[str, ...]:
    return tuple("\n".join(line.rstrip() for line in lines).strip("\n").splitlines())


def _check(line: str, *, where: str) -> None:
    for group in GROUP.findall(line):
        names = re.findall(r"\{([^{}]*)\}", group)
        if not names and "|" not in group:
            names = [group]
        if unknown := set(names) - PLACEHOLDERS:
            raise TemplateError(where, f"unknown placeholders {sorted(unknown)}")
    rest = GROUP.sub("", line)
    if "{" in rest or "}" in rest:
        raise TemplateError(where, f"braces do not match or choices are nested in {line!r}")
    if line.count("~") % 2:
        raise TemplateError(where, f"an entry with ~ is not closed in {line!r}")
