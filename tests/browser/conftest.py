"""The program served for real, fed with post, and a real browser in front of it."""

import json
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest
from playwright.sync_api import Browser, FilePayload, Page, sync_playwright

from app.bootstrap import demo_passwords
from app.folders import DataFolder
from tests.e2e.papers import TENANCY, paper, scan
from tests.e2e.running import environment, free_port, served

BG = "99812//0047110"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
TENANCY_SCAN = scan(paper(TENANCY, name="Jorinde Federkiel", bg=BG))
QUESTION = b"Guten Tag, ich habe eine Frage zu meinem letzten Schreiben. Mit freundlichen Gruessen"
POST = (("mietvertrag.jpg", TENANCY_SCAN), ("frage.txt", QUESTION), ("noch-eine.txt", QUESTION))
REST_SECONDS = 120


def text_file(name: str, content: bytes) -> FilePayload:
    """Return a file as a person would choose it."""
    return {"name": name, "mimeType": "text/plain", "buffer": content}


@dataclass(frozen=True, slots=True)
class Site:
    """The address of the running service and the passwords of its accounts."""

    url: str
    passwords: dict[str, str]

    def sign_in(self, page: Page, name: str, *, to: str = "/anmelden") -> None:
        page.goto(f"{self.url}{to}")
        page.get_by_label("Kontoname").fill(name)
        page.get_by_label("Passwort").fill(self.passwords[name])
        page.get_by_role("button", name="Anmelden").click()
        page.get_by_role("button", name="Abmelden").wait_for()


@pytest.fixture(scope="package")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Site]:
    root = tmp_path_factory.mktemp("browser")
    env = environment(root / "data", port=free_port())
    with served({**env, "POSTSTELLE_MAX_ITEM_BYTES": "1000000"}, root / "log") as url:
        _feed(url)
        yield Site(url, demo_passwords(DataFolder(root / "data")))


@pytest.fixture(scope="package")
def chromium() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=list(ARGUMENTS))
        yield browser
        browser.close()


@pytest.fixture
def page(chromium: Browser) -> Iterator[Page]:
    """Return a page that fails the test where the content policy stops anything."""
    yield from _page(chromium, width=1280)


@pytest.fixture
def phone(chromium: Browser) -> Iterator[Page]:
    """Return a page on a phone of 360 CSS pixels."""
    yield from _page(chromium, width=360)


def _page(chromium: Browser, *, width: int) -> Iterator[Page]:
    small = width < 500
    context = chromium.new_context(
        viewport={"width": width, "height": 780}, is_mobile=small, has_touch=small
    )
    page = context.new_page()
    broken: list[str] = []
    page.on("pageerror", lambda error: broken.append(str(error)))
    page.on(
        "console",
        lambda said: broken.append(said.text) if "Content Security Policy" in said.text else None,
    )
    yield page
    context.close()
    assert broken == []


def _feed(url: str) -> None:
    files = [("files", entry) for entry in POST]
    answer = httpx.post(f"{url}/api/v1/submissions", files=files, timeout=60).raise_for_status()
    code = {"receipt_code": answer.json()["receipt_code"]}
    deadline = time.monotonic() + REST_SECONDS
    while True:
        said = httpx.post(f"{url}/api/v1/status", json=code, timeout=60).json()
        states = [item["status"] for item in said["items"]]
        if "in_flight" not in states:
            assert states == ["filed", "clearing", "clearing"], json.dumps(states)
            return
        assert time.monotonic() < deadline, "the post does not come to rest"
        time.sleep(0.2)


@pytest.fixture(scope="package")
def axe() -> str:
    """Return the accessibility checker, installed with the other front-end packages."""
    root = Path(__file__).parents[2]
    return (root / "web" / "node_modules" / "axe-core" / "axe.min.js").read_text("utf-8")
