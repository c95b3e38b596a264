"""Sealed objects of one realm: each under a fresh data key that is kept apart from it.

The data key is wrapped under a key of the realm (or of a case); the caller keeps the wrapped
key in the realm's database, so that an object alone is never readable.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from domain.ids import ObjectId, RealmId
from domain.ports import ObjectStore, Randomness
from storage.envelope import DataKey, ObjectContext, Sealer, new_data_key, unseal
from storage.keyring import unwrap_under, wrap_under


@dataclass(frozen=True, slots=True)
class SealedObject:
    """Where an object is, how many bytes its content has, and its wrapped data key."""

    id: ObjectId
    size: int
    wrapped_key: bytes


class Vault:
    """Writes and opens the sealed objects of one realm."""

    def __init__(self, realm: RealmId, store: ObjectStore, *, randomness: Randomness) -> None:
        """Bind every object to this realm."""
        self._realm = realm
        self._store = store
        self._randomness = randomness

    def put(self, object_id: ObjectId, content: Iterable[bytes], *, kek: bytes) -> SealedObject:
        """Seal content under a fresh data key; nothing is left behind when it fails."""
        key = new_data_key(self._randomness)
        sealer = Sealer(key, ObjectContext(self._realm, object_id), randomness=self._randomness)
        writer = self._store.writer(object_id)
        size = 0
        try:
            for piece in content:
                size += len(piece)
                writer.write(sealer.update(piece))
            writer.write(sealer.finish())
        except BaseException:
            writer.abort()
            raise
        writer.commit()
        return SealedObject(object_id, size, wrap_under(kek, key, context=object_id))

    def open(self, object_id: ObjectId, wrapped_key: bytes, *, kek: bytes) -> Iterator[bytes]:
        """Yield the verified content; raise ``SealBrokenError`` or ``ObjectMissingError``."""
        key = DataKey(unwrap_under(kek, wrapped_key, context=object_id))
        return self.open_with(object_id, key)

    def open_with(self, object_id: ObjectId, key: DataKey) -> Iterator[bytes]:
        """Yield the verified content of an object whose data key is at hand."""
        context = ObjectContext(self._realm, object_id)
        return unseal(self._store.read(object_id), context, key_for=lambda _: key)

    def delete(self, object_id: ObjectId) -> None:
        """Remove an object for good."""
        self._store.delete(object_id)

    def delete_all(self, prefix: str, *, keep: frozenset[ObjectId] = frozenset()) -> None:
        """Remove what an earlier, interrupted attempt left under a prefix."""
        for object_id in list(self._store.ids(prefix)):
            if object_id not in keep:
                self._store.delete(object_id)

    def ids(self) -> frozenset[ObjectId]:
        """Return the ids of everything that is kept."""
        return frozenset(self._store.ids())
