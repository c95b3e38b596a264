"""The machine's own clock and randomness, as adapters of the domain's ports.

Refuses nothing; it is the one place that asks the operating system for time and chance.
"""

import datetime as dt
import secrets
import uuid


class SystemClock:
    """The operating system's clock."""

    def now(self) -> dt.datetime:
        """Return the current time, aware and in UTC."""
        return dt.datetime.now(dt.UTC)


class SystemRandomness:
    """The operating system's random number generator."""

    def token(self, size: int) -> bytes:
        """Return ``size`` unpredictable bytes."""
        return secrets.token_bytes(size)

    def uuid(self) -> str:
        """Return a new random UUID in canonical text form (RFC 9562, version 4)."""
        return str(uuid.uuid4())
