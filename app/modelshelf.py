"""The shelf of models that were learned in this house, and which of them recognition uses.

Owns the files below ``model/`` in the data folder, each in a folder that its digest names, and
the answer to "which one now?". The mail room's database says which was chosen; a file that is
not the chosen one stops reading rather than being used. A model whose features mean something
else since an update of the program rests, and the packaged one is used.
"""

import hashlib
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from app import bootstrap
from app.folders import DataFolder
from app.settings import Settings
from domain.ids import INTAKE, Sha256
from intake.corrections import Features
from intake.modelbook import Choices, ModelBook, ModelChoice
from intake.tables import INTAKE_TABLES
from ocr.learned import known_keys, learned_model, scheme, verify_learned
from ocr.model import FILE_NAME, Model, packaged_model, written
from storage.database import RealmDatabase
from storage.durable import sync_folder, write_once
from storage.system import SystemClock, SystemRandomness


class ModelShelf:
    """Keeps learned models, and tells which one is in use; safe to share between threads."""

    def __init__(self, folder: Path, database: RealmDatabase, book: ModelBook) -> None:
        """Keep models in a folder; the database of the mail room says which one counts."""
        self._folder = folder
        self._database = database
        self._book = book
        self._lock = threading.Lock()
        self._loaded: tuple[Path | None, Model] | None = None

    def choices(self) -> Choices:
        """Return the model that was chosen and the one before."""
        with self._database.reading() as connection:
            return self._book.choices(connection)

    def rests(self) -> bool:
        """Tell whether the chosen model is not used since an update of the program."""
        current = self.choices().current
        return current is not None and current.scheme != scheme()

    def in_use(self) -> Path | None:
        """Return the folder of the model to read with, None for the packaged one.

        Raises ``ConfigurationError`` if its file is missing or is not the chosen one.
        """
        current = self.choices().current
        if current is None or current.scheme != scheme():
            return None
        folder = self._folder / current.digest
        verify_learned(folder)
        return folder

    def model(self) -> Model:
        """Return the model in use; raises ``ConfigurationError`` as ``in_use`` does."""
        folder = self.in_use()
        with self._lock:
            if self._loaded is None or self._loaded[0] != folder:
                loaded = packaged_model() if folder is None else learned_model(folder)
                self._loaded = (folder, loaded)
            return self._loaded[1]

    def features(self, text: str) -> Features | None:
        """Return what the model in use knows of a text; None if it knows nothing."""
        model = self.model()
        keys = known_keys(model, text)
        return Features(model.version, scheme(), keys) if keys else None

    def choice_of(self, model: Model) -> ModelChoice:
        """Return how a model is named; nothing is written."""
        digest = Sha256(hashlib.sha256(written(model)).hexdigest())
        return ModelChoice(model.version, digest, scheme())

    def put(self, model: Model) -> ModelChoice:
        """Write a model's file, durably, and return how it can be chosen; it is not yet."""
        choice = self.choice_of(model)
        folder = self._folder / choice.digest
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        # A file that is there has this very content, or loading it will refuse it.
        with suppress(FileExistsError):
            write_once(folder / FILE_NAME, written(model))
        verify_learned(folder)
        sync_folder(self._folder)
        return choice

    def clear(self) -> None:
        """Remove the files of models that are neither in use nor the one before."""
        choices = self.choices()
        kept = {one.digest for one in (choices.current, choices.previous) if one is not None}
        for folder in self._folder.iterdir() if self._folder.is_dir() else ():
            if folder.name not in kept:
                shutil.rmtree(folder)


@contextmanager
def shelf_of(settings: Settings) -> Iterator[ModelShelf | None]:
    """Open the shelf of a house without opening the house; None where there is no house yet."""
    folder = DataFolder(settings.data_dir.absolute())
    if not folder.database(INTAKE).is_file():
        yield None
        return
    words = bootstrap.passphrase(settings, folder)
    keys = bootstrap.open_realm_keys(folder, INTAKE, passphrase=words)
    database = RealmDatabase(folder.database(INTAKE), INTAKE_TABLES)
    try:
        book = ModelBook(keys, clock=SystemClock(), randomness=SystemRandomness())
        yield ModelShelf(folder.models, database, book)
    finally:
        database.close()
