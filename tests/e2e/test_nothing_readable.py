"""At rest, nothing readable: canaries go in by every door, and every byte on disk is searched."""

import base64
import subprocess
import time
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import httpx

from tests.e2e.papers import SICK_NOTE, TENANCY, paper, scan
from tests.e2e.running import PROGRAM, environment, free_port, run, served

NAME = "Zwirbelhardt"
WORD = "Quaddelfunkel"
NUMBER = "4711388"
BG = f"98761//{NUMBER}"
FILE = "Knorpelwicht"
SENDER = "Schnurzelbach"
CANARIES = (NAME, WORD, NUMBER, FILE, SENDER)
SETTLE_SECONDS = 90


def test_no_canary_is_on_disk_anywhere(tmp_path: Path) -> None:
    data, temp = tmp_path / "data", tmp_path / "temp"
    temp.mkdir()
    env = environment(data, port=free_port(), temp=temp)
    log = tmp_path / "log"
    with served(env, log) as url:
        codes = list(_feed(url, data))
        _wait_until_settled(url, codes, data=data)
        run("search", "--carrier", "kommune", WORD, env=env)
        run("fv", "pull", "--carrier", "agentur", "--out", str(tmp_path / "taken"), env=env)
        found = [*_canaries_in(data), *_canaries_in(temp)]
    assert found == []
    assert [*_canaries_in(data), *_canaries_in(temp), *_canaries_in(log)] == []


def test_the_search_would_find_a_canary(tmp_path: Path) -> None:
    for number, form in enumerate(_forms(NAME)):
        (tmp_path / str(number)).write_bytes(b"..." + form + b"...")
    assert len(set(_canaries_in(tmp_path))) == len(_forms(NAME))


def test_no_canary_is_on_disk_after_a_kill_in_the_middle(tmp_path: Path) -> None:
    data, temp = tmp_path / "data", tmp_path / "temp"
    temp.mkdir()
    env = environment(data, temp=temp)
    file = tmp_path / f"{FILE}.pdf"
    file.write_bytes(scan_pdf())
    for seconds in (2.0, 3.0, 4.0):
        work = subprocess.Popen(
            [PROGRAM, "submit", file, file, "--wait"], env=env, stdout=subprocess.DEVNULL
        )
        time.sleep(seconds)
        work.kill()
        work.wait()
        assert [*_canaries_in(data), *_canaries_in(temp)] == []


def scan_pdf() -> bytes:
    return scan(paper(TENANCY, name=NAME, bg=BG, extra=WORD))


def _feed(url: str, data: Path) -> Iterator[str]:
    """Hand in by all channels; yield the receipt codes of the app's submissions."""
    contract = paper(TENANCY, name=f"Ada {NAME}", bg=BG, extra=WORD)
    uploads = {
        f"{FILE}.pdf": contract,
        f"{FILE}.jpg": scan(paper(SICK_NOTE, name=f"Ada {NAME}", bg=BG, extra=WORD)),
        f"{FILE}.txt": f"Guten Tag, hier schreibt {NAME}, {BG}, {WORD}.".encode(),
        f"{FILE}.bin": f"{WORD} {NAME}".encode() + bytes(range(256)),
    }
    for name, content in uploads.items():
        form = {"name": SENDER, "reference": BG, "message": f"{WORD} {SENDER}"}
        answer = httpx.post(
            f"{url}/api/v1/submissions", data=form, files={"files": (name, content)}, timeout=60
        )
        assert answer.status_code == 201, answer.text
        yield answer.json()["receipt_code"]
    (data / "inbox" / "scan" / f"{FILE}-1.pdf").write_bytes(contract)
    (data / "inbox" / "mail" / f"{FILE}-2.eml").write_bytes(_mail(contract))


def _mail(contract: bytes) -> bytes:
    mail = EmailMessage()
    mail["From"] = f"{SENDER}@example.org"
    mail["To"] = "post@example.org"
    mail["Subject"] = f"Unterlagen {NAME}"
    mail.set_content(f"Anbei mein Vertrag, {WORD}. Viele Grüße {NAME}")
    mail.add_attachment(contract, maintype="application", subtype="pdf", filename=f"{FILE}.pdf")
    return mail.as_bytes()


def _wait_until_settled(url: str, codes: list[str], *, data: Path) -> None:
    deadline = time.monotonic() + SETTLE_SECONDS
    while _in_flight(url, codes) or any((data / "inbox").rglob(f"{FILE}*")):
        assert time.monotonic() < deadline, "the post did not settle"
        time.sleep(0.5)
    time.sleep(5)


def _in_flight(url: str, codes: list[str]) -> bool:
    answers = (
        httpx.post(f"{url}/api/v1/status", json={"receipt_code": code}, timeout=60).json()
        for code in codes
    )
    return any(item["status"] == "in_flight" for answer in answers for item in answer["items"])


def _forms(canary: str) -> tuple[bytes, ...]:
    """Return a canary in the spellings in which it could lie on a disk."""
    plain = canary.encode()
    coded = base64.b64encode(b"x" + plain + b"x")[4:-4]
    return (
        plain.lower(),
        canary.encode("utf-16-le").lower(),
        plain.hex().encode(),
        coded.lower(),
    )


def _canaries_in(place: Path) -> Iterator[tuple[str, int]]:
    files = [place] if place.is_file() else [path for path in place.rglob("*") if path.is_file()]
    for path in files:
        try:
            content = path.read_bytes().lower()
        except FileNotFoundError:
            continue
        said = path.name.lower().encode()
        for number, canary in enumerate(CANARIES):
            if any(form in content + said for form in _forms(canary)):
                yield str(path), number
