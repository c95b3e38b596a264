"""The shipped tables, as the tests read them: by path, not through the wiring of the app."""

from functools import cache
from pathlib import Path

from domain.carriers import CarrierConfiguration, parse_carriers
from domain.catalogue import Catalogue, parse_catalogue

POLICY = Path(__file__).parents[2] / "intake" / "policy"
FORMS = ("separate", "joint", "municipal")


def catalogue_text() -> str:
    return (POLICY / "document-types.toml").read_text("utf-8")


def carriers_text(form: str) -> str:
    return (POLICY / "carriers" / f"{form}.toml").read_text("utf-8")


@cache
def catalogue() -> Catalogue:
    return parse_catalogue(catalogue_text())


@cache
def carriers(form: str) -> CarrierConfiguration:
    return parse_carriers(carriers_text(form), catalogue())
