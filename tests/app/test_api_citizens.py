"""The citizens' API: receipts that prove, keys that repeat, codes that never stand in a URL."""

import dataclasses
import hashlib
import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import httpx
import pypdfium2
import pytest
from sqlalchemy import text

from app.house import House
from domain.errors import PoststelleError
from domain.ids import SubmissionId
from intake.status import whereabouts
from tests.app.houses import (
    PreparedReader,
    answering,
    document,
    file_one,
    house_in,
    reading,
    reading_with,
    work_off,
)

CODE = re.compile(r"[A-Z2-7]{26}")
FILES = [("files", ("lohn.pdf", b"%PDF-1.7 eins")), ("files", ("Müll & Söhne.txt", b"zwei"))]


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    with house_in(tmp_path_factory.mktemp("citizens"), max_item_bytes=10_000) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(house: House) -> Iterator[httpx.Client]:
    with answering(house) as opened:
        yield opened


def submitted(client: httpx.Client, **headers: str) -> dict[str, Any]:
    answer = client.post("/api/v1/submissions", files=FILES, headers=headers)
    assert answer.status_code == 201, answer.text
    said: dict[str, Any] = answer.json()
    return said


def assert_problem(answer: httpx.Response, status: int, code: str) -> None:
    assert answer.status_code == status, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    said = answer.json()
    assert set(said) == {"type", "code", "status", "title", "title_en", "detail", "retry"}
    assert (said["status"], said["code"]) == (status, code)
    assert said["type"] == f"urn:poststelle:problem:{code}"
    assert said["title"] != said["title_en"]


def test_a_submission_gets_a_receipt_that_proves_each_file(client: httpx.Client) -> None:
    receipt = submitted(client)
    assert list(receipt) == ["receipt_code", "submission_id", "channel", "received_at", "items"]
    assert CODE.fullmatch(receipt["receipt_code"])
    assert receipt["channel"] == "app"
    assert receipt["received_at"].endswith("+00:00")
    assert receipt["items"] == [
        {"name": name, "size": len(content), "sha256": hashlib.sha256(content).hexdigest()}
        for _, (name, content) in FILES
    ]


def test_one_file_can_be_sent_raw(client: httpx.Client) -> None:
    headers = {"Content-Disposition": 'attachment; filename="lohn.pdf"'}
    answer = client.put("/api/v1/items", content=b"eins", headers=headers)
    assert answer.status_code == 201
    (item,) = answer.json()["items"]
    assert item == {"name": "lohn.pdf", "size": 4, "sha256": hashlib.sha256(b"eins").hexdigest()}


@pytest.mark.parametrize(
    ("disposition", "name"),
    [
        ('attachment; filename="Müll.pdf"', "Müll.pdf"),
        ("attachment; filename*=UTF-8''M%C3%BCll.pdf", "Müll.pdf"),
        ("attachment; filename=\"x.pdf\"; filename*=utf-8'de'M%C3%BCll%20.pdf", "Müll .pdf"),
        ('attachment; filename="../../etc/passwd"', "passwd"),
        ('attachment; filename="C:\\post\\lohn.pdf"', "lohn.pdf"),
        ("attachment; filename*=UTF-8''..%2F..%2Fx.pdf", "x.pdf"),
        ("attachment", "ohne Namen"),
        ("", "ohne Namen"),
    ],
)
def test_the_name_of_a_raw_file_is_its_last_segment(
    client: httpx.Client, disposition: str, name: str
) -> None:
    headers = {b"Content-Disposition": disposition.encode()}
    answer = client.put("/api/v1/items", content=b"eins", headers=headers)
    assert answer.json()["items"][0]["name"] == name


def test_the_same_key_with_the_same_files_gets_the_same_receipt(
    house: House, client: httpx.Client
) -> None:
    key = {"Idempotency-Key": "brief-1"}
    first = submitted(client, **key)
    assert submitted(client, **key) == first
    places = tuple(whereabouts(house.intake, SubmissionId(first["submission_id"])))
    assert len(places) == 2


