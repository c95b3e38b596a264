"""The sample post: fictitious, repeatable, varied, and what its expectations say."""

import email
import hashlib
import io
import re
import zipfile
from collections import Counter
from email.policy import default
from pathlib import Path

import pikepdf
import pillow_heif
import pypdfium2  # it ships no types
import pytest
import zxingcpp
from PIL import Image

import app.samples
from app.samples import SampleItem, sample_post
from app.samples.layouts import letter_pdf
from app.samples.letters import LETTERS
from app.samples.people import PEOPLE, fictitious_iban
from app.samples.post import sample_count
from app.samples.stack import STACK
from domain.identifiers import parse_bg_nummer, parse_iban, parse_kundennummer
from domain.post import Channel, ItemStatus
from intake.sheetcodes import is_separator

KEY = bytes(range(32))
# SHA-256 of the test file that the EICAR has published.
EICAR = "275a021bbfb6489e54d471899f7db9d1663fc695ec2fe2a2c4538aabf651fd0f"


@pytest.fixture(scope="module")
def post() -> dict[str, SampleItem]:
    return {item.name: item for item in sample_post(separator_key=KEY)}


def texts(pdf: bytes) -> list[str]:
    with pypdfium2.PdfDocument(pdf) as document:
        return [page.get_textpage().get_text_range() for page in document]


def test_there_is_enough_of_everything(post: dict[str, SampleItem]) -> None:
    documents = [expected for item in post.values() for expected in item.expected]
    assert len(post) == sample_count() >= 28
    assert len({expected.type for expected in documents if expected.type}) >= 20
    assert {item.channel for item in post.values()} == set(Channel)
    assert {expected.state for expected in documents} == {
        ItemStatus.FILED,
        ItemStatus.CLEARING,
        ItemStatus.QUARANTINED,
    }
    assert {expected.carriers for expected in documents} == {
        (),
        ("agentur",),
        ("kommune",),
        ("agentur", "kommune"),
    }


def test_only_what_has_a_carrier_is_expected_to_be_filed(post: dict[str, SampleItem]) -> None:
    for item in post.values():
        assert item.expected
        for expected in item.expected:
            assert bool(expected.carriers) == (expected.state is ItemStatus.FILED)


def test_the_post_is_made_on_demand() -> None:
    items = sample_post(separator_key=KEY)
    first = next(items)
    assert first.content.startswith(b"%PDF")
    items.close()  # type: ignore[attr-defined]  # a generator, of which only one item was made


def test_the_same_key_gives_the_same_bytes(post: dict[str, SampleItem]) -> None:
    again = {item.name: item for item in sample_post(separator_key=KEY)}
    assert [name for name in post if again[name].content != post[name].content] == []


def test_every_kind_of_file_is_what_its_name_says(post: dict[str, SampleItem]) -> None:
    pillow_heif.register_heif_opener()
    formats = {}
    for name, item in post.items():
        if name.lower().endswith((".jpg", ".png", ".heic", ".tif")):
            with Image.open(io.BytesIO(item.content)) as image:
                image.load()
                formats[name] = (image.format, getattr(image, "n_frames", 1))
    kinds = Counter(kind for kind, _ in formats.values())
    assert kinds == {"JPEG": 5, "HEIF": 1, "PNG": 1, "TIFF": 1}
    assert formats["scan-0005.tif"] == ("TIFF", 2)


def test_scans_have_no_text_layer_and_exports_have_one(post: dict[str, SampleItem]) -> None:
    assert "".join(texts(post["scan-0001.pdf"].content)).strip() == ""
    assert "Mietvertrag" in "".join(texts(post["Mietvertrag Wohnbau.pdf"].content))


