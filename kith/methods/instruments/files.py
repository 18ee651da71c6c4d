"""Any file that holds a questionnaire: a pack in TOML, or an XLSForm."""

from pathlib import Path, PurePath

from kith.methods.instruments.packs import read_pack, read_pack_at
from kith.methods.instruments.reading import Reading
from kith.methods.instruments.xlsform import read_xlsform

PACK = ".toml"
LANGUAGE = "en"


def read_questionnaire(content: bytes, *, filename: str, language: str = LANGUAGE) -> Reading:
    """The instrument of a file and every finding in it; its name says which kind it is.

    language  what an XLSForm is written in when none of its columns says so
    """
    if PurePath(filename).suffix.lower() == PACK:
        return read_pack(content, filename=filename)
    return read_xlsform(content, filename=filename, language=language)


def read_questionnaire_at(path: Path, *, language: str = LANGUAGE) -> Reading:
    """The same for a file or for the folder of a pack. Raises OSError."""
    if path.is_dir():
        return read_pack_at(path)
    return read_questionnaire(path.read_bytes(), filename=path.name, language=language)
