"""The examples of the contract for vendors are real messages."""

import re
from pathlib import Path

from domain.letters import Rendition
from efile.exchange.formats import MEDIA_TYPES, file_format
from efile.exchange.messages import parse_0101, parse_0102
from efile.exchange.profile import validate_profile
from efile.exchange.xml import Schema, parse

PAGE = (Path(__file__).parents[3] / "docs" / "reference" / "exchange.md").read_text("utf-8")
EXAMPLES = [one.encode() for one in re.findall(r"```xml\n(.*?)```", PAGE, re.DOTALL)]


def test_the_page_has_one_example_of_each_message() -> None:
    announcement, confirmation = EXAMPLES
    assert parse_0101(announcement).process_id == parse_0102(confirmation).process_id


def test_the_examples_follow_the_profile() -> None:
    for example in EXAMPLES:
        validate_profile(example)


def test_the_examples_follow_the_official_schema(official: Schema) -> None:
    for example in EXAMPLES:
        official.admit(parse(example))


def test_the_page_names_every_format_code() -> None:
    for media_type in MEDIA_TYPES:
        assert file_format(media_type, Rendition.ORIGINAL).code in PAGE