def test_the_stack_is_divided_by_genuine_separator_sheets(post: dict[str, SampleItem]) -> None:
    stack = post["stapel-0009.pdf"]
    assert [expected.type for expected in stack.expected] == [code for code, _ in STACK]
    assert len(stack.expected) == 12
    sheets = []
    with pypdfium2.PdfDocument(stack.content) as document:
        assert len(document) == 25
        for number, page in enumerate(document, start=1):
            codes = zxingcpp.read_barcodes(page.render(scale=150 / 72).to_pil())
            if any(is_separator(code.text, key=KEY) for code in codes):
                sheets.append(number)
    assert sheets == [2, 4, 6, 8, 10, 12, 14, 17, 19, 21, 23]


def test_another_key_makes_another_stack(post: dict[str, SampleItem]) -> None:
    other = {item.name: item for item in sample_post(separator_key=bytes(32))}
    changed = [name for name in post if other[name].content != post[name].content]
    assert changed == ["stapel-0009.pdf"]


def test_e_mails_have_a_body_and_two_attachments(post: dict[str, SampleItem]) -> None:
    mails = [item for name, item in post.items() if name.endswith(".eml")]
    assert len(mails) == 2
    for item in mails:
        message = email.message_from_bytes(item.content, policy=default)
        body = message.get_body(("plain",))
        assert body is not None
        assert len(body.get_content().split()) > 40
        assert len(list(message.iter_attachments())) == 2
        assert [expected.state.value for expected in item.expected] == [
            "clearing",
            "filed",
            "filed",
        ]
        assert not message.defects


def test_the_office_file_is_a_package_with_a_document(post: dict[str, SampleItem]) -> None:
    with zipfile.ZipFile(io.BytesIO(post["Lebenslauf.docx"].content)) as archive:
        assert archive.testzip() is None
        assert "[Content_Types].xml" in archive.namelist()
        assert "Beruflicher Werdegang" in archive.read("word/document.xml").decode()


def test_unreadable_files_cannot_be_opened(post: dict[str, SampleItem]) -> None:
    with pytest.raises(pikepdf.PasswordError):
        pikepdf.open(io.BytesIO(post["Bescheid mit Passwort.pdf"].content))
    with pytest.raises(pikepdf.PdfError):
        pikepdf.open(io.BytesIO(post["Bescheid (abgebrochen).pdf"].content))


def test_the_test_virus_is_exact_and_not_in_the_sources(post: dict[str, SampleItem]) -> None:
    content = post["Gutschein.com"].content
    assert hashlib.sha256(content).hexdigest() == EICAR
    folder = Path(app.samples.__file__).parent
    sources = list(folder.rglob("*.py"))
    assert sources
    assert not any(content in source.read_bytes() for source in sources)
    assert post["Gutschein.com"].expected[0].state is ItemStatus.QUARANTINED


@pytest.mark.parametrize("who", range(len(PEOPLE)))
def test_numbers_are_well_formed_and_nobodys(who: int) -> None:
    person = PEOPLE[who]
    assert parse_iban(person.iban) is not None
    assert person.iban.replace(" ", "")[4] == "9"
    assert parse_bg_nummer(person.bg_nummer) == person.bg_nummer
    assert parse_kundennummer(person.kundennummer) == person.kundennummer


def test_an_iban_has_its_check_number_also_when_that_is_small() -> None:
    ibans = [fictitious_iban(account) for account in range(200)]
    assert all(parse_iban(iban) == iban for iban in ibans)
    assert any(iban[2] == "0" for iban in ibans)


@pytest.mark.parametrize("code", sorted(LETTERS))
def test_each_letter_fills_a_page_with_words(code: str) -> None:
    for person in PEOPLE:
        pages = texts(letter_pdf(LETTERS[code], person))
        words = re.findall(r"\w{2,}", " ".join(pages))
        assert len(pages) == (2 if code in {"mietvertrag", "arbeitsvertrag"} else 1)
        assert len(words) >= (30 if code == "personalausweis" else 100)
        assert person.last.casefold() in " ".join(pages).casefold() or code == "sonstiges"
        assert not re.search(r"[{}\u25a0\ufffd]", " ".join(pages))
