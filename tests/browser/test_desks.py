"""The desks in a browser: a letter is cleared, a document is found, a stranger finds nothing."""

from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import BG, Site, text_file


def test_a_person_clears_a_letter(site: Site, page: Page) -> None:
    site.sign_in(page, "scanstelle", to="/klaerung")
    page.get_by_role("link", name="frage.txt").click()
    expect(page.get_by_role("img", name="Seite 1 von 1 des Dokuments")).to_be_visible()
    page.get_by_label("Art des Dokuments").select_option(label="Mietvertrag")
    expect(page.get_by_label("Agentur für Arbeit")).to_be_disabled()
    expect(page.get_by_label("Amt für Soziales")).to_be_checked()
    page.get_by_label("Aktenzeichen").fill("keine Nummer")
    page.get_by_role("button", name="So ablegen").click()
    expect(page.get_by_role("alert")).to_be_focused()
    page.get_by_role("alert").get_by_role("link").click()
    expect(page.get_by_label("Aktenzeichen")).to_be_focused()
    page.get_by_label("Aktenzeichen").fill(BG)
    page.get_by_role("button", name="So ablegen").click()
    expect(page.get_by_role("status").first).to_contain_text("Das Dokument ist abgelegt.")
    expect(page.get_by_role("heading", name="noch-eine.txt")).to_be_visible()


def test_a_type_chosen_before_the_script_has_arrived_counts(site: Site, page: Page) -> None:
    site.sign_in(page, "scanstelle", to="/klaerung")
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    page.route("**/static/clearing.js", hold)
    link = page.get_by_role("link", name="noch-eine.txt")
    page.goto(f"{site.url}{link.get_attribute('href')}", wait_until="commit")
    page.get_by_label("Art des Dokuments").select_option(label="Mietvertrag")
    expect(page.get_by_label("Amt für Soziales")).not_to_be_checked()
    held[0].continue_()
    expect(page.get_by_label("Amt für Soziales")).to_be_checked()
    expect(page.get_by_label("Agentur für Arbeit")).to_be_disabled()


def test_the_original_of_a_waiting_letter_can_be_kept(site: Site, page: Page) -> None:
    site.sign_in(page, "scanstelle", to="/klaerung")
    page.get_by_role("link", name="noch-eine.txt").click()
    with page.expect_download() as download:
        page.get_by_role("link", name="Original herunterladen").click()
    assert download.value.suggested_filename == "noch-eine.txt"


def test_a_document_is_found_and_read(site: Site, page: Page) -> None:
    site.sign_in(page, "kommune")
    page.get_by_label("In der E-Akte suchen").fill("Federkiel Mietsache")
    page.get_by_role("button", name="Suchen").click()
    assert "Federkiel" not in page.url
    expect(page.get_by_role("status")).to_contain_text("1 Dokument gefunden")
    page.get_by_role("link", name="Mietvertrag").click()
    image = page.get_by_role("img", name="Seite 1 von 1 des Dokuments")
    expect(image).to_be_visible()
    assert image.evaluate("image => image.decode().then(() => image.naturalWidth)") == 1000
    expect(page.get_by_text("§ 22")).to_be_visible()
    with page.expect_download() as download:
        page.get_by_role("link", name="PDF/A").click()
    assert download.value.suggested_filename == "mietvertrag.pdf"
    page.get_by_role("link", name=f"Akte {BG}").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Akte {BG}")


def test_a_stranger_finds_nothing(site: Site, page: Page) -> None:
    site.sign_in(page, "agentur")
    answer = page.goto(f"{site.url}/akte/kommune")
    assert answer is not None
    assert answer.status == 404
    expect(page.get_by_role("heading", level=1)).to_have_text("Nicht gefunden")


def test_scans_and_separator_sheets(site: Site, page: Page) -> None:
    site.sign_in(page, "scanstelle", to="/scan")
    page.wait_for_load_state()
    with page.expect_download() as download:
        page.get_by_role("button", name="Trennblätter als PDF").click()
    assert download.value.suggested_filename == "trennblaetter.pdf"
    stack = text_file("stapel.txt", b"Ein Stapel")
    page.get_by_label("Dateien auswählen").set_input_files([stack])
    page.get_by_role("button", name="Scans abgeben").click()
    expect(page.get_by_role("heading", name="Ihre Unterlagen sind angekommen")).to_be_focused()


def test_the_password_is_asked_again_after_signing_out(site: Site, page: Page) -> None:
    site.sign_in(page, "scanstelle", to="/scan")
    page.get_by_role("button", name="Abmelden").click()
    expect(page.get_by_role("status")).to_contain_text("Sie sind abgemeldet.")
    page.go_back()
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Anmelden")
