"""The packaged table of cues: what documents of each type say about themselves.

Owns loading and validation of ``ocr/cues/*.toml``. ``[types.<code>]`` describes a document
type, ``[decoys.<name>]`` a kind of post that belongs to no type and must not be mistaken
for one. A table that is not complete refuses to load.
"""

import tomllib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib.resources import files
from typing import Any

from domain.catalogue import FALLBACK
from domain.errors import ConfigurationError
from domain.ids import TypeCode
from ocr.text import skeleton

_SHORTEST_CUE = 3


class Kind(StrEnum):
    """How a cue speaks for (or against) its owner; the names are the keys in the table."""

    TITLE = "titles"
    SUBJECT = "subjects"
    PROOF = "proofs"
    PHRASE = "phrases"
    LABEL = "labels"
    AGAINST = "against"


@dataclass(frozen=True, slots=True)
class Claim:
    """One owner's use of a cue: ``owner`` is a type code or the name of a decoy."""

    owner: str
    kind: Kind


@dataclass(frozen=True, slots=True)
class Cue:
    """A wording, its skeleton, its trigrams, and who claims it."""

    wording: str
    skeleton: str
    trigrams: frozenset[str]
    claims: tuple[Claim, ...]


@dataclass(frozen=True, slots=True)
class CueTable:
    """Every cue once: those for headlines and those for running text."""

    types: frozenset[TypeCode]
    decoys: frozenset[str]
    headlines: tuple[Cue, ...]
    wordings: tuple[Cue, ...]


_HEADLINE_KINDS = frozenset({Kind.TITLE, Kind.SUBJECT})


def trigrams(text: str) -> frozenset[str]:
    """Return the runs of three characters of a skeleton."""
    return frozenset(text[at : at + 3] for at in range(len(text) - 2))


@cache
def packaged_table() -> CueTable:
    """Read the table that ships with the package; raise ``ConfigurationError`` if it is bad."""
    folder = files("ocr").joinpath("cues")
    sources = sorted(
        (entry for entry in folder.iterdir() if entry.name.endswith(".toml")),
        key=lambda entry: entry.name,
    )
    return parse_table(*(source.read_text(encoding="utf-8") for source in sources))


def parse_table(*sources: str) -> CueTable:
    """Parse TOML sources into one table; raise ``ConfigurationError`` if one is not valid."""
    owners: dict[str, Mapping[str, Any]] = {}
    types: set[TypeCode] = set()
    for source in sources:
        parsed = _parse(source)
        types.update(TypeCode(code) for code in parsed["types"])
        for name, row in (*parsed["types"].items(), *parsed["decoys"].items()):
            _require(name not in owners, f"{name} is described twice")
            owners[name] = row
    _require(bool(types), "no types")
    _require(FALLBACK not in types, f"{FALLBACK} is what remains, it has no cues")
    return CueTable(
        types=frozenset(types),
        decoys=frozenset(owners.keys() - types),
        headlines=_cues(owners, _HEADLINE_KINDS),
        wordings=_cues(owners, frozenset(Kind) - _HEADLINE_KINDS),
    )


def _parse(source: str) -> Mapping[str, Mapping[str, Mapping[str, Any]]]:
    try:
        parsed = tomllib.loads(source)
    except tomllib.TOMLDecodeError as error:
        detail = f"cues: {error}"
        raise ConfigurationError(detail) from error
    _require(parsed.keys() <= {"types", "decoys"}, "only types and decoys are known")
    return {"types": parsed.get("types", {}), "decoys": parsed.get("decoys", {})}


def _cues(owners: Mapping[str, Mapping[str, Any]], kinds: frozenset[Kind]) -> tuple[Cue, ...]:
    wordings: dict[str, str] = {}
    claims: dict[str, list[Claim]] = {}
    for owner, row in owners.items():
        for kind, wording in _rows(owner, row):
            if kind in kinds:
                shape = skeleton(wording)
                wordings.setdefault(shape, wording)
                claims.setdefault(shape, []).append(Claim(owner, kind))
    return tuple(
        Cue(wording, shape, trigrams(shape), tuple(dict.fromkeys(claims[shape])))
        for shape, wording in wordings.items()
    )


def _rows(owner: str, row: Mapping[str, Any]) -> Iterator[tuple[Kind, str]]:
    for key, values in row.items():
        _require(key in set(Kind) and isinstance(values, list), f"{owner}: {key} is not valid")
        for wording in values:
            valid = isinstance(wording, str) and len(skeleton(wording)) >= _SHORTEST_CUE
            _require(valid, f"{owner}: {key} holds a cue that is too short")
            yield Kind(key), wording


def _require(condition: bool, detail: str) -> None:  # noqa: FBT001 - reads like an assertion
    if not condition:
        message = f"cues: {detail}"
        raise ConfigurationError(message)
