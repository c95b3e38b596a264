"""The one tree of errors.

    PoststelleError
    ├── RefusedError             the request cannot be accepted as it is
    │   ├── EmptyItemError, ItemTooLargeError, TooManyItemsError
    │   ├── MalformedRequestError, IdempotencyConflictError, InvalidMessageError
    │   └── NotAllowedNowError   the thing is in a state that does not allow this
    ├── NotFoundError            nothing by that name, or nothing for this person
    ├── NotSignedInError, NotEntitledError
    ├── IntegrityError           something stored is not what it was
    │   ├── SealBrokenError, ObjectMissingError, ObjectExistsError, AuditBrokenError
    ├── UnavailableError         a component does not answer; trying again makes sense
    │   ├── ScannerUnavailableError, SandboxUnavailableError, PageUnavailableError
    │   ├── ServiceUnreachableError, StalledError
    └── ConfigurationError       the service cannot start like this

Each class carries a stable code and a sentence in German and in English that says what to
do. No error ever contains content, names, keys or identifiers of people.
"""

from typing import ClassVar


class PoststelleError(Exception):
    """Root of everything Poststelle raises on purpose."""

    code: ClassVar[str] = "internal"
    de: ClassVar[str] = "Es ist ein Fehler aufgetreten. Bitte versuchen Sie es später erneut."
    en: ClassVar[str] = "An error occurred. Please try again later."
    retry: ClassVar[bool] = False

    def __init__(self, detail: str = "") -> None:
        """Keep a detail for operators; it must be free of personal data."""
        super().__init__(detail or self.en)
        self.detail = detail


class RefusedError(PoststelleError):
    """The request cannot be accepted as it is."""

    code = "refused"
    de = "Die Anfrage kann so nicht angenommen werden."
    en = "The request cannot be accepted as it is."


class EmptyItemError(RefusedError):
    """An item without a single byte."""

    code = "empty"
    de = "Die Datei ist leer. Bitte prüfen Sie sie und senden Sie sie erneut."
    en = "The file is empty. Please check it and send it again."


class ItemTooLargeError(RefusedError):
    """An item above the size limit."""

    code = "too_large"
    de = "Die Datei ist zu groß. Bitte teilen Sie sie auf oder verkleinern Sie sie."
    en = "The file is too large. Please split it or make it smaller."


class TooManyItemsError(RefusedError):
    """A submission with more items than allowed."""

    code = "too_many_items"
    de = "Das sind zu viele Dateien auf einmal. Bitte senden Sie sie in mehreren Schritten."
    en = "These are too many files at once. Please send them in several steps."


class MalformedRequestError(RefusedError):
    """A request that does not follow the API's contract."""

    code = "malformed"
    de = "Die Anfrage ist unvollständig oder falsch aufgebaut."
    en = "The request is incomplete or not well formed."


class IdempotencyConflictError(RefusedError):
    """The same idempotency key with other content."""

    code = "idempotency_conflict"
    de = "Dieser Idempotenzschlüssel wurde schon für andere Inhalte benutzt. Bitte neu wählen."
    en = "This idempotency key was already used for other content. Please choose a new one."


class InvalidMessageError(RefusedError):
    """An XML message that the published schema does not admit."""

    code = "invalid_message"
    de = "Die Nachricht entspricht nicht dem veröffentlichten Schema."
    en = "The message does not follow the published schema."


class NotAllowedNowError(RefusedError):
    """The thing is in a state that does not allow this step."""

    code = "not_allowed_now"
    de = "Dieser Schritt ist nicht (mehr) möglich. Bitte laden Sie die Seite neu."
    en = "This step is not possible (any more). Please reload the page."


class NotFoundError(PoststelleError):
    """Nothing by that name, or nothing that this person may know of."""

    code = "not_found"
    de = "Das wurde nicht gefunden. Bitte prüfen Sie die Angabe."
    en = "This was not found. Please check what you entered."


class NotSignedInError(PoststelleError):
    """Nobody is signed in."""

    code = "not_signed_in"
    de = "Bitte melden Sie sich an."
    en = "Please sign in."


class NotEntitledError(PoststelleError):
    """Somebody is signed in who may not do this."""

    code = "not_entitled"
    de = "Dafür haben Sie keine Berechtigung."
    en = "You are not entitled to do this."


class IntegrityError(PoststelleError):
    """Something stored is not what it was."""

    code = "integrity"
    de = "Gespeicherte Daten sind beschädigt. Bitte benachrichtigen Sie den Betrieb."
    en = "Stored data are damaged. Please notify the operator."


class SealBrokenError(IntegrityError):
    """A sealed object was changed, cut, swapped, or is sealed for somebody else."""

    code = "seal_broken"


class ObjectMissingError(IntegrityError):
    """An object that should be there is not."""

    code = "object_missing"


class ObjectExistsError(IntegrityError):
    """A write-once object is there already."""

    code = "object_exists"


class AuditBrokenError(IntegrityError):
    """The audit chain does not verify."""

    code = "audit_broken"


class UnavailableError(PoststelleError):
    """A component does not answer now."""

    code = "unavailable"
    de = "Ein Teil des Dienstes antwortet gerade nicht. Bitte versuchen Sie es gleich erneut."
    en = "A part of the service does not answer right now. Please try again shortly."
    retry = True


class ScannerUnavailableError(UnavailableError):
    """The malware scanner does not answer."""

    code = "scanner_unavailable"


class SandboxUnavailableError(UnavailableError):
    """No sandbox can be started, so nothing untrusted is parsed."""

    code = "sandbox_unavailable"
    de = "Die Leseumgebung lässt sich nicht starten. Bitte bubblewrap installieren und prüfen."
    en = "The sandbox cannot be started. Please install bubblewrap and check it."


class PageUnavailableError(UnavailableError):
    """A page cannot be shown as an image."""

    code = "page_unavailable"
    de = "Diese Seite lässt sich nicht anzeigen. Das Original kann heruntergeladen werden."
    en = "This page cannot be shown. The original can be downloaded."
    retry = False


class ServiceUnreachableError(UnavailableError):
    """The HTTP service cannot be reached by a client."""

    code = "service_unreachable"
    de = "Poststelle ist nicht erreichbar. Bitte mit «poststelle serve» starten."
    en = "Poststelle cannot be reached. Please start it with “poststelle serve”."


class StalledError(UnavailableError):
    """Nothing has moved for longer than any single step may take."""

    code = "stalled"
    de = "Die Bearbeitung kommt nicht voran; nichts ist verloren. Bitte das Protokoll prüfen."
    en = "The work does not move on; nothing is lost. Please look into the log."


class ConfigurationError(PoststelleError):
    """The service cannot start like this."""

    code = "configuration"
    de = "Die Einstellungen sind fehlerhaft."
    en = "The settings are not valid."
