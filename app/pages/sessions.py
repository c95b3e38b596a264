"""The session: a signed cookie that holds the account's name, a form token and one notice.

Signing in and out begins a new session, so that no token from before is worth anything after.
"""

import hmac
import secrets
from enum import StrEnum
from urllib.parse import urlsplit

from starlette.requests import Request

from domain.errors import NotAllowedNowError, NotSignedInError

_ACCOUNT = "account"
_TOKEN = "csrf"  # noqa: S105 - the name of the entry, not a token
_NOTICE = "notice"
_MAX_PATH = 300


class Notice(StrEnum):
    """What a page tells once, after a redirect."""

    FILED = "filed"
    SIGNED_OUT = "signed_out"


NOTICES = {
    Notice.FILED: "Das Dokument ist abgelegt.",
    Notice.SIGNED_OUT: "Sie sind abgemeldet.",
}


def begin_session(request: Request, account: str) -> None:
    """Sign an account in, in a new session."""
    request.session.clear()
    request.session[_ACCOUNT] = account
    form_token(request)


def end_session(request: Request) -> None:
    """Sign out."""
    request.session.clear()


def stay_signed_in(request: Request) -> None:
    """Let the session's time begin anew, because somebody is at work.

    Only pages may do this: an image that arrives after signing out would sign in again.
    """
    request.session[_ACCOUNT] = request.session[_ACCOUNT]


def account_name(request: Request) -> str | None:
    """Return who is signed in, by name."""
    name = request.session.get(_ACCOUNT)
    return name if isinstance(name, str) else None


def form_token(request: Request) -> str:
    """Return the token that proves that a form came from a page of this session."""
    token = request.session.get(_TOKEN)
    if not isinstance(token, str):
        token = secrets.token_urlsafe(32)
        request.session[_TOKEN] = token
    return token


def check_token(request: Request, given: str) -> None:
    """Raise ``NotSignedInError`` without a session, ``NotAllowedNowError`` for a wrong token."""
    expected = request.session.get(_TOKEN)
    if not isinstance(expected, str):
        raise NotSignedInError
    if not hmac.compare_digest(expected.encode(), given.encode()):
        raise NotAllowedNowError


def leave_notice(request: Request, notice: Notice) -> None:
    """Leave a notice for the next page."""
    request.session[_NOTICE] = notice


def take_notice(request: Request) -> str | None:
    """Return the sentence that was left for this page, once."""
    if _NOTICE not in request.session:
        return None
    return NOTICES[Notice(request.session.pop(_NOTICE))]


def local_path(given: str) -> str | None:
    """Return a path of this service as it was given, or None for any other address."""
    parts = urlsplit(given)
    plain = given.isprintable() and "\\" not in given and len(given) <= _MAX_PATH
    local = not parts.scheme and not parts.netloc
    return given if plain and local and given.startswith("/") and given[1:2] != "/" else None
