"""The conversion of office files, and that it may be missing."""

from pathlib import Path

import pytest

from domain.reasons import Reason
from ocr.gate import Kind
from ocr.limits import Limits, ReadingStoppedError
from ocr.office import converted
from tests.ocr import samples


def test_without_libreoffice_the_reason_is_said_and_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr("ocr.office.ENVIRONMENT", {"PATH": str(tmp_path)})
    with pytest.raises(ReadingStoppedError) as stopped:
        converted(samples.docx(), Kind.DOCX, limits=Limits(), scratch=tmp_path)
    assert stopped.value.reason is Reason.OFFICE_UNAVAILABLE
    assert list(tmp_path.iterdir()) == []


def test_a_conversion_that_grows_too_large_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ReadingStoppedError) as stopped:
        converted(samples.odt(), Kind.ODT, limits=Limits(output_bytes=100), scratch=tmp_path)
    assert stopped.value.reason is Reason.OFFICE_DAMAGED
    assert list(tmp_path.iterdir()) == []
