"""Why a file cannot be read. Each class carries one sentence that a user can read."""


class UnreadableTable(Exception):
    """The file cannot be read as a list. `code` is stable; pages translate by it."""

    code = "unreadable"
    sentence = "This file cannot be read. Save it again as .xlsx or .csv and try once more."

    def __init__(self, **params: str | int) -> None:
        self.params = params
        super().__init__(self.sentence.format(**params))


class NotAListFile(UnreadableTable):
    code = "not_a_list_file"
    sentence = "This is not a spreadsheet. Save the list as .xlsx or .csv and try once more."


class EncryptedFile(UnreadableTable):
    code = "encrypted"
    sentence = (
        "This file is locked with a password. Open it, remove the password, save it and try again."
    )


class OldExcelFile(UnreadableTable):
    code = "old_excel"
    sentence = "This is an old .xls file. Open it and save it as .xlsx, then try again."


class OtherSpreadsheet(UnreadableTable):
    code = "other_spreadsheet"
    sentence = "This kind of spreadsheet is not read here. Save it as .xlsx, then try again."


class FileWithMacros(UnreadableTable):
    code = "macros"
    sentence = "This file contains macros. Save it as .xlsx without macros, then try again."


class EmptyFile(UnreadableTable):
    code = "empty"
    sentence = "This file holds no rows."


class NoSuchSheet(UnreadableTable):
    code = "no_such_sheet"
    sentence = "This file has no sheet named “{sheet}”."


class TooManyRows(UnreadableTable):
    code = "too_many_rows"
    sentence = "This list has more than {limit} rows. Split it into smaller files."


class FileTooLarge(UnreadableTable):
    """Also what a zip bomb ends as: the unpacked size is checked before anything is unpacked."""

    code = "too_large"
    sentence = "This file unpacks to far more than a list needs, so it was not opened."
