"""Who gets in, who does not, and what a forged form can do: nothing."""

import re

import pytest

from app.bootstrap import demo_passwords
from domain.ids import DocumentId
from tests.app.pages.conftest import Service

STAFF_PATHS = ("/scan", "/klaerung", "/klaerung/nr", "/klaerung/nr/seite/1", "/akte/kommune")
PUBLIC_PATHS = ("/", "/status", "/anmelden", "/abgeben")
MATRIX = (
    ("scanstelle", "/scan", 200),
    ("scanstelle", "/klaerung", 200),
    ("scanstelle", "/akte/kommune", 404),
    ("scanstelle", "/akte/agentur", 404),
    ("kommune", "/akte/kommune", 200),
    ("kommune", "/akte/kommune/suche", 200),
    ("kommune", "/akte/agentur", 404),
    ("kommune", "/akte/nirgends", 404),
    ("kommune", "/scan", 403),
    ("kommune", "/klaerung", 403),
    ("agentur", "/akte/agentur", 200),
    ("agentur", "/akte/kommune", 404),
)


def still_waits(service: Service, document: DocumentId) -> bool:
    return service.house.clearing.entry(document).record.id == document


@pytest.mark.parametrize("path", STAFF_PATHS)
def test_nobody_sees_a_desk_without_signing_in(service: Service, path: str) -> None:
    answer = service.visitor().http.get(path)
    assert answer.status_code == 303
    assert answer.headers["location"] == f"/anmelden?zurueck={path}"


@pytest.mark.parametrize(("name", "path", "status"), MATRIX)
def test_each_role_sees_its_own_desk_only(
    service: Service, *, name: str, path: str, status: int
) -> None:
    assert service.signed_in(name).http.get(path).status_code == status


@pytest.mark.parametrize("tail", ["", "/seite/1", "/datei/original", "/datei/pdfa"])
def test_a_foreign_document_looks_like_none_at_all(
    service: Service, filed: DocumentId, tail: str
) -> None:
    own = service.signed_in("kommune").http.get(f"/akte/kommune/dokument/{filed}{tail}")
    assert own.status_code == 200
    foreign = service.signed_in("agentur").http
    answers = [
        foreign.get(path)
        for path in (
            f"/akte/kommune/dokument/{filed}{tail}",
            f"/akte/agentur/dokument/{filed}{tail}",
            f"/akte/agentur/dokument/gibt-es-nicht{tail}",
        )
    ]
    assert {answer.status_code for answer in answers} == {404}
    assert len({answer.text.replace(' aria-current="page"', "") for answer in answers}) == 1


