"""The profile: Poststelle's own schema for exactly the messages it sends and accepts.

``profile.xsd`` and ``extension.xsd`` are part of the program and were written for it; the
official xdomea files are not needed to run. A message that the profile admits is also valid
against the official schema, which the tests prove wherever that is at hand.
"""

from functools import cache
from pathlib import Path

from efile.exchange.xml import Element, Schema, parse

_PROFILE = Path(__file__).with_name("profile.xsd")


@cache
def _profile() -> Schema:
    return Schema(_PROFILE)


def admit(message: Element) -> None:
    """Return if the profile admits the parsed message, else raise ``InvalidMessageError``."""
    _profile().admit(message)


def validate_profile(data: bytes) -> None:
    """Return if the profile admits the message (0101 or 0102), else ``InvalidMessageError``."""
    admit(parse(data))
