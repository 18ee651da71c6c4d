"""The last word of the standard: what we take, pyxform must be able to build as well."""

import copy
import re

from pyxform.builder import create_survey_element_from_dict
from pyxform.errors import PyXFormError
from pyxform.xls2json import workbook_to_json

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.xlsform.sheets import Book

_ROW = re.compile(r"\[?row\s*:?\s*(\d+)\]?", re.IGNORECASE)


def standard_findings(book: Book) -> list[Finding]:
    """What pyxform refuses in a file that we would take."""
    try:
        form = workbook_to_json(copy.deepcopy(book.definition), form_name="data", warnings=[])
        create_survey_element_from_dict(form).to_xml(validate=False)
    except PyXFormError as fault:
        return [_finding(str(fault))]
    return []


def _finding(said: str) -> Finding:
    row = _ROW.search(said)
    tidy = " ".join(_ROW.sub("", said).split())
    return Finding("standard_says", {"said": tidy}, sheet="survey", row=int(row[1]) if row else 0)
