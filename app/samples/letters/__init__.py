"""The sample letters by the code of their document type. All of it is invented."""

from types import MappingProxyType

from app.samples.letters import applications, housing, income, integration, persons

LETTERS = MappingProxyType(
    {
        letter.code: letter
        for module in (applications, income, housing, persons, integration)
        for letter in module.LETTERS
    }
)
"""Every letter, in the order of the modules."""
