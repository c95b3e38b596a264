"""The data folder of the embedded default: where what is kept. Never created world-readable."""

from dataclasses import dataclass
from pathlib import Path

from domain.ids import CarrierId, RealmId
from domain.post import Channel


@dataclass(frozen=True, slots=True)
class DataFolder:
    """The layout below ``POSTSTELLE_DATA_DIR``."""

    root: Path

    @property
    def lock(self) -> Path:
        """File whose lock serialises the first start."""
        return self.root / ".lock"

    @property
    def secrets(self) -> Path:
        """Folder of generated secrets (mode 0700)."""
        return self.root / "secrets"

    def secret(self, name: str) -> Path:
        """Return the file of one secret."""
        return self.secrets / name

    def key_file(self, realm: RealmId) -> Path:
        """Return the passphrase-protected key file of a realm."""
        return self.root / "keys" / f"{realm}.key"

    def public_key(self, realm: RealmId) -> Path:
        """Return the public key of a realm."""
        return self.root / "keys" / f"{realm}.pub"

    def database(self, realm: RealmId) -> Path:
        """Return the database of a realm."""
        return self.root / "realms" / realm / "realm.db"

    def objects(self, realm: RealmId) -> Path:
        """Return the object folder of a realm."""
        return self.root / "realms" / realm / "objects"

    def slot(self, carrier: CarrierId) -> Path:
        """Return the mail slot of a carrier."""
        return self.root / "realms" / carrier / "slot"

    @property
    def models(self) -> Path:
        """Folder of the models that were learned here."""
        return self.root / "model"

    @property
    def learning(self) -> Path:
        """File whose lock keeps two from learning at once."""
        return self.root / ".learning"

    def inbox(self, channel: Channel) -> Path:
        """Return the folder that a channel is fed from."""
        return self.root / "inbox" / channel
