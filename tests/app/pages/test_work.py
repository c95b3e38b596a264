"""The work done through the pages, as a browser without scripts does it."""

import hashlib
import re

import pypdfium2  # it ships no types
import pytest
import zxingcpp

from domain.ids import CarrierId, DocumentId, TypeCode
from domain.post import Channel
from domain.reading import SheetNote
from intake.ledger import read_ledger
from intake.sheetcodes import read_sheet
from tests.app.pages.conftest import BG, TENANCY_PAPER, Service

KOMMUNE = CarrierId("kommune")


def received(service: Service, channel: Channel) -> int:
    with service.house.intake.database.reading() as connection:
        return next(line.received for line in read_ledger(connection) if line.channel is channel)


def test_handing_in_shows_a_receipt_that_names_each_file(service: Service) -> None:
    content = b"Eine Nachricht"
    answer = service.visitor().http.post("/abgeben", files={"files": ("brief.txt", content)})
    assert "Ihre Unterlagen sind angekommen" in answer.text
    assert hashlib.sha256(content).hexdigest() in answer.text
    assert "brief.txt" in answer.text
    assert "set-cookie" not in answer.headers


def test_the_receipt_can_be_kept_on_paper(service: Service) -> None:
    code = service.visitor().hand_in("brief.txt", b"Noch eine Nachricht")
    answer = service.visitor().http.post("/bestaetigung", data={"receipt_code": code})
    assert answer.content.startswith(b"%PDF-")
    assert answer.headers["content-disposition"].startswith("attachment;")


def test_the_same_form_sent_twice_arrives_once(service: Service) -> None:
    before = received(service, Channel.APP)
    codes = {
        service.visitor().hand_in("einmal.txt", b"Einmal", idempotency_key="ein-und-dieselbe")
        for _ in range(2)
    }
    assert len(codes) == 1
    assert received(service, Channel.APP) == before + 1


@pytest.mark.parametrize(
    ("content", "sentence"),
    [(b"", "Die Datei ist leer."), (b"x" * 1_000_001, "Die Datei ist zu groß.")],
)
def test_what_cannot_be_taken_is_said_at_the_field(
    service: Service, content: bytes, sentence: str
) -> None:
    before = received(service, Channel.APP)
    answer = service.visitor().http.post("/abgeben", files={"files": ("datei.txt", content)})
    assert answer.status_code in {413, 422}
    assert f'href="#files">{sentence}' in answer.text
    assert "<title>Fehler: " in answer.text
    assert received(service, Channel.APP) == before


def test_a_form_of_another_site_hands_nothing_in(service: Service) -> None:
    before = received(service, Channel.APP)
    answer = service.visitor().http.post(
        "/abgeben",
        files={"files": ("brief.txt", b"fremd")},
        headers={"Sec-Fetch-Site": "cross-site"},
    )
    assert answer.status_code == 409
    assert received(service, Channel.APP) == before


def test_the_status_is_told_to_whoever_holds_the_code(service: Service, filed: DocumentId) -> None:
    code = service.hand_in("noch-ein-vertrag.jpg", TENANCY_PAPER)
    spaced = " ".join(code.lower()[at : at + 4] for at in range(0, 26, 4))
    answer = service.visitor().http.post("/status", data={"receipt_code": spaced})
    assert "Abgelegt" in answer.text
    assert str(answer.url).endswith("/status")
    assert filed not in answer.text


@pytest.mark.parametrize("code", ["", "falsch", "A" * 26])
def test_a_code_of_nothing_tells_nothing(service: Service, code: str) -> None:
    answer = service.visitor().http.post("/status", data={"receipt_code": code})
    assert answer.status_code == 404
    assert 'href="#receipt_code">Zu diesem Eingangscode gibt es keine Sendung' in answer.text
    assert 'aria-invalid="true"' in answer.text


def test_scans_come_in_on_their_own_channel(service: Service) -> None:
    visitor = service.signed_in("scanstelle")
    before = received(service, Channel.SCAN)
    fields = {"csrf": visitor.token("/scan")}
    answer = visitor.http.post("/scan", data=fields, files={"files": ("stapel.txt", b"Stapel")})
    assert "Ihre Unterlagen sind angekommen" in answer.text
    assert received(service, Channel.SCAN) == before + 1


def test_scans_with_a_forged_token_are_not_taken(service: Service) -> None:
    visitor = service.signed_in("scanstelle")
    before = received(service, Channel.SCAN)
    answer = visitor.http.post(
        "/scan",
        data={"csrf": "geraten"},
        files={"files": ("stapel.txt", b"Stapel")},
        headers={"Accept": "application/json"},
    )
    assert (answer.status_code, answer.json()["code"]) == (409, "not_allowed_now")
    assert received(service, Channel.SCAN) == before


def test_separator_sheets_are_printed(service: Service) -> None:
    visitor = service.signed_in("scanstelle")
    answer = visitor.send("/scan/trennblaetter", page="/scan", fields={"count": "3"})
    assert answer.content.startswith(b"%PDF-")


