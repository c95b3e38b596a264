"""The frame of every page: who is signed in, what they may visit, and the strict headers."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache, partial
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse

from app.accounts import Account, Role
from app.house import House
from app.pages import wording
from app.pages.assets import TEMPLATES
from app.pages.sessions import account_name, form_token, stay_signed_in, take_notice
from domain.catalogue import FALLBACK
from domain.errors import NotEntitledError, NotSignedInError

_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; font-src 'self'; "
    "img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)

PAGE_HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": _POLICY,
    "Cross-Origin-Opener-Policy": "same-origin",
    "Referrer-Policy": "same-origin",
    "X-Content-Type-Options": "nosniff",
}
"""Nothing is cached, framed, sniffed or loaded from elsewhere."""

_WORDS = (
    wording.moment,
    wording.moment_exact,
    wording.size,
    wording.certainty,
    wording.sentence,
    wording.media_type,
    wording.in_blocks,
)


_NAMELESS = "Poststelle"


@dataclass(frozen=True, slots=True)
class Link:
    """One entry of the navigation."""

    title: str
    path: str
    current: bool


class Frame:
    """Renders templates with what every page shows, and knows who may see it."""

    def __init__(self, house: House) -> None:
        """Serve one house."""
        self.house = house

    async def remember(self, request: Request) -> None:
        """Let the page of an error look like the page that met it."""
        request.state.frame = self

    def page(
        self, request: Request, template: str, said: Mapping[str, Any], *, status: int = 200
    ) -> HTMLResponse:
        """Render a template; ``said`` is what it shows beyond the frame."""
        account = self.account(request)
        if account is not None:
            stay_signed_in(request)
        frame = {"house": self.house.title, "account": account}
        return render(request, template, {**frame, **said}, status=status)

    def account(self, request: Request) -> Account | None:
        """Return who is signed in."""
        name = account_name(request)
        return self.house.accounts.by_name(name) if name else None

    def signed_in(self, request: Request) -> Account:
        """Return who is signed in, or raise ``NotSignedInError``."""
        account = self.account(request)
        if account is None:
            raise NotSignedInError
        return account

    def desk(self, request: Request) -> Account:
        """Return an account of the scan and clearing desk, or raise ``NotEntitledError``."""
        account = self.signed_in(request)
        if account.role is not Role.DESK:
            raise NotEntitledError
        return account


def render(
    request: Request, template: str, said: Mapping[str, Any], *, status: int
) -> HTMLResponse:
    """Render a template with the strict headers; nobody is signed in unless ``said`` tells."""
    account = said.get("account")
    shown = {
        "house": _NAMELESS,
        "account": account,
        "links": list(_links(request, account)),
        "csrf": partial(form_token, request),
        "notice": take_notice(request),
        **said,
    }
    html = _templates().get_template(template).render(shown)
    return HTMLResponse(html, status_code=status, headers=PAGE_HEADERS)


def home_of(account: Account) -> str:
    """Return where an account begins its work."""
    match account.role:
        case Role.DESK:
            return "/klaerung"
        case Role.CASEWORKER:
            return f"/akte/{account.carrier}"


def _links(request: Request, account: Account | None) -> Iterator[Link]:
    here = request.url.path
    for title, path in _places(account):
        current = here == path or (path != "/" and here.startswith(f"{path}/"))
        yield Link(title, path, current)


def _places(account: Account | None) -> tuple[tuple[str, str], ...]:
    if account is None:
        return (("Unterlagen abgeben", "/"), ("Stand abfragen", "/status"))
    if account.role is Role.DESK:
        return (("Scannen", "/scan"), ("Klärung", "/klaerung"))
    return (("Posteingang", home_of(account)),)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {word.__name__: word for word in _WORDS}
    environment.globals |= {
        "fallback": FALLBACK,
        "channels": wording.CHANNELS,
        "item_advice": wording.ITEM_ADVICE,
        "item_states": wording.ITEM_STATES,
        "message_states": wording.MESSAGE_STATES,
        "protections": wording.PROTECTIONS,
        "plural": wording.plural,
    }
    return environment
