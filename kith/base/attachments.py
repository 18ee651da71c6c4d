"""What people send along with their words: pictures without traces, and papers."""

from uuid import UUID

from kith.base import files
from kith.base.files import JPEG, PDF, PNG, FileKindRefused, FileTooLarge
from kith.base.models import StoredFile
from kith.base.pictures import without_traces

PICTURES = frozenset({JPEG, PNG})
KINDS = PICTURES | {PDF}
MOST_BYTES = 8 * 1024 * 1024
LONGEST_NAME = 120


def keep_attachment(
    *, content: bytes, kind: str, name: str, subject_id: UUID, store: str
) -> StoredFile:
    """Encrypt a picture without what stands beside it, or a paper. Only inside a command.

    Raises FileTooLarge, FileKindRefused, PictureBroken.
    """
    if kind not in KINDS:
        raise FileKindRefused()
    if len(content) > MOST_BYTES:
        raise FileTooLarge()
    return files.keep(
        content=without_traces(content, kind),
        kind=kind,
        # Names of pictures tell of days and devices.
        name="" if kind in PICTURES else name[-LONGEST_NAME:],
        subject_id=subject_id,
        store=store,
    )
