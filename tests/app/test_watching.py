"""Watched folders: each file once, complete, never lost, and never what a link points to."""

import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

import pytest
from sqlalchemy import select

from app.house import House
from app.watching import FolderWatch, file_key, receive_file
from domain.errors import ItemTooLargeError
from domain.ids import INTAKE
from domain.post import Channel, Receipt
from intake.ledger import read_ledger
from intake.reception import Arrival
from intake.tables import ITEMS, SUBMISSIONS
from tests.app.houses import files_below, house_in, wait_until

NOW = 1_800_000_000_000_000_000


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    with house_in(tmp_path, max_item_bytes=1000) as opened:
        yield opened


@pytest.fixture
def watch(house: House) -> FolderWatch:
    return FolderWatch(house)


def inbox(house: House, channel: Channel = Channel.SCAN) -> Path:
    return house.folder.inbox(channel)


def received(house: House) -> dict[str, int]:
    """Count what came in on each channel that something came in on."""
    with house.intake.database.reading() as connection:
        return {line.channel: line.received for line in read_ledger(connection) if line.received}


def names(house: House) -> list[str]:
    with house.intake.database.reading() as connection:
        rows = connection.execute(select(ITEMS)).all()
    return [house.intake.records.item_name(row) for row in rows]


def test_a_file_that_lies_still_is_taken_once(house: House, watch: FolderWatch) -> None:
    path = inbox(house) / "stapel.pdf"
    path.write_bytes(b"eine Seite")
    watch.look()
    assert received(house) == {}
    for _ in range(3):
        watch.look()
    assert received(house) == {"scan": 1}
    assert names(house) == ["stapel.pdf"]
    assert not path.exists()


def test_a_file_is_not_taken_while_a_scanner_may_only_pause(tmp_path: Path) -> None:
    with house_in(tmp_path, watch_seconds=60) as house:
        path = inbox(house)
        watch = FolderWatch(house)
        stack = path / "stapel.pdf"
        stack.write_bytes(b"eine Seite")
        for _ in range(3):
            watch.look()
        assert received(house) == {}
        watch._seen = {path: (key, since - 61) for path, (key, since) in watch._seen.items()}
        watch.look()
        assert received(house) == {"scan": 1}


def test_each_folder_is_its_own_channel(house: House, watch: FolderWatch) -> None:
    for channel in (Channel.SCAN, Channel.MAIL):
        (inbox(house, channel) / "brief.eml").write_bytes(b"ein Brief")
    for _ in range(2):
        watch.look()
    assert received(house) == {"scan": 1, "mail": 1}


def test_a_file_that_grows_is_not_taken_before_it_rests(house: House, watch: FolderWatch) -> None:
    path = inbox(house) / "stapel.pdf"
    for length in range(1, 5):
        path.write_bytes(b"x" * length)
        watch.look()
        assert received(house) == {}
    watch.look()
    assert received(house) == {"scan": 1}


def test_a_file_that_changes_without_growing_is_not_taken(house: House, watch: FolderWatch) -> None:
    path = inbox(house) / "stapel.pdf"
    for tick in range(3):
        path.write_bytes(b"gleich lang %d" % tick)
        os.utime(path, ns=(NOW, NOW + tick))
        watch.look()
    assert received(house) == {}


