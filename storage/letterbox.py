"""Sealed letters between realms: write-only for the sender, readable for the receiver alone.

A letter is a set of objects ``<letter>/<attempt>/<part>``. Each carries its own data key in the
header, sealed by HPKE to the receiving realm's public key, because the two realms share no
database. The sender can put and nothing else; an interrupted attempt is simply written again
under another attempt id, and the receiver removes all of them.
"""

from collections.abc import Iterable, Iterator

from domain.ids import LetterId, ObjectId, RealmId
from domain.ports import DropBox, ObjectStore, Randomness
from storage import sealing
from storage.envelope import DataKey, ObjectContext, Sealer, new_data_key, unseal
from storage.sealing import RealmPrivateKey, RealmPublicKey


def part_id(letter: LetterId, attempt: str, *, part: str) -> ObjectId:
    """Name the object of one part of a letter."""
    return ObjectId(f"{letter}/{attempt}/{part}")


def _info(realm: RealmId, object_id: ObjectId) -> str:
    return f"poststelle letter {realm} {object_id}"


class LetterSlot:
    """The write-only mail slot of one realm, as a sender sees it."""

    def __init__(
        self, realm: RealmId, box: DropBox, *, public: RealmPublicKey, randomness: Randomness
    ) -> None:
        """Seal everything to the receiving realm's public key."""
        self._realm = realm
        self._box = box
        self._public = public
        self._randomness = randomness

    def drop(self, object_id: ObjectId, content: Iterable[bytes]) -> None:
        """Seal one part into the slot."""
        key = new_data_key(self._randomness)
        stanza = sealing.seal(self._public, key, info=_info(self._realm, object_id))
        context = ObjectContext(self._realm, object_id)
        sealer = Sealer(key, context, randomness=self._randomness, stanza=stanza)
        writer = self._box.writer(object_id)
        try:
            for piece in content:
                writer.write(sealer.update(piece))
            writer.write(sealer.finish())
        except BaseException:
            writer.abort()
            raise
        writer.commit()


class LetterTray:
    """The same slot from inside: only the receiving realm can open what lies in it."""

    def __init__(self, realm: RealmId, store: ObjectStore, *, private: RealmPrivateKey) -> None:
        """Open with the realm's private key."""
        self._realm = realm
        self._store = store
        self._private = private

    def open(self, object_id: ObjectId) -> Iterator[bytes]:
        """Yield the verified content of one part."""
        context = ObjectContext(self._realm, object_id)

        def key_for(stanza: bytes) -> DataKey:
            info = _info(self._realm, object_id)
            return DataKey(sealing.unseal(self._private, stanza, info=info))

        return unseal(self._store.read(object_id), context, key_for=key_for)

    def remove(self, letter: LetterId) -> None:
        """Remove every attempt of a letter."""
        for object_id in list(self._store.ids(f"{letter}/")):
            self._store.delete(object_id)

    def letters(self) -> frozenset[LetterId]:
        """Return the letters that lie in the slot."""
        return frozenset(LetterId(object_id.split("/")[0]) for object_id in self._store.ids())
