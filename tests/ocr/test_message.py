"""Messages are parsed into a text and files with harmless names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.reasons import Reason
from ocr.limits import ReadingStoppedError
from ocr.message import parse_message, safe_name, stripped
from tests.ocr import samples

HEAD = b"From: a@example.org\r\nSubject: =?utf-8?q?Gr=C3=BC=C3=9Fe?=\r\n"


def test_headers_are_decoded_and_folded_to_lines() -> None:
    message = parse_message(HEAD + b"\r\nHallo")
    assert message.header.splitlines() == [
        "Von: a@example.org", "Datum: ", "Betreff: Grüße", "Nachrichten-ID: ",
    ]  # fmt: skip
    assert message.body == "Hallo"


def test_text_is_preferred_to_its_spelling_as_html() -> None:
    mail = samples.mail(body="Als Text\n")
    mail.add_alternative("<p>Als HTML</p>", subtype="html")
    message = parse_message(mail.as_bytes())
    assert (message.body, message.attachments) == ("Als Text", ())


def test_html_alone_is_read_without_its_markup() -> None:
    head = HEAD + b"Content-Type: text/html; charset=utf-8\r\n\r\n"
    page = "<head><title>x</title></head><style>p{}</style><p>Gr&uuml;&szlig;e</p><p>Ende"
    assert parse_message(head + page.encode()).body == "Grüße\nEnde"


def test_an_unknown_character_set_does_not_stop_the_text() -> None:
    head = HEAD + b"Content-Type: text/plain; charset=x-klingon\r\n\r\n"
    assert parse_message(head + b"Hallo").body == "Hallo"


def test_a_signature_is_no_attachment() -> None:
    mail = samples.mail(("smime.p7s", "application/pkcs7-signature", b"\x30\x80"))
    message = parse_message(mail.as_bytes())
    assert message.signed
    assert message.attachments == ()


def test_a_file_without_a_name_gets_its_type_as_name() -> None:
    mail = samples.mail(("", "image/png", b"\x89PNG"))
    assert parse_message(mail.as_bytes()).attachments[0].name == "image-png"


def test_a_mail_without_its_end_is_damaged() -> None:
    content = samples.mail(("a.txt", "text/plain", b"Hallo")).as_bytes()
    with pytest.raises(ReadingStoppedError) as stopped:
        parse_message(content[:-30])
    assert stopped.value.reason is Reason.MAIL_DAMAGED


@given(st.binary(max_size=400))
def test_any_bytes_are_parsed_or_damaged(content: bytes) -> None:
    reason = None
    try:
        parse_message(HEAD + content)
    except ReadingStoppedError as stopped:
        reason = stopped.reason
    assert reason in {None, Reason.MAIL_DAMAGED}


@pytest.mark.parametrize(
    ("name", "safe"),
    [
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\x\\Vertrag.pdf", "Vertrag.pdf"),
        ("a\u202efdp.exe", "a_fdp.exe"),
        ("a\x00b\r\n.pdf", "a_b_.pdf"),
        ("..", ""),
        ("x" * 500 + ".pdf", "x" * 116 + ".pdf"),
    ],
)
def test_names_are_made_safe(name: str, safe: str) -> None:
    assert safe_name(name) == safe


@given(st.text())
def test_every_name_is_safe(name: str) -> None:
    safe = safe_name(name)
    assert len(safe) <= 120
    assert all(char.isprintable() and char not in "/\\<>\"'" for char in safe)


@given(st.text())
def test_stripping_never_fails_and_leaves_no_blank_lines(html: str) -> None:
    assert all(line.strip() for line in stripped(html).splitlines())
