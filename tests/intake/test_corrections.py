import datetime as dt
from dataclasses import replace

import pytest
from sqlalchemy import select

from domain.errors import NotAllowedNowError, SealBrokenError
from domain.ids import CarrierId, DocumentId, TypeCode
from intake.clearing import ClearingDesk, Correction
from intake.corrections import RETENTION, Features, KeptLesson, Lesson
from intake.recognition import expire_corrections, forget_corrections
from intake.tables import CORRECTIONS
from tests.intake.mail_room import CrashError, Post, accepted, crash, document, with_faults

CLERK = "s.beispiel"
CANARY = "Quaddelfunkel"


def _settle(post: Post, kind: str = "mietvertrag", *, text: str = "Text von Miete") -> DocumentId:
    content = post.room.randomness.uuid().encode()
    post.read(accepted(document("sonstiges", confidence=0.3, text=text)), content=content)
    post.work()
    (entry,) = post.desk.waiting()
    post.desk.settle(entry.record.id, _correction(kind), actor=CLERK)
    return entry.record.id


def _correction(kind: str) -> Correction:
    return Correction(TypeCode(kind), (CarrierId("kommune"),), "")


def _kept(post: Post) -> list[KeptLesson]:
    with post.room.database.reading() as connection:
        return list(post.room.corrections.lessons(connection))


def test_what_a_person_decides_is_kept_to_learn_from(post: Post) -> None:
    _settle(post)
    (kept,) = _kept(post)
    known = Features("model-1", "scheme-1", bytes([0, 0, 0, 0, 1, 0, 0, 0, 2, 0, 0, 0]))
    assert kept.lesson == Lesson(TypeCode("mietvertrag"), TypeCode("sonstiges"), 0.3, known)
    assert kept.day == post.clock.now().date()


def test_of_counselling_nothing_is_kept(post: Post) -> None:
    _settle(post, "schuldnerberatung")
    assert _kept(post) == []
    assert post.letters() != {}


def test_of_a_text_without_features_nothing_is_kept(post: Post) -> None:
    _settle(post, text="")
    assert _kept(post) == []


def test_no_row_tells_text_type_person_or_document(post: Post) -> None:
    name = _settle(post, text=f"Text von {CANARY}")
    with post.room.database.reading() as connection:
        (row,) = connection.execute(select(CORRECTIONS))
    raw = b"".join(bytes(str(value), "utf-8") + _raw(value) for value in row)
    for secret in (CANARY, "mietvertrag", "sonstiges", "model-1", name, CLERK):
        assert secret.encode() not in raw
    post.filed()
    assert CANARY.encode() not in post.bytes_on_disk()


def _raw(value: object) -> bytes:
    return value if isinstance(value, bytes) else b""


def test_the_time_in_the_clear_is_the_day_alone(post: Post) -> None:
    post.clock.advance(dt.timedelta(hours=5, minutes=7))
    _settle(post)
    with post.room.database.reading() as connection:
        (at,) = connection.execute(select(CORRECTIONS.c.created_at)).scalars()
    assert (at.hour, at.minute, at.second, at.microsecond) == (0, 0, 0, 0)


def test_a_lesson_that_was_moved_to_another_row_does_not_open(post: Post) -> None:
    _settle(post)
    with post.room.database.transaction() as connection:
        connection.exec_driver_sql("UPDATE corrections SET id = 'another'")
    with pytest.raises(SealBrokenError):
        _kept(post)


def test_decision_and_lesson_are_written_together_or_not_at_all(post: Post) -> None:
    post.read(accepted(document("sonstiges", confidence=0.3)))
    post.work()
    (entry,) = post.desk.waiting()
    broken = ClearingDesk(with_faults(post.room, at_end=crash))
    with pytest.raises(CrashError):
        broken.settle(entry.record.id, _correction("mietvertrag"), actor=CLERK)
    assert _kept(post) == []
    assert [waiting.record.id for waiting in post.desk.waiting()] == [entry.record.id]


def test_a_document_is_kept_once(post: Post) -> None:
    name = _settle(post)
    with pytest.raises(NotAllowedNowError):
        post.desk.settle(name, _correction("lohnabrechnung"), actor=CLERK)
    (kept,) = _kept(post)
    with post.room.database.transaction() as connection:
        changed = replace(kept.lesson, type=TypeCode("lohnabrechnung"))
        post.room.corrections.write(connection, name, changed)
    assert [one.lesson for one in _kept(post)] == [changed]


def test_lessons_come_in_an_order_that_does_not_change(post: Post) -> None:
    for _ in range(4):
        _settle(post)
    names = [kept.id for kept in _kept(post)]
    assert names == sorted(names)
    assert len(names) == 4


def test_after_a_year_lessons_are_not_used_and_go(post: Post) -> None:
    _settle(post)
    post.clock.advance(RETENTION)
    _settle(post)
    assert len(_kept(post)) == 2
    assert expire_corrections(post.room, actor="sweeper") == 0
    post.clock.advance(dt.timedelta(days=1))
    assert len(_kept(post)) == 1
    assert expire_corrections(post.room, actor="sweeper") == 1
    assert len(_kept(post)) == 1
    assert post.actions().count("corrections.forgotten") == 1


def test_all_lessons_can_be_forgotten_on_the_record(post: Post) -> None:
    for _ in range(2):
        _settle(post)
    assert forget_corrections(post.room, actor="cli") == 2
    assert _kept(post) == []
    assert post.actions()[-1] == "corrections.forgotten"
    assert forget_corrections(post.room, actor="cli") == 0
    assert post.actions().count("corrections.forgotten") == 1
