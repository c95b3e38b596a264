"""Receiving: straight into the seal while it streams; what breaks off leaves nothing behind."""

import hashlib
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from app.house import House
from domain.ids import INTAKE
from intake.tables import ITEMS, SUBMISSIONS
from tests.app.houses import answering, files_below, house_in, wait_until

CANARY = b"Kanarienvogel-im-Posteingang-"
BOUNDARY = "grenze"
FORM = f"multipart/form-data; boundary={BOUNDARY}"


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[House]:
    folder = tmp_path_factory.mktemp("receiving")
    with house_in(folder, max_item_bytes=2_000_000, max_items=3) as opened:
        yield opened


@pytest.fixture(scope="module")
def client(house: House) -> Iterator[httpx.Client]:
    with answering(house) as opened:
        yield opened


def part(name: str, value: bytes, *, file: str | None = None) -> bytes:
    suffix = "" if file is None else f'; filename="{file}"'
    head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"{suffix}\r\n\r\n'
    return head.encode() + value + b"\r\n"


END = f"--{BOUNDARY}--\r\n".encode()


def counted(house: House) -> tuple[int, int, int]:
    """Count submissions, items, and files in the bucket, finished or not."""
    with house.intake.database.reading() as connection:
        rows = [
            connection.execute(select(func.count()).select_from(table)).scalar_one()
            for table in (SUBMISSIONS, ITEMS)
        ]
    return rows[0], rows[1], len(files_below(house.folder.objects(INTAKE)))


def send(client: httpx.Client, body: bytes, *, kind: str = FORM) -> httpx.Response:
    headers = {"Content-Type": kind}
    return client.post("/api/v1/submissions", content=body, headers=headers)


def test_a_form_is_taken_with_its_fields_and_files(house: House, client: httpx.Client) -> None:
    body = part("name", b"Zoe Zwitschermann") + part("reference", b"12345//0000017")
    body += part("files", b"eins", file="a.txt") + part("files", b"zwei", file="b.txt") + END
    answer = send(client, body)
    assert answer.status_code == 201
    assert [(item["name"], item["size"]) for item in answer.json()["items"]] == [
        ("a.txt", 4),
        ("b.txt", 4),
    ]
    with house.intake.database.reading() as connection:
        note = house.intake.records.note(connection, answer.json()["submission_id"])
    assert (note.name, note.reference, note.message) == ("Zoe Zwitschermann", "12345//0000017", "")


def test_a_form_may_arrive_byte_by_byte(client: httpx.Client) -> None:
    content = b"\r\n--grenz und fast die Grenze\r\n--"
    body = part("files", content, file="a.txt") + END
    answer = client.post(
        "/api/v1/submissions",
        content=(body[at : at + 1] for at in range(len(body))),
        headers={"Content-Type": FORM},
    )
    assert answer.json()["items"][0]["sha256"] == hashlib.sha256(content).hexdigest()


