"""Office files: conversion to PDF by LibreOffice, if it is installed.

Owns that one program run. It happens inside the sandbox, with a profile that is new each
time, so that neither macros nor settings survive from one item to the next.
"""

import tempfile
from pathlib import Path

from domain.reasons import Reason
from ocr.gate import Kind
from ocr.limits import Limits, stop
from ocr.process import ENVIRONMENT, ProgramMissingError, ProgramTimeoutError, run

_SUFFIX = {Kind.DOCX: ".docx", Kind.ODT: ".odt"}
_PDFA_2B = 'pdf:writer_pdf_Export:{"SelectPdfVersion":{"type":"long","value":"2"}}'
_SECONDS = 180.0


def converted(content: bytes, kind: Kind, *, limits: Limits, scratch: Path) -> bytes:
    """Return an office file as PDF; stop as damaged, or where LibreOffice is missing."""
    with tempfile.TemporaryDirectory(dir=scratch) as folder:
        source = Path(folder) / f"item{_SUFFIX[kind]}"
        source.write_bytes(content)
        _convert(source)
        target = source.with_suffix(".pdf")
        if not target.is_file() or target.stat().st_size > limits.output_bytes:
            stop(Reason.OFFICE_DAMAGED)
        return target.read_bytes()


def _convert(source: Path) -> None:
    folder = source.parent
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    options = ("--headless", "--norestore", "--convert-to", _PDFA_2B, "--outdir", str(folder))
    try:
        ended = run(
            ("soffice", profile, *options, str(source)),
            seconds=_SECONDS,
            folder=folder,
            environment={**ENVIRONMENT, "HOME": str(folder)},
        )
    except ProgramMissingError as error:
        stop(Reason.OFFICE_UNAVAILABLE, cause=error)
    except ProgramTimeoutError as error:
        stop(Reason.READER_TIMEOUT, cause=error)
    if ended.code != 0:
        stop(Reason.OFFICE_DAMAGED)
