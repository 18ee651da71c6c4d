"""An instrument for the browser: its rules as trees of plain lists, so nothing is parsed there.

A tree is ["text", t], ["number", n], ["answer", name], ["this"], ["parent"], ["column", name],
["minus", tree], ["op", sign, left, right] or ["call", function, [trees]].
"""

from collections.abc import Callable
from typing import Any

from kith.methods.instruments.expressions import parse
from kith.methods.instruments.expressions.functions import FUNCTIONS
from kith.methods.instruments.expressions.patterns import for_browser
from kith.methods.instruments.expressions.tree import (
    Call,
    Column,
    Current,
    Expression,
    Literal,
    Negation,
    Operation,
    Parent,
    Reference,
)
from kith.methods.instruments.schema import Instrument, Item

Tree = list[Any]
PATTERN = "regex"


def portable(instrument: Instrument) -> dict[str, Any]:
    """Items, choices and languages as JSON knows them."""
    return {
        "languages": list(instrument.languages),
        "language": instrument.default_language,
        "items": [_item(item) for item in instrument.items],
        "choices": {
            name: [
                {"code": one.code, "label": dict(one.label), "columns": dict(one.columns)}
                for one in choices
            ]
            for name, choices in instrument.choices.items()
        },
    }


def tree_of(expression: str) -> Tree | None:
    """An expression as a tree; None where there is none. Raises ExpressionFault."""
    return _tree(parse(expression)) if expression else None


def _item(item: Item) -> dict[str, Any]:
    rules = {
        "required": item.required,
        "relevant": item.relevant,
        "constraint": item.constraint,
        "calculate": item.calculate,
        "readOnly": item.read_only,
        "filter": item.choice_filter,
        "count": item.repeat_count,
        "defaultRule": item.default if item.default_is_rule else "",
    }
    found: dict[str, Any] = {
        "name": item.name,
        "kind": item.kind.value,
        "label": dict(item.label),
        "hint": dict(item.hint),
        "requiredMessage": dict(item.required_message),
        "constraintMessage": dict(item.constraint_message),
        "choices": item.choices,
        "default": "" if item.default_is_rule else item.default,
        "isCalculated": item.is_calculated,
        **{key: tree_of(text) for key, text in rules.items() if text},
    }
    if item.span:
        found["span"] = [item.span.start, item.span.end, item.span.step]
    if item.items:
        found["items"] = [_item(inner) for inner in item.items]
    return found


def _tree(tree: Expression) -> Tree:
    return FORMS[type(tree)](tree)


def _arguments(call: Call) -> list[Tree]:
    found = [_tree(one) for one in call.arguments]
    pattern = call.arguments[1] if call.name == PATTERN else None
    if isinstance(pattern, Literal) and isinstance(pattern.value, str):
        found[1] = ["text", for_browser(pattern.value)]
    return found


FORMS: dict[type[Any], Callable[[Any], Tree]] = {
    Literal: lambda one: ["number" if isinstance(one.value, float) else "text", one.value],
    Reference: lambda one: ["answer", one.name],
    Column: lambda one: ["column", one.name],
    Negation: lambda one: ["minus", _tree(one.operand)],
    Operation: lambda one: ["op", one.symbol, _tree(one.left), _tree(one.right)],
    Call: lambda one: ["call", one.name, _arguments(one)],
    Current: lambda _one: ["this"],
    Parent: lambda _one: ["parent"],
}


def table_of_functions() -> dict[str, Any]:
    """What the browser's functions take, so that both sides can be held against each other."""
    return {
        one.name: {"takes": list(one.takes), "least": one.fewest, "most": one.largest}
        for one in FUNCTIONS.values()
    }