def test_a_file_that_grew_while_it_was_taken_stays_and_is_taken_whole(
    house: House, watch: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = inbox(house) / "stapel.pdf"
    path.write_bytes(b"Seite 1")
    watch.look()
    complete = Arrival.complete

    def while_it_grows(self: Arrival) -> Receipt:
        with path.open("ab") as file:
            file.write(b" Seite 2")
        return complete(self)

    monkeypatch.setattr(Arrival, "complete", while_it_grows)
    watch.look()
    monkeypatch.undo()
    assert path.read_bytes() == b"Seite 1 Seite 2"
    for _ in range(2):
        watch.look()
    assert not path.exists()
    assert received(house) == {"scan": 2}


def test_a_crash_between_receipt_and_removal_is_one_submission(
    house: House, watch: FolderWatch
) -> None:
    path = inbox(house) / "stapel.pdf"
    path.write_bytes(b"eine Seite")
    receipt = receive_file(house, path, channel=Channel.SCAN, key=file_key(path))
    for _ in range(2):
        watch.look()
    assert not path.exists()
    assert received(house) == {"scan": 1}
    with house.intake.database.reading() as connection:
        assert connection.execute(select(SUBMISSIONS.c.id)).scalars().all() == [receipt.submission]


def test_the_same_name_with_other_content_is_another_file(house: House, watch: FolderWatch) -> None:
    for content in (b"der erste", b"der zweite Stapel"):
        (inbox(house) / "stapel.pdf").write_bytes(content)
        for _ in range(2):
            watch.look()
    assert received(house) == {"scan": 2}


def test_what_looks_the_same_but_is_not_is_moved_aside(house: House, watch: FolderWatch) -> None:
    for content in (b"AAAA", b"BBBB"):
        path = inbox(house) / "stapel.pdf"
        path.write_bytes(content)
        os.utime(path, ns=(NOW, NOW))
        for _ in range(2):
            watch.look()
    (aside,) = files_below(inbox(house) / "refused")
    assert aside.read_bytes() == b"BBBB"
    assert received(house) == {"scan": 1}


@pytest.mark.parametrize("content", [b"", b"x" * 1001])
def test_what_reception_refuses_is_moved_aside_and_kept(
    house: House, watch: FolderWatch, content: bytes
) -> None:
    (inbox(house) / "stapel.pdf").write_bytes(content)
    (inbox(house) / "zweiter.pdf").write_bytes(b"gut")
    for _ in range(3):
        watch.look()
    (aside,) = files_below(inbox(house) / "refused")
    assert aside.read_bytes() == content
    assert aside.name.endswith("stapel.pdf")
    assert names(house) == ["zweiter.pdf"]
    assert len(files_below(house.folder.objects(INTAKE))) == 1


def test_links_folders_hidden_and_unfinished_files_are_left_alone(
    house: House, watch: FolderWatch, tmp_path: Path
) -> None:
    secret = tmp_path / "geheim.txt"
    secret.write_bytes(b"nicht fuer uns")
    (inbox(house) / "link.pdf").symlink_to(secret)
    (inbox(house) / "ordner").mkdir()
    for name in (".versteckt", "halb.part", "halb.tmp", "halb.crdownload"):
        (inbox(house) / name).write_bytes(b"noch nicht")
    before = sorted(inbox(house).iterdir())
    for _ in range(3):
        watch.look()
    assert received(house) == {}
    assert sorted(inbox(house).iterdir()) == before


def test_a_name_that_is_no_utf8_is_taken_like_any_other(house: House, watch: FolderWatch) -> None:
    path = os.fsencode(inbox(house)) + b"/Gr\xfc\xdfe.pdf"
    with open(path, "wb") as file:  # noqa: PTH123 - a path of bytes
        file.write(b"ein Brief")
    for _ in range(2):
        watch.look()
    assert names(house) == ["Gre.pdf"]
    assert os.listdir(inbox(house)) == []  # noqa: PTH208 - names as they are


def test_one_file_that_cannot_be_taken_does_not_hold_up_the_others(
    house: House, watch: FolderWatch, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("a.pdf", "b.pdf"):
        (inbox(house) / name).write_bytes(b"ein Brief")
    opening = Path.open

    def refusing(self: Path, mode: str) -> IO[Any]:
        if self.name == "a.pdf":
            raise PermissionError
        return opening(self, mode)

    monkeypatch.setattr(Path, "open", refusing)
    for _ in range(2):
        watch.look()
    assert [path.name for path in inbox(house).iterdir()] == ["a.pdf"]
    assert names(house) == ["b.pdf"]
    monkeypatch.undo()
    watch.look()
    assert sorted(names(house)) == ["a.pdf", "b.pdf"]


def test_the_watch_takes_files_by_itself_until_it_is_stopped(
    house: House, watch: FolderWatch
) -> None:
    watch.start()
    (inbox(house) / "stapel.pdf").write_bytes(b"eine Seite")
    wait_until(lambda: received(house) == {"scan": 1})
    watch.stop()
    (inbox(house) / "danach.pdf").write_bytes(b"eine Seite")
    time.sleep(1.2)
    assert received(house) == {"scan": 1}


def test_a_file_that_is_refused_leaves_nothing_in_the_bucket(house: House, tmp_path: Path) -> None:
    path = tmp_path / "gross.pdf"
    path.write_bytes(b"x" * 1001)
    with pytest.raises(ItemTooLargeError):
        receive_file(house, path, channel=Channel.SCAN, key="k")
    assert files_below(house.folder.objects(INTAKE)) == []
