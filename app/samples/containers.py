"""Letters in other wrappings: e-mail, office file, and files that cannot be read.

Owns the containers. Refuses live malware: the one dangerous file is the harmless test
string of the EICAR, put together at run time so that no scanner stumbles over the source.
"""

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from email.message import EmailMessage
from email.policy import SMTP
from xml.sax.saxutils import escape

import pikepdf

from app.samples.people import Person

_MOMENT = dt.datetime(2026, 3, 2, 8, 41, 7, tzinfo=dt.timezone(dt.timedelta(hours=1)))
_ZIP_TIME = (2026, 3, 1, 9, 0, 0)
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'

Attachment = tuple[str, bytes]
"""File name and content; the media type follows from the ending."""

_MEDIA = {".pdf": ("application", "pdf"), ".jpg": ("image", "jpeg")}


def email(person: Person, subject: str, body: str, *, attachments: tuple[Attachment, ...]) -> bytes:
    """Return a message (RFC 5322) with attachments (RFC 2183) as it lies in a mailbox."""
    message = EmailMessage(policy=SMTP)
    local = f"post{person.number}"
    message["From"] = f"{person.first} {person.last} <{local}@example.org>"
    message["To"] = "Jobcenter Musterstadt <post@jobcenter.example>"
    message["Subject"] = subject
    message["Date"] = _MOMENT
    message["Message-ID"] = f"<{local}.{len(body)}@example.org>"
    message.set_content(_filled(body, person), cte="quoted-printable")
    for name, content in attachments:
        main, sub = _MEDIA[name[name.rindex(".") :].lower()]
        message.add_attachment(content, maintype=main, subtype=sub, filename=name)
    message.set_boundary(f"=_poststelle_{person.number}")
    return message.as_bytes()


def plain_text(body: str, person: Person) -> bytes:
    """Return a message typed into the app, in UTF-8."""
    return _filled(body, person).encode()


def _filled(body: str, person: Person) -> str:
    return body.strip().format_map(person.words()) + "\n"


def docx(text: str, person: Person) -> bytes:
    """Return an office file (ECMA-376); ``# `` begins a heading, ``|`` divides tabs."""
    lines = text.strip().format_map(person.words()).splitlines()
    body = "".join(map(_docx_paragraph, lines))
    parts = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Override PartName="/word/document.xml" ContentType="{_TYPE}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{_PACKAGE}/relationships"><Relationship Id="rId1" '
        f'Type="{_OFFICE}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{_WORD}"><w:body>{body}</w:body></w:document>',
    }
    return _zipped(parts)


def _docx_paragraph(line: str) -> str:
    heading = line.strip().startswith("# ")
    look = '<w:rPr><w:b/><w:sz w:val="30"/></w:rPr>' if heading else ""
    cells = (escape(cell.strip()) for cell in line.strip().removeprefix("# ").split("|"))
    runs = "<w:r><w:tab/></w:r>".join(
        f'<w:r>{look}<w:t xml:space="preserve">{cell}</w:t></w:r>' for cell in cells
    )
    tabs = '<w:pPr><w:tabs><w:tab w:val="left" w:pos="2800"/></w:tabs></w:pPr>'
    return f"<w:p>{tabs}{runs}</w:p>"


def _zipped(parts: dict[str, str]) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, xml in parts.items():
            member = zipfile.ZipInfo(name, _ZIP_TIME)
            archive.writestr(member, f"{_DECLARATION}\n{xml}", zipfile.ZIP_DEFLATED)
    return target.getvalue()


def damaged(pdf: bytes) -> bytes:
    """Return the first part of a PDF, as a broken upload leaves it: no pages, no index."""
    return pdf[: pdf.index(b"endstream") // 2]


def locked(pdf: bytes) -> bytes:
    """Return a PDF that needs a password to open (ISO 32000-1, 7.6, revision 3).

    The old cipher is deliberate: it draws no random numbers, so the bytes are repeatable.
    """
    target = io.BytesIO()
    words = pikepdf.Encryption(
        user="geheim-2026", owner="auch-geheim", R=3, aes=False, metadata=False
    )
    with pikepdf.open(io.BytesIO(pdf)) as document:
        document.save(target, encryption=words, static_id=True)
    return target.getvalue()


def harmless_test_virus() -> bytes:
    """Return the EICAR anti-malware test file, 68 bytes that every scanner reports."""
    return "".join(_eicar()).encode("ascii")


def _eicar() -> Iterator[str]:
    yield "X5O!P%@AP[4\\PZX54(P^)7CC)7}$"
    yield "EICAR-STANDARD-"
    yield "ANTIVIRUS-TEST-FILE!"
    yield "$H+H*"
