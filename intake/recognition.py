"""Changing the model, and forgetting what it learns from: always on the record.

Owns the acts and their entries in the audit chain of ``intake``, in the same transaction.
Refuses to know how a model is made or compared.
"""

from collections.abc import Mapping, Sequence

from domain.errors import NotAllowedNowError
from intake.modelbook import Choices, ModelChoice
from intake.room import MailRoom

SUBJECT = "model"
"""The subject of all these entries."""

PACKAGED = "packaged"
"""How they name the model that ships with the program."""


def replace_model(
    room: MailRoom,
    chosen: ModelChoice,
    *,
    before: ModelChoice | None,
    figures: Mapping[str, str],
    actor: str,
) -> None:
    """Read with another model from now on; the one in use so far is kept as the previous one.

    Raises ``NotAllowedNowError`` if ``before``, with which it was compared, is no more in use.
    """
    with room.database.transaction() as connection:
        if room.models.choices(connection).current != before:
            raise NotAllowedNowError
        room.models.write(connection, Choices(chosen, before))
        room.audit.append(
            connection,
            "model.replaced",
            subject=SUBJECT,
            actor=actor,
            **_told(before, chosen),
            **figures,
        )


def refuse_model(
    room: MailRoom, candidate: ModelChoice, *, figures: Mapping[str, str], actor: str
) -> None:
    """Put on record that a candidate was worse than the model in use, which remains."""
    with room.database.transaction() as connection:
        current = room.models.choices(connection).current
        room.audit.append(
            connection,
            "model.refused",
            subject=SUBJECT,
            actor=actor,
            **_told(current, candidate),
            **figures,
        )


def take_back_model(room: MailRoom, *, actor: str) -> Choices:
    """Return to the previous model, and after that to the packaged one.

    Raises ``NotAllowedNowError`` if the packaged model is in use.
    """
    with room.database.transaction() as connection:
        choices = room.models.choices(connection)
        if choices.current is None:
            raise NotAllowedNowError
        back = Choices(choices.previous)
        room.models.write(connection, back)
        told = _told(choices.current, back.current)
        room.audit.append(connection, "model.taken_back", subject=SUBJECT, actor=actor, **told)
    return back


def forget_corrections(room: MailRoom, names: Sequence[str] | None = None, *, actor: str) -> int:
    """Delete some lessons, or all of them; on the record if there were any."""
    with room.database.transaction() as connection:
        count = room.corrections.forget(connection, names)
        if count:
            room.audit.append(
                connection,
                "corrections.forgotten",
                subject=SUBJECT,
                actor=actor,
                count=str(count),
            )
    return count


def expire_corrections(room: MailRoom, *, actor: str) -> int:
    """Delete the lessons whose retention is over."""
    with room.database.reading() as connection:
        overdue = room.corrections.overdue(connection)
    return forget_corrections(room, overdue, actor=actor) if overdue else 0


def _told(before: ModelChoice | None, after: ModelChoice | None) -> dict[str, str]:
    return {
        "before": before.version if before else PACKAGED,
        "after": after.version if after else PACKAGED,
        "digest": after.digest if after else PACKAGED,
    }
