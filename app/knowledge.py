"""What a dry run may know of the house it runs in: its separator sheets and its model."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress

from app import bootstrap
from app.folders import DataFolder
from app.modelshelf import shelf_of
from app.readers import Known
from app.settings import Settings
from domain.errors import ConfigurationError
from domain.ids import INTAKE
from intake.sheetcodes import separator_check


@contextmanager
def known_here(settings: Settings) -> Iterator[Known]:
    """Yield what can be known with the passphrase at hand; without one, nothing."""
    with ExitStack() as stack:
        known = Known()
        with suppress(ConfigurationError):
            folder = DataFolder(settings.data_dir.absolute())
            words = bootstrap.passphrase(settings, folder)
            keys = bootstrap.open_realm_keys(folder, INTAKE, passphrase=words)
            shelf = stack.enter_context(shelf_of(settings))
            model = shelf.in_use if shelf is not None else known.model
            known = Known(separator_check(keys.derive("separator-sheets")), model)
        yield known
