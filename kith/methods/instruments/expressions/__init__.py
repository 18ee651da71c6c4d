"""Expressions of questionnaires: the part of XPath 1.0 that XLSForm uses. See README.md."""

from kith.methods.instruments.expressions.evaluate import (
    as_boolean,
    as_number,
    as_string,
    evaluate,
)
from kith.methods.instruments.expressions.faults import ExpressionFault
from kith.methods.instruments.expressions.functions import FUNCTIONS, UNSUPPORTED, Function
from kith.methods.instruments.expressions.parse import parse
from kith.methods.instruments.expressions.scope import Scope
from kith.methods.instruments.expressions.tree import Expression, columns, references

__all__ = [
    "FUNCTIONS",
    "UNSUPPORTED",
    "Expression",
    "ExpressionFault",
    "Function",
    "Scope",
    "as_boolean",
    "as_number",
    "as_string",
    "columns",
    "evaluate",
    "parse",
    "references",
]
