"""E-mails: their text and each attachment become documents; nothing is dropped."""

from email.message import EmailMessage

from domain.reading import Outcome, ReadDocument
from domain.reasons import Reason
from ocr.gate import UNKNOWN, Kind
from tests.ocr import samples
from tests.ocr.conftest import Read

PDF = ("Vertrag.pdf", "application/pdf", samples.text_pdf())
SCAN = ("../../foto: Küche|1 .jpg", "image/jpeg", samples.jpeg())


def read_mail(read: Read, message: EmailMessage) -> tuple[ReadDocument, ...]:
    reading = read(message.as_bytes())
    assert (reading.outcome, reading.media_type) == (Outcome.ACCEPTED, Kind.MAIL.value)
    return reading.documents


def test_a_mail_with_two_attachments_is_three_documents(read: Read) -> None:
    text, contract, photo = read_mail(read, samples.mail(PDF, SCAN))
    assert (text.part, contract.part) == ("body", "Vertrag.pdf")
    assert photo.part == "foto_ Küche_1 .jpg"
    assert text.media_type == Kind.TEXT.value
    assert text.original is not None
    assert text.original.startswith(b"Von: Erika Beispiel")
    assert "Anbei der Mietvertrag." in text.text
    assert (contract.original, contract.media_type) == (PDF[2], Kind.PDF.value)
    assert (photo.original, photo.media_type) == (SCAN[2], Kind.JPEG.value)
    assert "Wohnung geschlossen" in contract.text
    assert "Wohnung geschlossen" in photo.text
    assert photo.pdfa is not None


def test_a_body_without_text_is_left_out_beside_attachments(read: Read) -> None:
    (contract,) = read_mail(read, samples.mail(PDF, body=" \n"))
    assert contract.part == "Vertrag.pdf"


def test_an_empty_mail_is_still_a_document(read: Read) -> None:
    (text,) = read_mail(read, samples.mail(body="\n"))
    assert Reason.NO_TEXT in text.doubts


def test_an_attachment_that_cannot_be_read_is_kept_with_its_reason(read: Read) -> None:
    locked = ("geheim.pdf", "application/pdf", samples.encrypted_pdf(user="geheim"))
    packed = ("alles.zip", "application/zip", samples.archive_of_nothing())
    _, encrypted, archive = read_mail(read, samples.mail(locked, packed))
    assert (encrypted.doubts, encrypted.original) == ((Reason.PDF_ENCRYPTED,), locked[2])
    assert (archive.doubts, archive.original) == ((Reason.UNSUPPORTED_TYPE,), packed[2])
    assert (encrypted.type, encrypted.confidence, encrypted.pages) == ("sonstiges", 0.0, ())
    assert (encrypted.media_type, archive.media_type) == (Kind.PDF.value, UNKNOWN)
    assert encrypted.pdfa is None


def test_attachments_of_the_same_name_are_told_apart(read: Read) -> None:
    _, first, second = read_mail(read, samples.mail(PDF, PDF))
    assert (first.part, second.part) == ("Vertrag.pdf", "Vertrag.pdf (2)")


def test_a_stack_in_an_attachment_is_divided(read: Read) -> None:
    stack = samples.scans(samples.picture(), samples.separator_sheet(), samples.picture())
    message = samples.mail(("stapel.pdf", "application/pdf", stack), body="\n")
    documents = read_mail(read, message)
    assert [(d.part, d.pages) for d in documents] == [("stapel.pdf", (1,)), ("stapel.pdf", (3,))]
    assert all(d.original not in {None, stack} for d in documents)


def test_a_forwarded_mail_is_opened_but_not_without_end(read: Read) -> None:
    message = samples.mail(PDF, body="Innerste\n")
    for depth in range(4):
        outer = samples.mail(body=f"Stufe {depth}\n")
        outer.add_attachment(message)
        message = outer
    documents = read_mail(read, message)
    assert [document.part for document in documents[:3]] == ["body", "body (2)", "body (3)"]
    deepest = documents[-1]
    assert deepest.doubts == (Reason.TOO_MANY_PARTS,)
    assert deepest.original is not None
    assert b"Innerste" in deepest.original


def test_a_mail_that_is_cut_off_is_not_read(read: Read) -> None:
    content = samples.mail(PDF).as_bytes()
    reading = read(content[: len(content) // 2])
    assert (reading.outcome, reading.reason) == (Outcome.UNREADABLE, Reason.MAIL_DAMAGED)