def test_without_a_key_each_request_is_a_submission_of_its_own(client: httpx.Client) -> None:
    codes = {submitted(client)["receipt_code"] for _ in range(3)}
    assert len(codes) == 3


def test_the_same_key_with_other_files_is_a_conflict(client: httpx.Client) -> None:
    key = {"Idempotency-Key": "brief-2"}
    submitted(client, **key)
    for files in (FILES[:1], FILES[::-1], [("files", ("lohn.pdf", b"anderes"))]):
        answer = client.post("/api/v1/submissions", files=files, headers=key)
        assert_problem(answer, 409, "idempotency_conflict")


def test_the_key_may_stand_in_the_form_and_works_for_raw_files(client: httpx.Client) -> None:
    fields = {"idempotency_key": "brief-3"}
    first = client.post("/api/v1/submissions", files=FILES[:1], data=fields).json()
    again = client.post("/api/v1/submissions", files=FILES[:1], data=fields).json()
    raw = client.put(
        "/api/v1/items", content=FILES[0][1][1], headers={"Idempotency-Key": "brief-3"}
    )
    assert first == again == raw.json()


@pytest.mark.parametrize("key", ["x" * 256, "a\tb", "ü\x85"])
def test_a_key_that_is_no_key_is_refused(client: httpx.Client, key: str) -> None:
    headers = {b"Idempotency-Key": key.encode("latin-1")}
    answer = client.put("/api/v1/items", content=b"x", headers=headers)
    assert_problem(answer, 422, "malformed")


def test_a_raw_file_outside_the_limits_is_refused(client: httpx.Client) -> None:
    assert_problem(client.put("/api/v1/items", content=b""), 422, "empty")
    assert_problem(client.put("/api/v1/items", content=b"x" * 10_001), 413, "too_large")


def test_the_status_follows_the_receipt_code(house: House, client: httpx.Client) -> None:
    receipt = submitted(client)
    said = client.post("/api/v1/status", json={"receipt_code": receipt["receipt_code"]}).json()
    assert [item["status"] for item in said["items"]] == ["in_flight", "in_flight"]
    work_off(reading_with(house, PreparedReader(lambda _: reading(document()))))
    said = client.post("/api/v1/status", json={"receipt_code": receipt["receipt_code"]}).json()
    assert [item["status"] for item in said["items"]] == ["filed", "filed"]
    assert {name: said[name] for name in receipt if name != "items"} == {
        name: receipt[name] for name in receipt if name != "items"
    }
    assert set(said["items"][0]) == {
        "name", "size", "sha256", "status", "reason", "reason_de", "reason_en",
    }  # fmt: skip


def test_the_code_may_be_typed_as_people_do(house: House, client: httpx.Client) -> None:
    code = file_one(house).code
    typed = " ".join(code[at : at + 4] for at in range(0, 26, 4)).lower()
    answer = client.post("/api/v1/status", json={"receipt_code": typed})
    assert answer.json()["receipt_code"] == code


@pytest.mark.parametrize("path", ["/api/v1/status", "/api/v1/receipts/pdf"])
@pytest.mark.parametrize("code", ["", "A" * 26, "' OR 1=1 --", "ABC", "2" * 100])
def test_a_wrong_code_is_not_found(client: httpx.Client, path: str, code: str) -> None:
    assert_problem(client.post(path, json={"receipt_code": code}), 404, "not_found")


@pytest.mark.parametrize("path", ["/api/v1/status", "/api/v1/receipts/pdf"])
@pytest.mark.parametrize(
    "body", [b"", b"null", b"[]", b"{}", b'{"receipt_code": 1}', b"{" * 9000, b"\xff"]
)
def test_a_question_that_is_none_is_refused(client: httpx.Client, path: str, body: bytes) -> None:
    answer = client.post(path, content=body, headers={"Content-Type": "application/json"})
    assert_problem(answer, 422, "malformed")


