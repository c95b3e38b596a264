"""The sandboxed reader and the scanner as the settings want them; nothing else of the house."""

from dataclasses import dataclass

from app.settings import Settings
from domain.ids import CarrierId
from domain.ports import MalwareScanner, SeparatorCheck
from intake.malware import ClamdScanner, EicarScanner
from ocr.confinement import Sandbox
from ocr.limits import Limits
from ocr.sandbox import ModelInUse, SandboxedReader


@dataclass(frozen=True, slots=True)
class Known:
    """What a reading may know of its house: genuine separator sheets, and the model in use."""

    separators: SeparatorCheck = lambda _: {}
    model: ModelInUse = lambda: None


class EmptyDirectory:
    """The answer of carriers that hold no file yet; for dry runs without a data folder."""

    def case_for(self, carrier: CarrierId, identifier: str) -> str | None:
        """Know nothing."""
        del carrier, identifier
        return None


def make_reader(settings: Settings, *, model: ModelInUse = lambda: None) -> SandboxedReader:
    """Return the sandboxed reader with the limits of the settings and the model in use."""
    limits = Limits(
        input_bytes=settings.max_item_bytes,
        pages=settings.max_pages,
        seconds=settings.reader_seconds,
        memory_bytes=settings.reader_memory,
        items_per_worker=settings.items_per_worker,
        page_threads=settings.page_threads,
    )
    sandbox = Sandbox(settings.sandbox)
    return SandboxedReader(limits=limits, workers=settings.readers, sandbox=sandbox, model=model)


def make_viewer(settings: Settings) -> SandboxedReader:
    """Return a reader of a carrier's own, so that no sandbox meets two realms."""
    return make_reader(settings.model_copy(update={"readers": 1}))


def make_scanner(settings: Settings) -> MalwareScanner:
    """Return the scanner that the settings name."""
    return ClamdScanner(settings.clamd) if settings.clamd else EicarScanner()
