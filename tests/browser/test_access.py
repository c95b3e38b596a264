"""Every page for everybody: no finding of axe-core, and nothing to scroll sideways on a phone."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Site, text_file


def findings(page: Page, axe: str) -> list[str]:
    page.wait_for_load_state("networkidle")
    page.evaluate(axe)
    result = page.evaluate("axe.run(document, {resultTypes: ['violations']})")
    return [
        f"{rule['id']}: {node['html']}" for rule in result["violations"] for node in rule["nodes"]
    ]


def check(page: Page, axe: str) -> None:
    assert findings(page, axe) == []
    assert page.locator("h1").count() == 1
    width = page.evaluate("[document.documentElement.scrollWidth, innerWidth]")
    assert width[0] <= width[1], "the page scrolls sideways"


@pytest.fixture(params=["page", "phone"])
def screen(request: pytest.FixtureRequest) -> Page:
    """Return each of the two screens."""
    shown: Page = request.getfixturevalue(request.param)
    return shown


@pytest.mark.parametrize("path", ["/", "/status", "/anmelden"])
def test_the_open_pages(site: Site, screen: Page, axe: str, *, path: str) -> None:
    screen.goto(f"{site.url}{path}")
    check(screen, axe)


def test_problems_and_receipt(site: Site, screen: Page, axe: str) -> None:
    screen.goto(site.url)
    screen.get_by_role("button", name="Unterlagen absenden").click()
    expect(screen.get_by_role("alert")).to_be_visible()
    check(screen, axe)
    letter = text_file("brief.txt", b"Brief")
    screen.get_by_label("Dateien auswählen").set_input_files([letter])
    check(screen, axe)
    screen.get_by_role("button", name="Unterlagen absenden").click()
    expect(screen.get_by_role("heading", level=1)).to_contain_text("angekommen")
    check(screen, axe)
    code = screen.locator('[data-slot="code"]').inner_text()
    screen.goto(f"{site.url}/status")
    screen.get_by_label("Eingangscode").fill("falsch")
    screen.get_by_role("button", name="Stand anzeigen").click()
    check(screen, axe)
    screen.get_by_label("Eingangscode").fill(code)
    screen.get_by_role("button", name="Stand anzeigen").click()
    check(screen, axe)


def test_the_scan_and_clearing_desk(site: Site, screen: Page, axe: str) -> None:
    site.sign_in(screen, "scanstelle", to="/scan")
    check(screen, axe)
    screen.get_by_label("Anzahl der Blätter").fill("0")
    screen.get_by_role("button", name="Trennblätter als PDF").click()
    expect(screen.get_by_role("alert")).to_be_focused()
    check(screen, axe)
    screen.goto(f"{site.url}/klaerung")
    check(screen, axe)
    screen.get_by_role("link", name="noch-eine.txt").click()
    check(screen, axe)
    screen.get_by_text("Erkannter Text").click()
    screen.get_by_role("button", name="So ablegen").click()
    expect(screen.get_by_role("alert")).to_be_focused()
    check(screen, axe)


def test_the_e_file(site: Site, screen: Page, axe: str) -> None:
    site.sign_in(screen, "kommune")
    check(screen, axe)
    screen.get_by_role("link", name="Mietvertrag").last.click()
    check(screen, axe)
    screen.get_by_text("Erkannter Text").click()
    check(screen, axe)
    screen.get_by_role("navigation", name="Zurück").get_by_role("link").last.click()
    check(screen, axe)
    screen.goto(f"{site.url}/akte/kommune/suche")
    screen.get_by_label("In der E-Akte suchen").fill("Mietsache")
    screen.get_by_role("button", name="Suchen").click()
    check(screen, axe)
    screen.goto(f"{site.url}/akte/agentur")
    check(screen, axe)