def test_the_receipt_as_pdf_shows_the_code_and_the_digests(client: httpx.Client) -> None:
    receipt = submitted(client)
    answer = client.post("/api/v1/receipts/pdf", json={"receipt_code": receipt["receipt_code"]})
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.content.startswith(b"%PDF-")
    with pypdfium2.PdfDocument(io.BytesIO(answer.content)) as pdf:
        shown = "".join(page.get_textpage().get_text_range() for page in pdf)
    shown = re.sub(r"[\s\ufffe-]", "", shown)
    assert receipt["receipt_code"] in shown
    assert all(item["sha256"] in shown for item in receipt["items"])


def test_no_receipt_code_ever_stands_in_an_address(client: httpx.Client) -> None:
    code = submitted(client)["receipt_code"]
    described = client.get("/api/openapi.json").json()["paths"]
    for path, methods in described.items():
        assert "code" not in path
        places = [one for method in methods.values() for one in method.get("parameters", [])]
        assert not [one for one in places if "code" in one["name"]]
    for path in ("/api/v1/status", f"/api/v1/status/{code}", f"/api/v1/receipts/{code}"):
        assert client.get(path, params={"receipt_code": code}).status_code in {404, 405}


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "/api/v1/nothing", 404, "not_found"),
        ("GET", "/api/v1/submissions", 405, "method_not_allowed"),
        ("DELETE", "/api/v1/items", 405, "method_not_allowed"),
        ("POST", "/fv/v1/nothing", 404, "not_found"),
    ],
)
def test_the_frameworks_own_refusals_have_the_same_form(
    client: httpx.Client, method: str, path: str, *, status: int, code: str
) -> None:
    assert_problem(client.request(method, path), status, code)


def test_every_answer_is_kept_out_of_caches_and_frames(client: httpx.Client) -> None:
    for answer in (client.get("/health"), client.get("/api/v1/nothing"), client.get("/")):
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["x-frame-options"] == "DENY"
        assert answer.headers["referrer-policy"] in {"no-referrer", "same-origin"}


def test_what_nobody_foresaw_is_a_typed_answer_without_what_happened(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with house_in(tmp_path) as house:
        broken = dataclasses.replace(house, reception=_Falling())  # type: ignore[arg-type]  # a fault before the real one
        with answering(broken) as client:
            answer = client.post("/api/v1/submissions", files=FILES)
    assert_problem(answer, 500, PoststelleError.code)
    assert "Kanarienvogel" not in answer.text + caplog.text
    assert "request failed: ZeroDivisionError" in caplog.text


class _Falling:
    """A reception that fails in a way that no error of ours describes."""

    def begin(self, *_: object, **__: object) -> None:
        detail = "Kanarienvogel"
        raise ZeroDivisionError(detail)


def test_an_inner_error_is_a_typed_answer_without_what_happened(
    tmp_path_factory: pytest.TempPathFactory, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    with house_in(tmp_path_factory.mktemp("broken")) as house, answering(house) as client:
        receipt = submitted(client)
        with house.intake.database.transaction() as connection:
            connection.execute(text("ALTER TABLE submissions RENAME TO Kanarienvogel"))
        answers = [
            client.post("/api/v1/submissions", files=FILES),
            client.post("/api/v1/status", json={"receipt_code": receipt["receipt_code"]}),
        ]
    for answer in answers:
        assert_problem(answer, 503, "database_unavailable")
        assert answer.json()["detail"] == ""
        for trace in ("Traceback", "sqlalchemy", "Kanarienvogel", "submissions"):
            assert trace not in answer.text
    assert receipt["receipt_code"] not in caplog.text
    assert "lohn.pdf" not in caplog.text
    assert "request failed: database_unavailable" in caplog.text