@pytest.mark.parametrize("count", ["0", "501", "-1", "drei", "", "٣"])
def test_a_number_of_sheets_that_is_none_is_said_at_the_field(service: Service, count: str) -> None:
    visitor = service.signed_in("scanstelle")
    answer = visitor.send("/scan/trennblaetter", page="/scan", fields={"count": count})
    assert answer.status_code == 400
    assert 'href="#count">Bitte geben Sie eine ganze Zahl von 1 bis 500 ein.' in answer.text


def test_sheets_say_what_the_desk_states(service: Service) -> None:
    visitor = service.signed_in("scanstelle")
    stated = {"count": "1", "batch": "K 1", "type": "mietvertrag", "case": "12345BG0001234"}
    answer = visitor.send("/scan/trennblaetter", page="/scan", fields=stated)
    with pypdfium2.PdfDocument(answer.content) as pdf:
        (code, *_) = zxingcpp.read_barcodes(pdf[0].render(scale=200 / 72).to_pil())
        text = pdf[0].get_textpage().get_text_range()
    note = SheetNote("K 1", TypeCode("mietvertrag"), "12345//0001234")
    assert read_sheet(code.text, key=service.house.separator_key) == note
    assert "Art: Mietvertrag" in text


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"batch": "zu lang für ein Blatt"}, "höchstens 16 Zeichen"),
        ({"type": "sonstiges"}, "wählen Sie eine Art"),
        ({"type": "nichts"}, "wählen Sie eine Art"),
        ({"case": "1234"}, "BG-Nummer (12345//0001234)"),
    ],
)
def test_what_a_sheet_cannot_state_is_said_at_its_field(
    service: Service, wrong: dict[str, str], sentence: str
) -> None:
    visitor = service.signed_in("scanstelle")
    answer = visitor.send("/scan/trennblaetter", page="/scan", fields={"count": "1", **wrong})
    (field,) = wrong
    assert answer.status_code == 400
    assert f'href="#{field}"' in answer.text
    assert sentence in answer.text
    assert f'id="{field}-error"' in answer.text


WRONG_DECISIONS = (
    ({"type": "mietvertrag", "carriers": "agentur"}, "carriers", "nach dem Gesetz nicht"),
    ({"type": "mietvertrag"}, "carriers", "mindestens einen Träger"),
    ({"type": "mietvertrag", "carriers": "nirgends"}, "carriers", "mindestens einen Träger"),
    ({"type": "", "carriers": "kommune"}, "type", "was für ein Dokument"),
    (
        {"type": "mietvertrag", "carriers": "kommune", "reference": "12"},
        "reference",
        "weder eine BG-Nummer",
    ),
)


@pytest.mark.parametrize(("fields", "field", "sentence"), WRONG_DECISIONS)
def test_a_decision_that_cannot_be_is_said_at_its_field(
    service: Service, waiting: DocumentId, *, fields: dict[str, str], field: str, sentence: str
) -> None:
    visitor = service.signed_in("scanstelle")
    path = f"/klaerung/{waiting}"
    answer = visitor.send(path, page=path, fields=fields)
    assert answer.status_code == 400
    assert re.search(rf'href="#{field}">[^<]*{sentence}', answer.text)
    assert f'id="{field}-error"' in answer.text
    assert service.house.clearing.entry(waiting).record.id == waiting


def test_a_person_settles_and_the_next_one_is_shown(service: Service, waiting: DocumentId) -> None:
    document = service.waiting("wird-geklaert.txt")
    visitor = service.signed_in("scanstelle")
    path = f"/klaerung/{document}"
    fields = {"type": "mietvertrag", "carriers": "kommune", "reference": BG}
    answer = visitor.send(path, page=path, fields=fields)
    following = answer.headers["location"]
    assert following.startswith("/klaerung/")
    assert following != path
    assert "Das Dokument ist abgelegt." in visitor.http.get(following).text
    again = visitor.send(path, page="/klaerung/" + waiting, fields=fields)
    assert again.status_code == 409


def test_a_proposal_is_accepted_as_it_stands(service: Service) -> None:
    # The sender names another case than the contract, so that a person must decide.
    service.hand_in("strittig.jpg", TENANCY_PAPER, reference="99812//0000001")
    entries = service.house.clearing.waiting()
    document = next(entry.record.id for entry in entries if entry.file_name == "strittig.jpg")
    visitor = service.signed_in("scanstelle")
    path = f"/klaerung/{document}"
    text = visitor.http.get(path).text
    assert "Die Angaben zum Aktenzeichen widersprechen sich." in text
    assert "99812//0000001" in text
    answer = visitor.send(f"{path}/vorschlag", page=path, fields={})
    assert answer.status_code == 303
    assert visitor.http.get(path).status_code == 409


def test_where_nothing_is_proposed_nothing_can_be_accepted(
    service: Service, waiting: DocumentId
) -> None:
    visitor = service.signed_in("scanstelle")
    path = f"/klaerung/{waiting}"
    assert "Vorschlag übernehmen" not in visitor.http.get(path).text
    assert visitor.send(f"{path}/vorschlag", page=path, fields={}).status_code == 400
    assert service.house.clearing.entry(waiting).record.id == waiting


