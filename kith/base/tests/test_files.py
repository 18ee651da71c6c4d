"""Private files: told by their content, encrypted on disk, gone with their key."""

import io
import zipfile
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile

from kith.base import files, permit, scope, vault
from kith.base.tests.factories import OrganisationFactory


@pytest.fixture
def inside(db, tmp_path, monkeypatch):
    monkeypatch.setattr(settings, "KITH_FILES", str(tmp_path))
    with scope.entered(OrganisationFactory().pk), permit.lifted():
        yield tmp_path


def on_disk(folder: Path) -> list[bytes]:
    return [path.read_bytes() for path in folder.rglob("*") if path.is_file()]


def kept():
    return files.keep(
        content=b"%PDF-1.7 letter of Ewa",
        kind=files.PDF,
        name="letter.pdf",
        subject_id=uuid4(),
        store="identity",
    )


def workbook() -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("xl/workbook.xml", "<workbook/>")
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"%PDF-1.7 ...", files.PDF),
        (b"\x89PNG\r\n\x1a\n....", files.PNG),
        (b"\xff\xd8\xff\xe0", files.JPEG),
        (workbook(), files.XLSX),
        ("Imię;Nazwisko".encode(), files.TEXT),
        ("Imię;Nazwisko".encode("utf-16"), files.TEXT),
        (b"MZ\x90\x00\x03\x00", ""),
        (b"PK\x03\x04 broken", ""),
    ],
)
def test_a_file_is_told_by_its_content(content, kind) -> None:
    assert files.kind_of(content) == kind


def test_a_program_named_like_a_picture_is_refused() -> None:
    upload = SimpleUploadedFile("holiday.png", b"MZ\x90\x00\x03\x00")

    with pytest.raises(files.FileKindRefused):
        files.check_upload(upload, allowed=frozenset({files.PNG, files.PDF}))


def test_a_file_over_the_limit_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(settings, "KITH_UPLOAD_BYTES", 10)
    upload = SimpleUploadedFile("letter.pdf", b"%PDF-1.7 and more")

    with pytest.raises(files.FileTooLarge):
        files.check_upload(upload, allowed=frozenset({files.PDF}))


def test_a_kept_file_is_read_back_and_lies_encrypted_on_the_disk(inside) -> None:
    row = kept()

    [sealed] = on_disk(inside)
    assert files.content_of(row) == b"%PDF-1.7 letter of Ewa"
    assert b"Ewa" not in sealed
    assert sealed[:5] != b"%PDF-"


def test_a_file_is_unreadable_once_its_key_is_forgotten(inside) -> None:
    row = kept()

    vault.forget(row.subject_id)

    assert files.content_of(row) is None


def test_a_removed_file_leaves_the_disk(inside) -> None:
    files.remove(kept())

    assert on_disk(inside) == []
