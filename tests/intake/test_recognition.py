import pytest

from domain.errors import NotAllowedNowError, SealBrokenError
from domain.ids import Sha256
from intake.modelbook import Choices, ModelChoice
from intake.recognition import PACKAGED, SUBJECT, refuse_model, replace_model, take_back_model
from storage.audit import AuditEntry
from tests.intake.mail_room import CrashError, Post, crash, with_faults

FIRST = ModelChoice("first", Sha256("1" * 64), "scheme-1")
SECOND = ModelChoice("second", Sha256("2" * 64), "scheme-1")
FIGURES = {"right": "0.96"}


def _choices(post: Post) -> Choices:
    with post.room.database.reading() as connection:
        return post.room.models.choices(connection)


def _entries(post: Post) -> list[AuditEntry]:
    with post.room.database.reading() as connection:
        post.room.audit.verify(connection)
        return list(post.room.audit.entries(connection, subject=SUBJECT))


def _replace(post: Post, chosen: ModelChoice, before: ModelChoice | None) -> None:
    replace_model(post.room, chosen, before=before, figures=FIGURES, actor="cli")


def test_without_a_choice_the_packaged_model_is_in_use(post: Post) -> None:
    assert _choices(post) == Choices(None, None)


def test_a_choice_keeps_the_model_before_and_is_on_record(post: Post) -> None:
    _replace(post, FIRST, None)
    _replace(post, SECOND, FIRST)
    assert _choices(post) == Choices(SECOND, FIRST)
    entry = _entries(post)[-1]
    assert (entry.action, entry.actor) == ("model.replaced", "cli")
    told = {"before": "first", "after": "second", "digest": SECOND.digest}
    assert entry.details == {**told, **FIGURES}


def test_a_choice_over_a_model_that_is_no_more_in_use_is_refused(post: Post) -> None:
    _replace(post, FIRST, None)
    with pytest.raises(NotAllowedNowError):
        _replace(post, SECOND, None)
    assert _choices(post) == Choices(FIRST, None)


def test_a_refusal_changes_nothing_and_is_on_record(post: Post) -> None:
    _replace(post, FIRST, None)
    refuse_model(post.room, SECOND, figures=FIGURES, actor="cli")
    assert _choices(post) == Choices(FIRST, None)
    assert [entry.action for entry in _entries(post)] == ["model.replaced", "model.refused"]


def test_taking_back_leads_to_the_previous_and_then_to_the_packaged_model(post: Post) -> None:
    _replace(post, FIRST, None)
    _replace(post, SECOND, FIRST)
    assert take_back_model(post.room, actor="cli") == Choices(FIRST, None)
    assert take_back_model(post.room, actor="cli") == Choices(None, None)
    with pytest.raises(NotAllowedNowError):
        take_back_model(post.room, actor="cli")
    assert [entry.details["after"] for entry in _entries(post)[2:]] == ["first", PACKAGED]


def test_choice_and_entry_are_written_together_or_not_at_all(post: Post) -> None:
    broken = with_faults(post.room, at_end=crash)
    with pytest.raises(CrashError):
        replace_model(broken, FIRST, before=None, figures=FIGURES, actor="cli")
    assert _choices(post) == Choices()
    assert _entries(post) == []


def test_a_choice_written_by_somebody_without_the_key_does_not_open(post: Post) -> None:
    _replace(post, FIRST, None)
    with post.room.database.transaction() as connection:
        connection.exec_driver_sql(
            "INSERT INTO models SELECT seq + 1, created_at, sealed FROM models"
        )
    with pytest.raises(SealBrokenError):
        _choices(post)
