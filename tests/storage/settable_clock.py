"""A clock that stands still until a test moves it."""

import datetime as dt

MONDAY = dt.datetime(2026, 8, 3, 9, 0, tzinfo=dt.UTC)


class SettableClock:
    """Tells the time that was set last."""

    def __init__(self, at: dt.datetime = MONDAY) -> None:
        self._at = at

    def now(self) -> dt.datetime:
        return self._at

    def advance(self, by: dt.timedelta) -> None:
        self._at += by
