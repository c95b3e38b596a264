"""The curl examples of the README are sent, in their order, and answer as the README says."""

import datetime as dt
import json
import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlsplit

import anyio
import pytest
from httpx import ASGITransport, AsyncClient, Response

from app.bootstrap import read_secret
from app.house import House, open_house
from app.http import create_app
from app.settings import Settings
from efile.exchange.messages import build_0102
from efile.exchange.values import ReceiptConfirmation
from tests.docs.pages import code, examples, page, rows

CALLS = [block for block in examples(page("README.md"), "sh") if "curl" in block]
MESSAGE = "00000000-0000-4000-8000-000000000000"


@dataclass
class Call:
    """One curl command, as far as the README uses them."""

    method: str = "GET"
    path: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    fields: dict[str, str] = field(default_factory=dict)
    files: list[tuple[str, tuple[str, bytes]]] = field(default_factory=list)
    body: bytes | None = None


def _calls(block: str) -> Iterator[Call]:
    for line in block.replace("\\\n", " ").splitlines():
        if line.startswith("curl "):
            yield _call(iter(shlex.split(line)[1:]))


def _call(words: Iterator[str]) -> Call:
    call = Call()
    for word in words:
        match word:
            case "-H":
                name, _, value = next(words).partition(": ")
                call.headers[name] = value
            case "-F":
                _form(call, next(words))
            case "-T":
                call.method, call.body = "PUT", f"content of {next(words)}".encode()
            case "--data-binary":
                assert next(words) == "@quittung.xml"
                call.method, call.body = "POST", _confirmation()
            case "--json":
                call.method, call.body = "POST", next(words).encode()
                call.headers["Content-Type"] = "application/json"
            case "-o":
                next(words)
            case _:
                parts = urlsplit(word)
                assert parts.netloc == "127.0.0.1:8000", word
                call.path = f"{parts.path}?{parts.query}"
    return call


def _form(call: Call, said: str) -> None:
    name, _, value = said.partition("=")
    call.method = "POST"
    if value.startswith("@"):
        call.files.append((name, (value[1:], f"content of {value}".encode())))
    else:
        call.fields[name] = value


def _confirmation() -> bytes:
    return build_0102(
        ReceiptConfirmation(
            process_id=MESSAGE,
            created_at=dt.datetime(2026, 1, 16, 8, 15, tzinfo=dt.UTC),
            sender="Stadt Musterstadt",
            recipient="Jobcenter Musterstadt",
        )
    )


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with open_house(Settings(data_dir=tmp_path_factory.mktemp("readme") / "data")) as opened:
        yield opened


def _send(house: House, call: Call, known: dict[str, str]) -> Response:
    """Send a call to the application, with the placeholders of the README filled in."""

    def filled(text: str) -> str:
        for name, value in known.items():
            text = text.replace(name, value)
        return text

    async def send() -> Response:
        transport = ASGITransport(create_app(house))
        async with AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as client:
            return await client.request(
                call.method,
                filled(call.path),
                headers={name: filled(value) for name, value in call.headers.items()},
                data=call.fields or None,
                files=call.files or None,
                content=filled(call.body.decode()) if call.body else None,
            )

    return anyio.run(send)


def test_the_examples_answer_as_told(house: House) -> None:
    token = read_secret(house.folder, "fv-kommune").hex()
    known = {"$TOKEN": token, "MESSAGE_ID": MESSAGE, "RECEIPT_CODE": "?"}
    answered = 0
    for block in CALLS:
        told = re.findall(r"^# (\d{3}):", block, re.MULTILINE)
        for call in _calls(block):
            answer = _send(house, call, known)
            answered += 1
            if "MESSAGE_ID" in call.path:
                # No message waits in an empty house: the address and the token were right.
                assert answer.json()["code"] == "not_found"
                continue
            assert [str(answer.status_code)] == told
            if call.path.startswith("/api/v1/submissions"):
                known["RECEIPT_CODE"] = answer.json()["receipt_code"]
    assert answered == 8


def test_the_table_of_paths_is_the_open_api(house: House) -> None:
    paths = create_app(house).openapi()["paths"]
    known = {f"{method.upper()} {path}" for path, way in paths.items() for method in way}
    table = rows(page("docs/reference/api.md"), "| Method and path |")
    assert {code(row[0]) for row in table} == known
    for row in table:
        method, path = code(row[0]).split()
        (success,) = [name for name in paths[path][method.lower()]["responses"] if name < "300"]
        assert row[1] == success


def test_the_example_of_a_receipt_has_the_members_of_one(house: House) -> None:
    (example,) = examples(page("docs/reference/api.md"), "json")
    answer = _send(house, Call("PUT", "/api/v1/items", body=b"x"), {}).json()
    told = json.loads(example)
    assert list(told) == list(answer)
    assert list(told["items"][0]) == list(answer["items"][0])


def test_the_files_of_the_token_exist(house: House) -> None:
    folder = house.folder.root
    told = re.findall(r"cat data/(\S+?)\)", page("README.md"))
    assert told
    assert all((folder / name).is_file() for name in told)
