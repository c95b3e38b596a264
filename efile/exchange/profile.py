"""The profile: Poststelle's own schema for exactly the messages it sends and accepts.

``profile.xsd`` and ``extension.xsd`` are part of the program and were written for it; the
official xdomea files are not needed to run. A message that the profile admits is also valid
against the official schema, which the tests prove wherever that is at hand.
"""

from pathlib import Path

from efile.exchange.xml import Element, Schema, parse

# Compiled at import, by one thread: libxml2 sets up its schema types at the first compilation,
# and two threads that do so at once leave them broken for the life of the process.
_PROFILE = Schema(Path(__file__).with_name("profile.xsd"))


def admit(message: Element) -> None:
    """Return if the profile admits the parsed message, else raise ``InvalidMessageError``."""
    _PROFILE.admit(message)


def validate_profile(data: bytes) -> None:
    """Return if the profile admits the message (0101 or 0102), else ``InvalidMessageError``."""
    admit(parse(data))
