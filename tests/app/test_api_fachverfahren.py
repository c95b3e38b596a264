"""The Fachverfahren's API: one carrier behind each token, and nothing of the other."""

import datetime as dt
from collections.abc import Iterator
from typing import Any

import httpx
import pytest

from app.house import House
from domain.ids import CarrierId, TypeCode
from efile.exchange.messages import build_0102
from efile.exchange.package import unpack
from efile.exchange.values import ReceiptConfirmation
from tests.app.houses import answering, document, file_one, house_in
from tests.app.test_api_citizens import assert_problem

PATHS = [
    ("GET", "/fv/v1/messages"),
    ("GET", "/fv/v1/messages/{message}"),
    ("POST", "/fv/v1/messages/{message}/receipt"),
    ("POST", "/fv/v1/messages/{message}/refusal"),
]
NOBODY = "00000000-0000-4000-8000-000000000000"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_in(tmp_path_factory.mktemp("fachverfahren")) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(house: House) -> Iterator[httpx.Client]:
    with answering(house) as opened:
        yield opened


def fachverfahren(house: House, client: httpx.Client, carrier: str) -> httpx.Client:
    words = house.folder.secret(f"fv-{carrier}").read_text()
    headers = {"Authorization": f"Bearer {words}"}
    return httpx.Client(base_url=client.base_url, headers=headers, timeout=30)


@pytest.fixture(scope="module")
def kommune(house: House, client: httpx.Client) -> Iterator[httpx.Client]:
    with fachverfahren(house, client, "kommune") as opened:
        yield opened


@pytest.fixture(scope="module")
def agentur(house: House, client: httpx.Client) -> Iterator[httpx.Client]:
    with fachverfahren(house, client, "agentur") as opened:
        yield opened


def last_message(fach: httpx.Client) -> dict[str, Any]:
    found = fach.get("/fv/v1/messages", params={"limit": 1000}).json()
    last: dict[str, Any] = found["messages"][-1]
    return last


@pytest.fixture
def message(house: House, kommune: httpx.Client) -> str:
    """Return a new message of the municipality."""
    file_one(house, document())
    return str(last_message(kommune)["id"])


def receipt_for(message: str) -> bytes:
    return build_0102(
        ReceiptConfirmation(message, dt.datetime(2026, 3, 3, tzinfo=dt.UTC), "Fach", "Post")
    )


GIVEN = ["", "Bearer", "Bearer falsch", "Basic {token}", "{token}", "Bearer {token}x"]


@pytest.mark.parametrize("given", GIVEN)
def test_without_the_right_token_nothing_is_said(
    house: House, client: httpx.Client, message: str, *, given: str
) -> None:
    words = house.folder.secret("fv-kommune").read_text()
    headers = {"Authorization": given.format(token=words)} if given else {}
    for method, path in PATHS:
        address = path.format(message=message)
        answer = client.request(method, address, headers=headers, content=b'{"reason": "x"}')
        assert_problem(answer, 401, "not_signed_in")
        assert answer.headers["www-authenticate"] == "Bearer"
        assert message not in answer.text


def test_messages_are_listed_behind_a_cursor(
    house: House, message: str, kommune: httpx.Client
) -> None:
    said = kommune.get("/fv/v1/messages", params={"limit": 1000}).json()
    assert said["carrier"] == "kommune"
    last = said["messages"][-1]
    assert set(last) == {"seq", "id", "state", "created_at"}
    assert (last["id"], last["state"]) == (message, "waiting")
    file_one(house, document())
    newer = kommune.get("/fv/v1/messages", params={"after": last["seq"]}).json()
    assert [one["seq"] > last["seq"] for one in newer["messages"]] == [True]


@pytest.mark.parametrize("query", ["after=-1", "after=x", "limit=0", "limit=1001"])
def test_a_cursor_that_is_none_is_refused(kommune: httpx.Client, query: str) -> None:
    answer = kommune.get(f"/fv/v1/messages?{query}")
    assert_problem(answer, 422, "malformed")


def test_a_package_is_pulled_and_acknowledged(message: str, kommune: httpx.Client) -> None:
    answer = kommune.get(f"/fv/v1/messages/{message}")
    assert answer.headers["content-type"] == "application/zip"
    assert f"{message}_Information.Information.0101.zip" in answer.headers["content-disposition"]
    package = unpack(answer.content)
    assert package.announcement.process_id == message
    assert list(package.files.values()) == [b"%PDF a letter"]
    assert kommune.get(f"/fv/v1/messages/{message}").content == answer.content
    for _ in range(2):
        taken = kommune.post(f"/fv/v1/messages/{message}/receipt", content=receipt_for(message))
        assert (taken.status_code, taken.content) == (204, b"")
    listed = kommune.get("/fv/v1/messages", params={"limit": 1000}).text
    assert message not in listed


