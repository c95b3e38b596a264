"""The contract of ``inspect`` is what the command prints."""

import json
from pathlib import Path

from app.cli.inspecting import _document, _line
from app.policy import load_policy
from app.settings import Settings
from domain.ids import TypeCode
from domain.reading import Fields, Outcome, ReadDocument
from tests.docs.pages import code, examples, page, rows

PAGE = page("docs/reference/inspect.md")


def _printed() -> tuple[list[str], list[str], list[str]]:
    """Return the members of a line, of a document and of its fields, in their order."""
    read = ReadDocument(
        pages=(1,),
        type=TypeCode("sonstiges"),
        confidence=0.1,
        fields=Fields(),
        text="",
        media_type="text/plain",
    )
    document = _document(read, load_policy(Settings()))
    line = _line(Path("a"), Outcome.ACCEPTED, None)
    return list(line), list(document), list(document["fields"])


def test_the_tables_name_the_members_in_their_order() -> None:
    text = PAGE.replace("## One document", "", 1)
    line, document = text.split("| Member | Type | Meaning |")[1:]
    told = [
        [code(row[0]) for row in rows("| Member |" + part, "| Member |")]
        for part in (line, document)
    ]
    fields = [code(row[0]) for row in rows(PAGE, "| Field | Form |")]
    assert (*told, fields) == _printed()


def test_the_example_has_the_same_members() -> None:
    (example,) = examples(PAGE, "json")
    line = json.loads(example)
    (document,) = line["documents"]
    assert (list(line), list(document), list(document["fields"])) == _printed()
    assert {line["outcome"]} <= {str(outcome) for outcome in Outcome}