GOOD = part("files", b"inhalt", file="a.txt")
BROKEN = {
    "nothing": b"",
    "no files": part("name", b"Zoe") + END,
    "only the end": END,
    "cut before the end": GOOD,
    "cut in a file": GOOD[:-4],
    "cut in a header": GOOD[:30],
    "another boundary": GOOD.replace(b"grenze", b"andere") + END,
    "an empty file": part("files", b"", file="a.txt") + END,
    "one good and one empty file": GOOD + part("files", b"", file="b.txt") + END,
    "a file in another part": part("datei", b"inhalt", file="a.txt") + END,
    "a file without a name": part("files", b"inhalt", file="") + END,
    "too many files": GOOD * 4 + END,
    "a field that is no text": part("name", b"\xff\xfe") + GOOD + END,
    "a field that is too long": part("message", b"x" * 9000) + GOOD + END,
    "a note that is too long": part("name", b"x" * 4001) + GOOD + END,
    "too many fields": b"".join(part(f"f{n}", b"x") for n in range(40)) + GOOD + END,
    "a header that is too long": GOOD.replace(b"form-data", b"form-data" + b"x" * 9000) + END,
    "too many headers": GOOD.replace(b"\r\n\r\n", b"\r\nA: b" * 100 + b"\r\n\r\n", 1) + END,
    "a header that is no text": GOOD.replace(b"a.txt", b"\xff.txt") + END,
    "no disposition": f"--{BOUNDARY}\r\n\r\ninhalt\r\n".encode() + END,
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_form_is_refused_and_leaves_nothing(
    house: House, client: httpx.Client, name: str
) -> None:
    before = counted(house)
    answer = send(client, BROKEN[name])
    assert answer.status_code == 422, answer.text
    assert answer.headers["content-type"] == "application/problem+json"
    assert counted(house) == before


@pytest.mark.parametrize(
    "kind",
    [
        "multipart/form-data",
        "multipart/form-data; boundary=",
        "multipart/form-data; boundary=" + "x" * 5000,
        "application/json",
        "application/x-www-form-urlencoded",
        "text/plain; boundary=grenze",
        "",
    ],
)
def test_a_form_without_a_boundary_is_refused(
    house: House, client: httpx.Client, kind: str
) -> None:
    before = counted(house)
    answer = send(client, GOOD + END, kind=kind)
    assert (answer.status_code, answer.json()["code"]) == (422, "malformed")
    assert counted(house) == before


def test_a_file_above_the_limit_is_refused_with_all_that_came_with_it(
    house: House, client: httpx.Client
) -> None:
    before = counted(house)
    answer = send(client, GOOD + part("files", b"x" * 2_000_001, file="gross.bin") + END)
    assert (answer.status_code, answer.json()["code"]) == (413, "too_large")
    assert counted(house) == before
    answer = send(client, part("files", b"x" * 2_000_000, file="genau.bin") + END)
    assert answer.status_code == 201


def test_what_announces_itself_as_too_large_is_refused_at_once(client: httpx.Client) -> None:
    with _connected(client) as connection:
        connection.sendall(_head(client, length=6_000_001))
        assert connection.recv(64).startswith(b"HTTP/1.1 413 ")


def _connected(client: httpx.Client) -> socket.socket:
    return socket.create_connection((client.base_url.host, client.base_url.port or 80), 20)


def _head(client: httpx.Client, *, length: int) -> bytes:
    return (
        f"POST /api/v1/submissions HTTP/1.1\r\nHost: {client.base_url.host}\r\n"
        f"Content-Type: {FORM}\r\nContent-Length: {length}\r\n\r\n"
    ).encode()


@pytest.fixture
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return the folder in which temporary files would appear."""
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_nothing_lies_in_the_clear_while_a_file_is_still_arriving(
    house: House, client: httpx.Client, temporary: Path
) -> None:
    before = counted(house)
    content = CANARY * 40_000
    body = part("name", CANARY) + part("files", content, file=CANARY.decode() + ".txt") + END
    bucket = house.folder.objects(INTAKE)
    with _connected(client) as connection:
        connection.sendall(_head(client, length=len(body)) + body[:-2000])
        wait_until(lambda: _size(bucket, skip=set()) > len(content) * 0.8)
        everything = files_below(house.folder.root) + files_below(temporary)
        assert not any(CANARY[:16] in path.read_bytes() for path in everything)
        assert not files_below(temporary)
        assert counted(house)[:2] == before[:2]
        connection.sendall(body[-2000:])
        assert connection.recv(64).startswith(b"HTTP/1.1 201 ")
    assert not any(CANARY[:16] in path.read_bytes() for path in files_below(house.folder.root))


def _size(folder: Path, *, skip: set[Path]) -> int:
    return max((path.stat().st_size for path in files_below(folder) if path not in skip), default=0)


@pytest.mark.parametrize("path", ["/api/v1/submissions", "/api/v1/items"])
def test_a_sender_that_hangs_up_leaves_nothing(
    house: House, client: httpx.Client, path: str
) -> None:
    bucket = house.folder.objects(INTAKE)
    before, lying = counted(house), set(files_below(bucket))
    body = part("files", b"x" * 1_500_000, file="a.txt")
    method = "PUT" if path.endswith("items") else "POST"
    head = _head(client, length=1_900_000).replace(
        b"POST /api/v1/submissions", b"%b %b" % (method.encode(), path.encode())
    )
    with _connected(client) as connection:
        connection.sendall(head + body)
        wait_until(lambda: _size(bucket, skip=lying) > 1_000_000)
    wait_until(lambda: counted(house) == before)


BYTES = st.binary(max_size=120)
PIECES = st.lists(
    st.one_of(
        BYTES,
        st.just(GOOD),
        st.just(END),
        st.builds(part, st.sampled_from(["name", "files", "message", "", "ü"]), BYTES),
        st.builds(
            lambda value, file: part("files", value, file=file),
            BYTES,
            st.text(max_size=40).filter(lambda text: "\r" not in text and "\n" not in text),
        ),
        st.sampled_from([b"--grenze\r\n", b"--grenze", b"\r\n", b"\r\n\r\n", b"--", b"\0" * 20]),
    ),
    max_size=7,
)


@given(pieces=PIECES)
@example(pieces=[GOOD, END, b"epilogue"])
@example(pieces=[b"preamble\r\n", GOOD, END])
@settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_whatever_comes_gets_a_receipt_or_a_typed_refusal(
    house: House, client: httpx.Client, pieces: list[bytes]
) -> None:
    submissions, items, files = counted(house)
    answer = send(client, b"".join(pieces))
    if answer.status_code == 201:
        brought = len(answer.json()["items"])
        assert counted(house) == (submissions + 1, items + brought, files + brought)
    else:
        assert answer.status_code in {413, 422}
        assert answer.headers["content-type"] == "application/problem+json"
        assert counted(house) == (submissions, items, files)


@given(body=st.binary(max_size=400), name=st.binary(max_size=60))
@settings(max_examples=60, deadline=None)
def test_any_bytes_under_any_name_are_taken_as_one_file(
    client: httpx.Client, body: bytes, name: bytes
) -> None:
    cleaned = bytes(byte for byte in name if byte >= 0x20 and byte != 0x7F)  # RFC 9110, 5.5
    headers = [(b"Content-Disposition", b'attachment; filename="' + cleaned + b'"')]
    answer = client.put("/api/v1/items", content=body, headers=headers)
    if not body:
        assert (answer.status_code, answer.json()["code"]) == (422, "empty")
    else:
        assert answer.json()["items"][0]["sha256"] == hashlib.sha256(body).hexdigest()
