"""Loads the policy of a house: document types and carriers, validated before anything starts."""

from importlib.resources import files
from pathlib import Path

from app.settings import Settings
from domain.carriers import CarrierConfiguration, parse_carriers
from domain.catalogue import Catalogue, parse_catalogue
from domain.errors import ConfigurationError
from intake.routing import RoutingPolicy

SHIPPED = ("separate", "joint", "municipal")
_POLICY = files("intake") / "policy"


def load_policy(settings: Settings) -> RoutingPolicy:
    """Read catalogue and carriers; raise ``ConfigurationError`` if they do not fit together."""
    catalogue = load_catalogue(settings)
    carriers = _load_carriers(settings.carriers, catalogue)
    return RoutingPolicy(catalogue, carriers, settings.confidence)


def load_catalogue(settings: Settings) -> Catalogue:
    """Read the document types: the shipped table or the one that the settings name."""
    if settings.document_types is None:
        return parse_catalogue((_POLICY / "document-types.toml").read_text("utf-8"))
    return parse_catalogue(_read(settings.document_types))


def _load_carriers(name: str, catalogue: Catalogue) -> CarrierConfiguration:
    if name in SHIPPED:
        text = (_POLICY / "carriers" / f"{name}.toml").read_text("utf-8")
        return parse_carriers(text, catalogue)
    return parse_carriers(_read(Path(name)), catalogue)


def _read(path: Path) -> str:
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        detail = f"cannot read {path.name}"
        raise ConfigurationError(detail) from error