@pytest.mark.parametrize("path", PUBLIC_PATHS)
def test_every_page_is_strict_about_its_surroundings(service: Service, path: str) -> None:
    headers = service.visitor().http.get(path).headers
    assert "default-src 'none'" in headers["content-security-policy"]
    assert "unsafe" not in headers["content-security-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]
    assert headers["cache-control"] == "no-store"
    assert headers["x-content-type-options"] == "nosniff"


@pytest.mark.parametrize("path", ["/", "/status"])
def test_citizens_get_no_cookie(service: Service, path: str) -> None:
    assert "set-cookie" not in service.visitor().http.get(path).headers


def test_the_session_cookie_is_out_of_reach_for_scripts_and_other_sites(service: Service) -> None:
    cookie = service.visitor().http.get("/anmelden").headers["set-cookie"].lower()
    assert "httponly" in cookie
    assert "samesite=strict" in cookie


@pytest.mark.parametrize("name", ["scanstelle", "niemand"])
def test_a_wrong_name_and_a_wrong_password_read_the_same(service: Service, name: str) -> None:
    visitor = service.visitor()
    fields = {"name": name, "password": "falsch"}
    answer = visitor.send("/anmelden", page="/anmelden", fields=fields)
    assert answer.status_code == 401
    assert "Name oder Passwort sind falsch" in answer.text
    assert visitor.http.get("/scan").status_code == 303


def test_signing_in_begins_a_new_session(service: Service) -> None:
    visitor = service.visitor()
    before = visitor.token("/anmelden")
    visitor.sign_in(service.house, "scanstelle")
    assert visitor.token("/scan") != before
    forged = visitor.http.post("/scan/trennblaetter", data={"csrf": before, "count": "1"})
    assert forged.status_code == 409


def test_whoever_works_stays_signed_in_and_images_do_not_count(
    service: Service, waiting: DocumentId
) -> None:
    visitor = service.signed_in("scanstelle").http
    assert "set-cookie" in visitor.get("/klaerung").headers
    assert "set-cookie" not in visitor.get(f"/klaerung/{waiting}/seite/1").headers


def test_signing_out_ends_the_session(service: Service) -> None:
    visitor = service.signed_in("scanstelle")
    answer = visitor.send("/abmelden", page="/scan", fields={})
    assert answer.headers["location"] == "/anmelden"
    assert "Sie sind abgemeldet." in visitor.http.get("/anmelden").text
    assert "Sie sind abgemeldet." not in visitor.http.get("/anmelden").text
    assert visitor.http.get("/scan").status_code == 303


@pytest.mark.parametrize(
    ("back", "target"),
    [
        ("/scan", "/scan"),
        ("", "/klaerung"),
        ("//boese.example/", "/klaerung"),
        ("https://boese.example/", "/klaerung"),
        ("/\\boese.example", "/klaerung"),
        ("javascript:alert(1)", "/klaerung"),
        ("/\t/boese.example", "/klaerung"),
    ],
)
def test_the_way_back_stays_in_the_house(service: Service, back: str, target: str) -> None:
    password = demo_passwords(service.house.folder)["scanstelle"]
    fields = {"name": "scanstelle", "password": password, "zurueck": back}
    answer = service.visitor().send("/anmelden", page="/anmelden", fields=fields)
    assert answer.headers["location"] == target


FORMS = (
    ("scanstelle", "/scan/trennblaetter"),
    ("scanstelle", "/klaerung/{waiting}"),
    ("scanstelle", "/klaerung/{waiting}/vorschlag"),
    ("scanstelle", "/abmelden"),
    ("kommune", "/akte/kommune/suche"),
)


@pytest.mark.parametrize(("name", "path"), FORMS)
@pytest.mark.parametrize("token", ["", "geraten", "ungültig"])
def test_a_form_without_the_token_of_its_session_does_nothing(
    service: Service, waiting: DocumentId, *, name: str, path: str, token: str
) -> None:
    visitor = service.signed_in(name)
    fields = {"csrf": token, "type": "mietvertrag", "carriers": "kommune", "count": "1"}
    answer = visitor.http.post(path.format(waiting=waiting), data=fields)
    assert answer.status_code == 409
    assert still_waits(service, waiting)
    assert visitor.http.get("/anmelden").status_code == 200


def test_a_form_from_nobody_leads_to_the_sign_in(service: Service) -> None:
    answer = service.visitor().http.post("/scan/trennblaetter", data={"count": "1"})
    assert answer.headers["location"] == "/anmelden"


def test_a_caseworker_cannot_settle_even_with_a_valid_token(
    service: Service, waiting: DocumentId
) -> None:
    visitor = service.signed_in("kommune")
    fields = {"type": "mietvertrag", "carriers": "kommune"}
    answer = visitor.send(f"/klaerung/{waiting}", page="/akte/kommune", fields=fields)
    assert answer.status_code == 403
    assert still_waits(service, waiting)


def test_a_form_that_would_be_spooled_to_disk_is_refused(service: Service) -> None:
    visitor = service.visitor()
    answer = visitor.http.post("/status", files={"receipt_code": ("x", b"A" * 26)})
    assert answer.status_code == 422


def test_a_form_without_end_is_refused(service: Service) -> None:
    answer = service.visitor().http.post("/status", data={"receipt_code": "A" * 70_000})
    assert answer.status_code == 422


@pytest.mark.parametrize("number", ["0", "-1", "viele"])
def test_a_page_number_that_is_none_is_refused_in_plain_words(
    service: Service, number: str
) -> None:
    answer = service.signed_in("kommune").http.get(f"/akte/kommune?seite={number}")
    assert answer.status_code == 422
    assert re.search(r"<h1[^>]*>Das hat nicht geklappt</h1>", answer.text)