def test_a_refusal_reaches_the_carriers_list(
    house: House, message: str, kommune: httpx.Client
) -> None:
    package = unpack(kommune.get(f"/fv/v1/messages/{message}").content)
    answer = kommune.post(f"/fv/v1/messages/{message}/refusal", json={"reason": "Falsche Akte"})
    assert answer.status_code == 204
    refusals = house.offices[CarrierId("kommune")].delivery.refusals()
    assert refusals[package.announcement.document_id] == "Falsche Akte"


@pytest.mark.parametrize(
    "body",
    [b"", b"{}", b'{"reason": ""}', b'{"reason": "   "}', b'{"reason": 1}', b"[]", b"\xff",
     b'{"reason": "\\ud800"}', b'{"reason": "' + b"x" * 501 + b'"}'],
)  # fmt: skip
def test_a_refusal_without_a_reason_is_refused(
    message: str, kommune: httpx.Client, *, body: bytes
) -> None:
    kommune.get(f"/fv/v1/messages/{message}")
    headers = {"Content-Type": "application/json"}
    answer = kommune.post(f"/fv/v1/messages/{message}/refusal", content=body, headers=headers)
    assert_problem(answer, 422, "malformed")


@pytest.mark.parametrize(
    ("body", "status", "code"),
    [
        (b"", 422, "invalid_message"),
        (b"<xml/>", 422, "invalid_message"),
        (b"x" * (1024 * 1024 + 1), 413, "too_large"),
        (receipt_for(NOBODY), 422, "malformed"),
    ],
)
def test_an_answer_that_is_no_receipt_for_this_message_is_refused(
    message: str,
    kommune: httpx.Client,
    *,
    body: bytes,
    status: int,
    code: str,
) -> None:
    kommune.get(f"/fv/v1/messages/{message}")
    answer = kommune.post(f"/fv/v1/messages/{message}/receipt", content=body)
    assert_problem(answer, status, code)


def test_an_answer_before_the_pull_is_refused(message: str, kommune: httpx.Client) -> None:
    path = f"/fv/v1/messages/{message}"
    for answer in (
        kommune.post(f"{path}/receipt", content=receipt_for(message)),
        kommune.post(f"{path}/refusal", json={"reason": "zu früh"}),
    ):
        assert_problem(answer, 409, "not_allowed_now")


def test_the_other_carriers_token_neither_sees_nor_fetches_nor_answers(
    house: House, message: str, *, agentur: httpx.Client
) -> None:
    listed = agentur.get("/fv/v1/messages", params={"limit": 1000})
    assert (listed.json()["carrier"], message in listed.text) == ("agentur", False)
    path = f"/fv/v1/messages/{message}"
    for answer in (
        agentur.get(path),
        agentur.post(f"{path}/receipt", content=receipt_for(message)),
        agentur.post(f"{path}/refusal", json={"reason": "meins"}),
    ):
        assert_problem(answer, 404, "not_found")
    waiting = house.offices[CarrierId("kommune")].delivery.waiting(limit=1000)
    assert (waiting[-1].id, waiting[-1].state) == (message, "waiting")


def test_a_document_for_both_carriers_is_two_messages_of_their_own(
    house: House, kommune: httpx.Client, agentur: httpx.Client
) -> None:
    file_one(house, document(type=TypeCode("hauptantrag")))
    ids = [last_message(fach)["id"] for fach in (kommune, agentur)]
    packages = [
        unpack(fach.get(f"/fv/v1/messages/{message}").content)
        for message, fach in zip(ids, (kommune, agentur), strict=True)
    ]
    assert ids[0] != ids[1]
    assert len({package.announcement.document_id for package in packages}) == 2
    assert len({package.announcement.recipient for package in packages}) == 2
    assert {tuple(package.files.values()) for package in packages} == {(b"%PDF a letter",)}


@pytest.mark.parametrize("name", [NOBODY, "x", "..", "%2e%2e", "' OR 1=1"])
def test_a_message_that_does_not_exist_is_not_found(kommune: httpx.Client, name: str) -> None:
    answer = kommune.get(f"/fv/v1/messages/{name}")
    assert answer.status_code == 404
