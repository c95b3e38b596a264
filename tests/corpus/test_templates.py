import pytest

from corpus.templates import SPLITS, Template, TemplateError, parse, templates


def _parse(text: str) -> tuple[Template, ...]:
    return parse(text, type_code="probe", split="train")


def test_keys_and_lines_are_read(wordings: dict[str, Template]) -> None:
    form = wordings["formular"]

    assert (form.kind, form.hand, form.old, form.type) == ("form", True, False, "probe")
    assert form.lines[0] == "# Antrag"
    assert form.lines[-1] == "| Monat | ~{monat}~ |"


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("%%% a\n{nobody}\n", "unknown placeholders ['nobody']"),
        ("%%% a\n{ja {nobody}|nein}\n", "unknown placeholders ['nobody']"),
        ("%%% a\n{ja|{nein|vielleicht}}\n", "choices are nested"),
        ("%%% a\nso {ja\n", "braces do not match"),
        ("%%% a\n~{name}\n", "is not closed"),
        ("%%% a\nx\n%%% a\ny\n", "used twice"),
        ("%%% a kind=poem\nx\n", "unknown kind"),
        ("%%% a look=odd\nx\n", "unknown keys"),
        ("%%% Ä\nx\n", "malformed"),
        ("%%% a\n\n", "no text"),
        ("x\n%%% a\ny\n", "before the first header"),
    ],
)
def test_what_breaks_the_format_is_named_with_its_file(text: str, problem: str) -> None:
    with pytest.raises(TemplateError) as caught:
        _parse(text)

    assert "train/probe.txt" in str(caught.value)
    assert problem in str(caught.value)


@pytest.mark.parametrize("split", SPLITS)
def test_all_wordings_keep_the_format(split: str) -> None:
    found = templates(split)

    assert found
    assert {template.split for template in found} == {split}
