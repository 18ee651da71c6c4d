"""Lists that organisations keep, read into rows of recognised values. See README.md."""

from kith.methods.tables.check import CheckedRow
from kith.methods.tables.duplicates import Duplicate
from kith.methods.tables.errors import UnreadableTable
from kith.methods.tables.mapping import LEFT_OUT, BadMapping, Mapping, guess_kind, guess_mapping
from kith.methods.tables.read import read_table
from kith.methods.tables.remarks import Remark, Severity
from kith.methods.tables.report import ColumnUse, Report, Totals, check_rows
from kith.methods.tables.report_xlsx import ReportWords, write_report_xlsx
from kith.methods.tables.table import Column, LeftOut, Row, Table
from kith.methods.tables.targets import TARGETS, Kind, LeaveOut, Target
from kith.methods.tables.values.people import Children

__all__ = [
    "LEFT_OUT",
    "TARGETS",
    "BadMapping",
    "CheckedRow",
    "Children",
    "Column",
    "ColumnUse",
    "Duplicate",
    "Kind",
    "LeaveOut",
    "LeftOut",
    "Mapping",
    "Remark",
    "Report",
    "ReportWords",
    "Row",
    "Severity",
    "Table",
    "Target",
    "Totals",
    "UnreadableTable",
    "check_rows",
    "guess_kind",
    "guess_mapping",
    "read_table",
    "write_report_xlsx",
]
