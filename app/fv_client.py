"""The reference client of a Fachverfahren: pull, check, keep, acknowledge or refuse, over HTTP."""

import datetime as dt
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx

from domain.errors import (
    InvalidMessageError,
    NotAllowedNowError,
    NotFoundError,
    NotSignedInError,
    RefusedError,
    ServiceUnreachableError,
)
from efile.exchange.messages import build_0102
from efile.exchange.unpacking import Package, unpack
from efile.exchange.values import ReceiptConfirmation

_TIMEOUT = 60.0
_MAX_ANSWER = 256 * 1024 * 1024
_PAGE = 100


@dataclass(frozen=True, slots=True)
class Pulled:
    """One package as it was kept: the ZIP, and its folder with the XML and the files."""

    message: str
    archive: Path
    folder: Path
    package: Package


class FachverfahrenClient:
    """Speaks ``/fv/v1`` with the token of one carrier."""

    def __init__(self, url: str, token: str) -> None:
        """Talk to one service as one carrier."""
        headers = {"Authorization": f"Bearer {token}"}
        self._http = httpx.Client(base_url=url, headers=headers, timeout=_TIMEOUT)

    def close(self) -> None:
        """Give back the connections."""
        self._http.close()

    def messages(self) -> Iterator[str]:
        """Yield the ids of all messages that are not answered yet, in order."""
        after = 0
        while True:
            said = self._call("GET", "/fv/v1/messages", params={"after": after, "limit": _PAGE})
            rows = json.loads(said)["messages"]
            yield from (str(row["id"]) for row in rows)
            if len(rows) < _PAGE:
                return
            after = rows[-1]["seq"]

    def pull(self, message: str, out: Path) -> Pulled:
        """Fetch one package, check it against the profile and its digests, and keep it."""
        content = self._call("GET", f"/fv/v1/messages/{message}")
        package = unpack(content)
        folder = out / message
        folder.mkdir(parents=True, exist_ok=True)
        name = f"{message}_Information.Information.0101"
        for file_name, data in {f"{name}.xml": package.xml, **package.files}.items():
            (folder / file_name).write_bytes(data)
        archive = out / f"{name}.zip"
        archive.write_bytes(content)
        return Pulled(message, archive, folder, package)

    def acknowledge(self, message: str) -> None:
        """Confirm the receipt of a message by 0102."""
        answer = build_0102(
            ReceiptConfirmation(
                process_id=message,
                created_at=dt.datetime.now(dt.UTC),
                sender="Referenz-Fachverfahren",
                recipient="Poststelle",
            )
        )
        headers = {"Content-Type": "application/xml"}
        path = f"/fv/v1/messages/{message}/receipt"
        self._call("POST", path, content=answer, headers=headers)

    def refuse(self, message: str, reason: str) -> None:
        """Refuse the document of a message."""
        self._call("POST", f"/fv/v1/messages/{message}/refusal", json={"reason": reason})

    def _call(self, method: str, path: str, **given: Any) -> bytes:  # noqa: ANN401
        try:
            with self._http.stream(method, path, **given) as answer:
                body = _bounded(answer.iter_bytes())
        except (httpx.HTTPError, httpx.InvalidURL) as error:
            raise ServiceUnreachableError from error
        match answer.status_code:
            case 401:
                raise NotSignedInError
            case 404:
                raise NotFoundError
            case 409:
                raise NotAllowedNowError
            case status if status >= 400:  # noqa: PLR2004 - RFC 9110
                raise RefusedError(_problem(body, status))
        return body


def _bounded(pieces: Iterable[bytes]) -> bytes:
    body = bytearray()
    for piece in pieces:
        body += piece
        if len(body) > _MAX_ANSWER:
            detail = "the service answers with more than a package can be"
            raise InvalidMessageError(detail)
    return bytes(body)


def _problem(body: bytes, status: int) -> str:
    try:
        return str(json.loads(body)["code"])
    except (ValueError, KeyError, TypeError):
        return f"HTTP {status}"
