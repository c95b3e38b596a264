"""A citizen hands in papers: with a mouse, with the keyboard, without scripts, on bad lines."""

import hashlib
import re
from pathlib import Path

from playwright.sync_api import Browser, FilePayload, Page, Route, expect

from tests.browser.conftest import Site, text_file

LETTER = text_file("Brief an das Amt.txt", b"Mein Brief")
SECOND = text_file("Seite zwei.txt", b"Und noch eine Seite")
DONE = "Ihre Unterlagen sind angekommen"


def choose(page: Page, *files: FilePayload) -> None:
    page.get_by_label("Dateien auswählen").set_input_files(list(files))


def send(page: Page) -> None:
    page.get_by_role("button", name="Unterlagen absenden").click()


def test_a_receipt_for_what_was_sent(site: Site, page: Page, tmp_path: Path) -> None:
    page.goto(site.url)
    page.get_by_label("Vorname und Nachname").fill("Jorinde Federkiel")
    choose(page, LETTER)
    choose(page, SECOND)
    expect(page.locator("#file-count")).to_contain_text("2 Dateien ausgewählt")
    send(page)
    expect(page.get_by_role("heading", name=DONE)).to_be_focused()
    expect(page).to_have_title(re.compile(f"^{DONE}"))
    expect(page.get_by_role("cell", name=hashlib.sha256(b"Mein Brief").hexdigest())).to_be_visible()
    code = page.locator('[data-slot="code"]').inner_text().replace(" ", "")
    assert re.fullmatch(r"[A-Z2-7]{26}", code)
    with page.expect_download() as download:
        page.get_by_role("button", name="Bestätigung als PDF").click()
    paper = tmp_path / "receipt.pdf"
    download.value.save_as(paper)
    assert paper.read_bytes().startswith(b"%PDF-")
    assert code not in page.url


def test_what_was_chosen_before_the_scripts_came_is_not_lost(site: Site, page: Page) -> None:
    held: list[Route] = []
    page.route("**/upload.js", lambda route: held.append(route))  # noqa: PLW0108 - playwright marks the function
    with page.expect_request("**/upload.js"):
        page.goto(site.url, wait_until="commit")
    page.locator("#files").set_input_files([LETTER])
    assert len(held) == 1, "the script was not held back"
    held[0].continue_()
    expect(page.get_by_role("button", name="Brief an das Amt.txt entfernen")).to_be_visible()
    send(page)
    expect(page.get_by_role("rowheader")).to_have_text(["Brief an das Amt.txt"])


def test_a_file_can_be_taken_off_the_list(site: Site, page: Page) -> None:
    page.goto(site.url)
    choose(page, LETTER, SECOND)
    page.get_by_role("button", name="Brief an das Amt.txt entfernen").click()
    expect(page.get_by_role("listitem").filter(has_text="Brief an das Amt.txt")).to_have_count(0)
    expect(page.get_by_role("button", name="Seite zwei.txt entfernen")).to_be_focused()
    send(page)
    expect(page.get_by_role("heading", name=DONE)).to_be_visible()
    expect(page.get_by_role("rowheader")).to_have_text(["Seite zwei.txt"])


def test_what_cannot_be_sent_is_said_before_sending(site: Site, page: Page) -> None:
    requests: list[str] = []
    page.on("request", lambda request: requests.append(request.method))
    page.goto(site.url)
    cases: tuple[tuple[tuple[FilePayload, ...], str], ...] = (
        ((), "Bitte wählen Sie mindestens eine Datei aus."),
        ((text_file("leer.txt", b""),), "ist leer"),
        ((text_file("lang.txt", b"x" * 1_000_001),), "ist zu groß"),
    )
    for files, sentence in cases:
        page.reload()
        choose(page, *files)
        send(page)
        alert = page.get_by_role("alert")
        expect(alert).to_be_focused()
        expect(alert).to_contain_text(sentence)
        expect(page.locator("#files-error")).to_contain_text(sentence)
        expect(page.locator("#files")).to_have_attribute("aria-invalid", "true")
    assert "POST" not in requests


def test_a_broken_line_is_repeated_without_arriving_twice(site: Site, page: Page) -> None:
    keys: list[str] = []
    codes: list[str] = []

    def cut(route: Route) -> None:
        """Let the service take the post, and lose its answer the first time."""
        keys.append(route.request.headers["idempotency-key"])
        answer = route.fetch()
        codes.append(answer.json()["receipt_code"])
        if len(keys) == 1:
            route.abort()
        else:
            route.fulfill(response=answer)

    page.route("**/api/v1/submissions", cut)
    page.goto(site.url)
    choose(page, LETTER)
    send(page)
    expect(page.get_by_role("alert")).to_contain_text("Die Verbindung ist unterbrochen")
    expect(page.get_by_role("button", name="Brief an das Amt.txt entfernen")).to_be_visible()
    send(page)
    expect(page.get_by_role("heading", name=DONE)).to_be_visible()
    assert len(keys) == 2
    assert len(set(keys)) == len(set(codes)) == 1


def test_other_contents_get_another_key(site: Site, page: Page) -> None:
    keys: list[str] = []

    def refuse(route: Route) -> None:
        keys.append(route.request.headers["idempotency-key"])
        route.abort()

    page.route("**/api/v1/submissions", refuse)
    page.goto(site.url)
    choose(page, LETTER)
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    choose(page, SECOND)
    send(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert len(set(keys)) == 2


def test_the_keyboard_is_enough(site: Site, page: Page) -> None:
    # The browser must know in advance that somebody waits for its file dialogue.
    page.on("filechooser", lambda _: None)
    page.goto(site.url)
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Zum Inhalt springen")).to_be_focused()
    page.keyboard.press("Enter")
    for label in ("BG-Nummer oder Kundennummer", "Vorname und Nachname", "Nachricht an uns"):
        page.keyboard.press("Tab")
        expect(page.get_by_label(label)).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.get_by_label("Dateien auswählen")).to_be_focused()
    with page.expect_file_chooser() as chooser:
        page.keyboard.press("Enter")
    chooser.value.set_files([LETTER])
    expect(page.get_by_role("button", name="Brief an das Amt.txt entfernen")).to_be_visible()
    for _ in range(2):
        page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Unterlagen absenden")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name=DONE)).to_be_focused()


def test_it_works_without_scripts(site: Site, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(site.url)
    choose(page, LETTER)
    send(page)
    expect(page.get_by_role("heading", name=DONE)).to_be_visible()
    code = page.locator("dd.code").inner_text()
    page.get_by_role("link", name="Stand abfragen").click()
    page.get_by_label("Eingangscode").fill(code)
    page.get_by_role("button", name="Stand anzeigen").click()
    expect(page.get_by_role("rowheader")).to_have_text(["Brief an das Amt.txt"])
    assert page.url == f"{site.url}/status"
    context.close()


def test_a_phone_offers_the_camera(site: Site, phone: Page) -> None:
    phone.goto(site.url)
    camera = phone.get_by_label("Foto aufnehmen")
    expect(phone.get_by_text("Foto aufnehmen")).to_be_visible()
    assert camera.get_attribute("capture") == "environment"
    camera.set_input_files([LETTER])
    choose(phone, SECOND)
    send(phone)
    expect(phone.get_by_role("heading", name=DONE)).to_be_visible()
    expect(phone.get_by_role("rowheader")).to_have_count(2)
