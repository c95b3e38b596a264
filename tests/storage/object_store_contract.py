"""What every object store keeps to; each adapter's tests run this one suite."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest

from domain.errors import (
    NotAllowedNowError,
    ObjectExistsError,
    ObjectMissingError,
    PoststelleError,
    RefusedError,
)
from domain.ids import ObjectId
from domain.ports import ObjectStore

ID = ObjectId("5b0d/1/original")
OTHER = ObjectId("5b0d/1/pdfa")
ELSEWHERE = ObjectId("77aa/1/original")
UNSAFE_IDS = (
    "",
    ".",
    "..",
    "/",
    "/etc/passwd",
    "../outside",
    "5b0d/../../outside",
    "5b0d/./original",
    "5b0d//original",
    "5b0d/original/",
    "5b0d/.part-x",
    ".part-x",
    "5b0d\\original",
    "5b0d/ori ginal",
    "5b0d/original\n",
    "5b0d/ori\0ginal",
    "5b0d/Müller",
    "%2e%2e/outside",
    "C:/outside",
    "a" * 101,
    "/".join("a" * 9),
    "/".join(["a" * 60] * 5),
)


def put(store: ObjectStore, object_id: ObjectId, content: bytes) -> None:
    writer = store.writer(object_id)
    writer.write(content)
    writer.commit()


def content_of(store: ObjectStore, object_id: ObjectId) -> bytes:
    return b"".join(store.read(object_id))


class ObjectStoreContract:
    """Subclass it and override ``store`` with an empty store of the adapter under test."""

    @pytest.fixture
    def store(self) -> ObjectStore:
        raise NotImplementedError

    @pytest.mark.parametrize("size", [0, 1, 256 * 1024, 600_000])
    def test_what_is_committed_can_be_read(self, store: ObjectStore, size: int) -> None:
        content = bytes(range(256)) * (size // 256 + 1)
        put(store, ID, content[:size])
        assert content_of(store, ID) == content[:size]
        assert store.size(ID) == size
        assert list(store.ids()) == [ID]

    def test_bytes_arrive_in_the_order_they_were_written(self, store: ObjectStore) -> None:
        writer = store.writer(ID)
        for piece in (b"a", b"", b"b" * 300_000, b"c"):
            writer.write(piece)
        writer.commit()
        assert content_of(store, ID) == b"a" + b"b" * 300_000 + b"c"

    def test_nothing_is_visible_before_the_commit(self, store: ObjectStore) -> None:
        writer = store.writer(ID)
        writer.write(b"content" * 100_000)
        assert list(store.ids()) == []
        with pytest.raises(ObjectMissingError):
            store.size(ID)
        with pytest.raises(ObjectMissingError):
            content_of(store, ID)
        writer.abort()

    def test_an_aborted_object_leaves_nothing(self, store: ObjectStore) -> None:
        writer = store.writer(ID)
        writer.write(b"content")
        writer.abort()
        writer.abort()
        assert list(store.ids()) == []
        put(store, ID, b"another")
        assert content_of(store, ID) == b"another"

    def test_an_aborted_object_cannot_be_committed(self, store: ObjectStore) -> None:
        writer = store.writer(ID)
        writer.abort()
        with pytest.raises(NotAllowedNowError):
            writer.commit()
        with pytest.raises(NotAllowedNowError):
            writer.write(b"more")
        assert list(store.ids()) == []

    def test_an_object_is_committed_once(self, store: ObjectStore) -> None:
        writer = store.writer(ID)
        writer.write(b"content")
        writer.commit()
        with pytest.raises(ObjectExistsError):
            writer.commit()
        with pytest.raises(NotAllowedNowError):
            writer.write(b"more")
        assert content_of(store, ID) == b"content"

    def test_an_abort_after_the_commit_changes_nothing(self, store: ObjectStore) -> None:
        writer = store.writer(ID)
        writer.write(b"content")
        writer.commit()
        writer.abort()
        assert content_of(store, ID) == b"content"

    def test_an_object_is_never_overwritten(self, store: ObjectStore) -> None:
        put(store, ID, b"first")
        second = store.writer(ID)
        second.write(b"second")
        with pytest.raises(ObjectExistsError):
            second.commit()
        assert content_of(store, ID) == b"first"
        assert list(store.ids()) == [ID]

    def test_of_many_writers_exactly_one_wins(self, store: ObjectStore) -> None:
        barrier = Barrier(8)

        def write(number: int) -> bool:
            writer = store.writer(ID)
            writer.write(bytes([number]) * 1000)
            barrier.wait(timeout=30)
            try:
                writer.commit()
            except ObjectExistsError:
                return False
            return True

        with ThreadPoolExecutor(8) as threads:
            won = list(threads.map(write, range(8)))
        assert won.count(True) == 1
        assert content_of(store, ID) == bytes([won.index(True)]) * 1000

    def test_a_missing_object_is_named_as_missing(self, store: ObjectStore) -> None:
        put(store, ID, b"content")
        for absent in (OTHER, ELSEWHERE, ObjectId("5b0d/1"), ObjectId("5b0d/1/original/x")):
            with pytest.raises(ObjectMissingError):
                content_of(store, absent)
            with pytest.raises(ObjectMissingError):
                store.size(absent)

    def test_deleting_removes_one_object(self, store: ObjectStore) -> None:
        put(store, ID, b"content")
        put(store, OTHER, b"other")
        store.delete(ID)
        with pytest.raises(ObjectMissingError):
            store.size(ID)
        assert list(store.ids()) == [OTHER]

    def test_deleting_an_absent_object_is_no_error(self, store: ObjectStore) -> None:
        put(store, ID, b"content")
        for absent in (OTHER, ELSEWHERE, ObjectId("5b0d/1"), ObjectId("5b0d/1/original/x")):
            store.delete(absent)
        assert list(store.ids()) == [ID]

    def test_an_object_can_come_again_after_its_deletion(self, store: ObjectStore) -> None:
        put(store, ID, b"first")
        store.delete(ID)
        put(store, ID, b"second")
        assert content_of(store, ID) == b"second"

    @pytest.mark.parametrize(
        ("prefix", "found"),
        [
            ("", {ID, OTHER, ELSEWHERE}),
            ("5b0d/", {ID, OTHER}),
            ("5b0d/1/", {ID, OTHER}),
            ("5b0d/1/o", {ID}),
            ("5", {ID, OTHER}),
            (ID, {ID}),
            ("5b0d/2/", set()),
            ("absent/", set()),
        ],
    )
    def test_ids_are_listed_by_prefix(
        self, store: ObjectStore, prefix: str, found: set[ObjectId]
    ) -> None:
        for object_id in (ID, OTHER, ELSEWHERE):
            put(store, object_id, b"content")
        assert sorted(store.ids(prefix)) == sorted(found)

    @pytest.mark.parametrize("unsafe", UNSAFE_IDS)
    def test_an_unsafe_id_is_refused_everywhere(self, store: ObjectStore, unsafe: str) -> None:
        object_id = ObjectId(unsafe)
        for attempt in (store.writer, store.size, store.delete, lambda i: list(store.read(i))):
            with pytest.raises(RefusedError) as caught:
                attempt(object_id)
            assert not unsafe.strip("./") or unsafe not in str(caught.value)

    @pytest.mark.parametrize("prefix", ["../", "/etc/", "5b0d/../../"])
    def test_a_prefix_does_not_lead_outside(self, store: ObjectStore, prefix: str) -> None:
        with pytest.raises(RefusedError):
            list(store.ids(prefix))

    def test_writers_and_deleters_do_not_disturb_each_other(self, store: ObjectStore) -> None:
        def come_and_go(number: int) -> list[PoststelleError]:
            mine = ObjectId(f"shared/1/{number}")
            failures = []
            for _ in range(15):
                try:
                    put(store, mine, b"content")
                    store.delete(mine)
                except PoststelleError as error:
                    failures.append(error)
            return failures

        with ThreadPoolExecutor(4) as threads:
            failures = [failure for some in threads.map(come_and_go, range(4)) for failure in some]
        assert failures == []
        assert list(store.ids()) == []
