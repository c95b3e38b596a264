"""Results as a table that a person can read: what, measured, target, met or not.

Owns the form. Refuses to judge where there is no target.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import typer

_WIDTHS = (58, 12, 12)


@dataclass(frozen=True, slots=True)
class Target:
    """A bound that a result must keep: at most ``limit``, or at least."""

    limit: float
    at_least: bool = False

    def met(self, value: float) -> bool:
        """Tell whether a value keeps the bound."""
        return value >= self.limit if self.at_least else value <= self.limit


@dataclass(frozen=True, slots=True)
class Result:
    """One measured value; ``unit`` is written behind it."""

    name: str
    value: float
    unit: str
    target: Target | None = None

    @property
    def met(self) -> bool | None:
        """Whether the target is met; None where there is none."""
        return self.target.met(self.value) if self.target else None


@dataclass(frozen=True, slots=True)
class Section:
    """Results of one kind; notes say how they came about, ``lines`` are a table of details."""

    title: str
    results: Sequence[Result]
    notes: Sequence[str] = ()
    lines: Sequence[str] = ()


def at_most(limit: float) -> Target:
    """Return the bound that a value must not exceed."""
    return Target(limit)


def at_least(limit: float) -> Target:
    """Return the bound below which a value must not fall."""
    return Target(limit, at_least=True)


def show(section: Section) -> None:
    """Print one section."""
    typer.echo(f"\n{section.title}\n{'-' * len(section.title)}")
    for note in section.notes:
        typer.echo(f"  {note}")
    for result in section.results:
        typer.echo(_line(result))
    for line in section.lines:
        typer.echo(f"    {line}")


def show_end(sections: Sequence[Section]) -> None:
    """Print how many targets are met, and those that are not."""
    judged = [
        (section, result)
        for section in sections
        for result in section.results
        if result.met is not None
    ]
    missed = [f"  {one.title}: {result.name}" for one, result in judged if not result.met]
    typer.echo(f"\n{len(judged) - len(missed)} of {len(judged)} targets met")
    if missed:
        typer.echo("\n".join(("not met:", *missed)))


def _line(result: Result) -> str:
    cells = (result.name, _amount(result.value, result.unit), _bound(result))
    row = f"{cells[0]:<{_WIDTHS[0]}}{cells[1]:>{_WIDTHS[1]}}  {cells[2]:<{_WIDTHS[2]}}"
    return f"  {row}{_verdict(result)}".rstrip()


def _bound(result: Result) -> str:
    if result.target is None:
        return ""
    sign = "≥" if result.target.at_least else "≤"
    return f"{sign} {_amount(result.target.limit, result.unit)}"


def _verdict(result: Result) -> str:
    return {None: "", True: "met", False: "NOT MET"}[result.met]


def _amount(value: float, unit: str) -> str:
    digits = {"x": 3, "s": 2, "%": 1, "ms": 1}.get(unit, 0)
    return f"{value:.{digits}f} {unit}"