def test_the_clearing_desk_shows_page_and_original(service: Service, waiting: DocumentId) -> None:
    visitor = service.signed_in("scanstelle").http
    assert visitor.get(f"/klaerung/{waiting}/seite/99").status_code == 503
    page = visitor.get(f"/klaerung/{waiting}/seite/1")
    assert page.content.startswith(b"\x89PNG")
    original = visitor.get(f"/klaerung/{waiting}/original")
    assert b"Frage zu meinem letzten Schreiben" in original.content
    assert original.headers["x-content-type-options"] == "nosniff"
    assert "sandbox" in original.headers["content-security-policy"]
    assert "bleibt.txt" in original.headers["content-disposition"]


def test_what_senders_write_is_never_markup(service: Service) -> None:
    name = "<img src=x onerror=alert(1)>.txt"
    document = service.waiting(name)
    visitor = service.signed_in("scanstelle").http
    for path in ("/klaerung", f"/klaerung/{document}"):
        text = visitor.get(path).text
        assert "<img src=x" not in text
        assert "&lt;img src=x" in text
    disposition = visitor.get(f"/klaerung/{document}/original").headers["content-disposition"]
    assert '"' not in disposition.split('"')[1]


def test_a_caseworker_finds_and_opens_a_document(service: Service, filed: DocumentId) -> None:
    visitor = service.signed_in("kommune")
    path = f"/akte/kommune/dokument/{filed}"
    assert path in visitor.http.get("/akte/kommune").text
    fields = {"words": "Mietsache"}
    found = visitor.send("/akte/kommune/suche", page="/akte/kommune", fields=fields)
    assert path in found.text
    assert "<mark>Mietsache" in found.text
    assert "Mietsache" not in str(found.url)
    shown = visitor.http.get(path).text
    assert BG in shown
    assert "§ 22" in shown
    assert "Beispielhof" in shown


def test_a_case_shows_what_was_handed_in_together(service: Service, filed: DocumentId) -> None:
    case = service.house.offices[KOMMUNE].library.document(filed).case
    text = service.signed_in("kommune").http.get(f"/akte/kommune/fall/{case.id}").text
    assert f"Akte {BG}" in text
    assert f"/akte/kommune/dokument/{filed}" in text


def test_original_and_pdfa_can_be_kept(service: Service, filed: DocumentId) -> None:
    visitor = service.signed_in("kommune").http
    base = f"/akte/kommune/dokument/{filed}"
    assert visitor.get(f"{base}/datei/original").content == TENANCY_PAPER
    pdfa = visitor.get(f"{base}/datei/pdfa")
    assert pdfa.content.startswith(b"%PDF-")
    assert pdfa.headers["cache-control"] == "no-store"
    assert visitor.get(f"{base}/seite/1").content.startswith(b"\x89PNG")
    assert visitor.get(f"{base}/datei/text").status_code == 404


def test_who_opens_a_page_is_on_record(service: Service, filed: DocumentId) -> None:
    realm = service.house.offices[KOMMUNE].realm
    with realm.database.reading() as connection:
        before = realm.audit.verify(connection)
    service.signed_in("kommune").http.get(f"/akte/kommune/dokument/{filed}/seite/1")
    with realm.database.reading() as connection:
        assert realm.audit.verify(connection) > before


@pytest.mark.parametrize("words", ["", " ", "! ?", " ".join(f"wort{n}" for n in range(40))])
def test_a_search_without_words_says_so_at_the_field(service: Service, words: str) -> None:
    visitor = service.signed_in("kommune")
    answer = visitor.send("/akte/kommune/suche", page="/akte/kommune", fields={"words": words})
    assert answer.status_code == 400
    assert 'href="#words">' in answer.text


def test_a_search_for_nothing_finds_nothing(service: Service, filed: DocumentId) -> None:
    visitor = service.signed_in("kommune")
    fields = {"words": "Quastenflosser", "offset": "zwanzig"}
    answer = visitor.send("/akte/kommune/suche", page="/akte/kommune", fields=fields)
    assert "Kein Dokument enthält alle diese Wörter." in answer.text
    assert filed not in answer.text


def test_a_refusal_of_the_fachverfahren_is_shown_with_its_reason(
    service: Service, filed: DocumentId
) -> None:
    delivery = service.house.offices[KOMMUNE].delivery
    message = next(one.id for one in delivery.waiting() if one.document == filed)
    for _ in delivery.package(message, actor="fv"):
        pass
    delivery.refuse(message, "Die Akte ist geschlossen <b>", actor="fv")
    visitor = service.signed_in("kommune").http
    for path in ("/akte/kommune", f"/akte/kommune/dokument/{filed}"):
        text = visitor.get(path).text
        assert "Vom Fachverfahren abgelehnt" in text
        assert "Grund: Die Akte ist geschlossen &lt;b&gt;" in text


def test_behind_the_last_page_there_is_an_empty_one(service: Service) -> None:
    text = service.signed_in("kommune").http.get("/akte/kommune?seite=2").text
    assert "Auf dieser Seite stehen keine Dokumente." in text
    assert "Neuere" in text
    assert "<table" not in text
