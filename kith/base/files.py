"""Private files: checked when they come in, encrypted on disk, opened only through the gate."""

import io
import os
import zipfile
from pathlib import Path
from uuid import UUID

from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _

from kith.base import vault
from kith.base.errors import Refused
from kith.base.models import StoredFile

PDF = "application/pdf"
PNG = "image/png"
JPEG = "image/jpeg"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
TEXT = "text/plain"

MAGIC = ((b"%PDF-", PDF), (b"\x89PNG\r\n\x1a\n", PNG), (b"\xff\xd8\xff", JPEG))


class FileTooLarge(Refused):
    """The file is larger than this Kith takes."""

    sentence = _("This file is too large. Make it smaller, or ask your administrator.")


class FileKindRefused(Refused):
    """The content is of a kind that is not taken here."""

    sentence = _("This kind of file cannot be taken here.")


def kind_of(content: bytes) -> str:
    """What a file really is, told by its content and never by its name; empty when unknown."""
    for start, kind in MAGIC:
        if content.startswith(start):
            return kind
    if content.startswith(b"PK\x03\x04"):
        return _kind_of_zip(content)
    return "" if b"\x00" in content[:4096] and not _is_utf16(content) else TEXT


def _is_utf16(content: bytes) -> bool:
    return content.startswith((b"\xff\xfe", b"\xfe\xff"))


def _kind_of_zip(content: bytes) -> str:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return XLSX if "xl/workbook.xml" in archive.namelist() else ""
    except zipfile.BadZipFile:
        return ""


def check_upload(upload: UploadedFile, *, allowed: frozenset[str]) -> tuple[bytes, str]:
    """The content and kind of an upload. Raises FileTooLarge, FileKindRefused."""
    if (upload.size or 0) > settings.KITH_UPLOAD_BYTES:
        raise FileTooLarge()
    content = upload.read()
    kind = kind_of(content)
    if kind not in allowed:
        raise FileKindRefused()
    return content, kind


def keep(*, content: bytes, kind: str, name: str, subject_id: UUID, store: str) -> StoredFile:
    """Encrypt a checked file under the key of its person or matter. Only inside a command."""
    row = StoredFile(subject_id=subject_id, store=store, name=name, kind=kind, size=len(content))
    row.save()
    key = vault.key_for_writing(subject_id, store)
    path = _path(row)
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(vault.seal(key, content, place=_place(row)))
    return row


def content_of(row: StoredFile) -> bytes | None:
    """The content of a kept file; None once its key is gone. The caller has checked the right."""
    key = vault.key(row.subject_id, row.store)
    if key is None:
        return None
    return vault.unseal(key, _path(row).read_bytes(), place=_place(row))


def remove(row: StoredFile) -> None:
    """Remove a file and its row. Only inside a command."""
    _path(row).unlink(missing_ok=True)
    row.delete()


def _path(row: StoredFile) -> Path:
    return Path(settings.KITH_FILES) / str(row.organisation_id) / str(row.pk)


def _place(row: StoredFile) -> bytes:
    return f"file|{row.organisation_id}|{row.pk}".encode()
