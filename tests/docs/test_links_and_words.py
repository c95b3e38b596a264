"""Links lead somewhere, decisions are numbered, the glossary and the pages name what exists."""

import re
import tomllib
from importlib import import_module
from pathlib import Path
from urllib.parse import unquote

import pytest

from tests.docs.pages import PACKAGES, ROOT, anchors, code, page, pages, prose, rows, sources

_LINK = re.compile(r"\[[^\]]*\]\(([^)\s]+)\)")
_MODULE = re.compile(rf"`((?:{'|'.join(PACKAGES)})(?:\.[A-Za-z_]+)+)")


def _links(path: Path) -> list[str]:
    # A link's text may be code, which prose() leaves out; the target stays.
    return [link for link in _LINK.findall(prose(path.read_text("utf-8"))) if "://" not in link]


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_relative_links_resolve(path: Path) -> None:
    for link in _links(path):
        name, _, anchor = unquote(link).partition("#")
        target = (path.parent / name).resolve() if name else path
        assert target.exists(), link
        assert target.is_relative_to(ROOT), link
        if anchor:
            assert anchor in anchors(target.read_text("utf-8")), link


@pytest.mark.parametrize("path", pages(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_modules_that_are_named_exist(path: Path) -> None:
    for name in _MODULE.findall(path.read_text("utf-8")):
        module, found = name.split("."), None
        while found is None:
            source = ROOT.joinpath(*module)
            if source.is_dir() or source.with_suffix(".py").is_file():
                found = import_module(".".join(module))
            else:
                module.pop()
        for attribute in name.split(".")[len(module) :]:
            known = {*dir(found), *getattr(found, "__annotations__", ())}
            assert attribute in known, name
            found = getattr(found, attribute, None)


def test_there_are_pages_with_links() -> None:
    assert sum(len(_links(path)) for path in pages()) > 20


def test_glossary_names_what_the_code_has() -> None:
    code_base = "\n".join(sources())
    for row in rows(page("docs/glossary.md"), "| German | English |"):
        assert re.search(rf"\b{re.escape(code(row[2]))}\b", code_base), row


def test_decisions_are_numbered_without_gaps() -> None:
    names = sorted(path.name for path in (ROOT / "docs" / "decisions").iterdir())
    assert [name[:5] for name in names] == [f"{number:04}-" for number in range(1, len(names) + 1)]
    for number, name in enumerate(names, start=1):
        text = page(f"docs/decisions/{name}")
        assert text.startswith(f"# {number}. ")
        for part in ("**Context.**", "**Decision.**", "**Consequences.**"):
            assert part in text, name


def test_changelog_tells_the_version_of_the_project() -> None:
    version = tomllib.loads(page("pyproject.toml"))["project"]["version"]
    assert f"## [{version}]" in page("CHANGELOG.md")


def test_the_licence_is_the_whole_eupl() -> None:
    lines = [line.strip() for line in page("LICENSE").splitlines()]
    assert lines[:2] == [
        "EUROPEAN UNION PUBLIC LICENCE v. 1.2",
        "EUPL © the European Union 2007, 2016",
    ]
    articles = [line for line in lines if re.match(r"\d+\. [A-Z]", line)]
    assert [line.split(".")[0] for line in articles] == [str(number) for number in range(1, 16)]
    assert "Appendix" in lines
    assert lines[-1] == "EUPL version."


def test_targets_of_make_that_are_named_exist() -> None:
    targets = set(re.findall(r"^([a-z-]+):", page("Makefile"), re.MULTILINE))
    for path in pages():
        named = re.findall(r"(?:`|^)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE)
        assert set(named) <= targets, path.name
