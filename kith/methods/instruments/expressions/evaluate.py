"""The value of an expression for given answers. Nothing an answer holds can make it fail."""

import operator
from collections.abc import Callable

from kith.methods.instruments.expressions import library
from kith.methods.instruments.expressions.functions import FUNCTIONS, Function
from kith.methods.instruments.expressions.scope import Scope
from kith.methods.instruments.expressions.tree import (
    Call,
    Column,
    Expression,
    Literal,
    Negation,
    Operation,
    Parent,
    Reference,
)
from kith.methods.instruments.expressions.values import (
    Nodes,
    Value,
    as_boolean,
    as_nodes,
    as_number,
    as_string,
)

__all__ = ["as_boolean", "as_number", "as_string", "evaluate"]

ARITHMETIC: dict[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "div": library.divide,
    "mod": library.remainder,
}
ORDER: dict[str, Callable[[float, float], bool]] = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}
EQUALITY: dict[str, Callable[[object, object], bool]] = {"=": operator.eq, "!=": operator.ne}

CONVERSIONS: dict[str, Callable[[Value], Value]] = {
    "text": as_string,
    "number": as_number,
    "boolean": as_boolean,
    "series": as_nodes,
    "any": lambda value: value,
}


def evaluate(tree: Expression, scope: Scope) -> Value:
    """The value: text, number, boolean, or Nodes for a question of a repeat seen from outside."""
    if isinstance(tree, Literal):
        return tree.value
    if isinstance(tree, Reference):
        return scope.values.get(tree.name, "")
    if isinstance(tree, Column):
        return scope.columns.get(tree.name, "")
    if isinstance(tree, Negation):
        return -as_number(evaluate(tree.operand, scope))
    if isinstance(tree, Operation):
        return _operation(tree, scope)
    return _call(tree, scope) if isinstance(tree, Call) else scope.current


def _operation(tree: Operation, scope: Scope) -> Value:
    left = evaluate(tree.left, scope)
    if tree.symbol in {"and", "or"}:
        settled = as_boolean(left) is (tree.symbol == "or")
        return as_boolean(left) if settled else as_boolean(evaluate(tree.right, scope))
    right = evaluate(tree.right, scope)
    if tree.symbol in ARITHMETIC:
        return ARITHMETIC[tree.symbol](as_number(left), as_number(right))
    return _compare(tree.symbol, left, right)


def _compare(symbol: str, left: Value, right: Value) -> bool:
    """Section 3.4 of XPath 1.0: of a series one answer that fits is enough."""
    if isinstance(left, bool) or isinstance(right, bool):
        return _alike(symbol, left, right)
    lefts = left if isinstance(left, Nodes) else (left,)
    rights = right if isinstance(right, Nodes) else (right,)
    return any(_alike(symbol, one, other) for one in lefts for other in rights)


def _alike(symbol: str, left: Value, right: Value) -> bool:
    if symbol in ORDER:
        return ORDER[symbol](as_number(left), as_number(right))
    same = EQUALITY[symbol]
    if isinstance(left, bool) or isinstance(right, bool):
        return same(as_boolean(left), as_boolean(right))
    if isinstance(left, float) or isinstance(right, float):
        return same(as_number(left), as_number(right))
    return same(as_string(left), as_string(right))


def _call(tree: Call, scope: Scope) -> Value:
    function = FUNCTIONS[tree.name]
    values = [_argument(function, at, one, scope) for at, one in enumerate(tree.arguments)]
    return function.work(scope, *values) if function.sees_scope else function.work(*values)


def _argument(function: Function, place: int, tree: Expression, scope: Scope) -> Value:
    kind = function.kind_of(place)
    if isinstance(tree, Parent):
        return ""
    if kind == "question":
        return tree.name if isinstance(tree, Reference) else ""
    return CONVERSIONS[kind](evaluate(tree, scope))
