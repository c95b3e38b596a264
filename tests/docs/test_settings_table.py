"""The table of settings in the README is the settings."""

import pytest
from pydantic.fields import FieldInfo

from app.settings import PREFIX, Settings
from tests.docs.pages import code, page, rows

TABLE = rows(page("README.md"), "| Variable | Default |")


def test_names_and_order_are_those_of_the_code() -> None:
    assert [code(row[0]) for row in TABLE] == [
        f"{PREFIX}{name.upper()}" for name in Settings.model_fields
    ]


@pytest.mark.parametrize("row", TABLE, ids=lambda row: row[0])
def test_default_is_that_of_the_code(row: list[str]) -> None:
    name = code(row[0]).removeprefix(PREFIX).lower()
    assert row[1] == _said(Settings.model_fields[name])


def _said(field: FieldInfo) -> str:
    if field.default_factory is not None:
        return "number of CPUs"
    return "–" if field.default is None else f"`{field.default}`"
