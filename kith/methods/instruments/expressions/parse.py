"""From text to tree, by precedence: or, and, equality, order, sum, product, minus."""

from functools import lru_cache

from kith.methods.instruments.expressions.faults import ExpressionFault
from kith.methods.instruments.expressions.functions import FUNCTIONS, UNSUPPORTED, Function
from kith.methods.instruments.expressions.tokens import Token, cut
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

LEVELS = (
    frozenset({"or"}),
    frozenset({"and"}),
    frozenset({"=", "!="}),
    frozenset({"<", "<=", ">", ">="}),
    frozenset({"+", "-"}),
    frozenset({"*", "div", "mod"}),
)
DEEPEST = 40
"""Brackets within brackets; deeper ones are refused."""
POSITION = "position"


@lru_cache(maxsize=4096)
def parse(text: str) -> Expression:
    """The tree of an expression. Raises ExpressionFault with the part that is not understood."""
    reader = _Reader(cut(text))
    tree = reader.expression()
    if reader.next.kind != "end":
        raise ExpressionFault("expression_unreadable", part=text[reader.next.at :][:20])
    return tree


class _Reader:
    def __init__(self, tokens: list[Token]) -> None:
        self.tokens = tokens
        self.place = 0
        self.depth = 0

    @property
    def next(self) -> Token:
        return self.tokens[self.place]

    def take(self) -> Token:
        token = self.next
        self.place += 1
        return token

    def has(self, sign: str) -> bool:
        """Take this sign when it is next."""
        if self.next.kind != "sign" or self.next.text != sign:
            return False
        self.place += 1
        return True

    def expression(self) -> Expression:
        self.depth += 1
        if self.depth > DEEPEST:
            raise ExpressionFault("expression_too_deep", limit=DEEPEST)
        tree = self.level(0)
        self.depth -= 1
        return tree

    def level(self, number: int) -> Expression:
        if number == len(LEVELS):
            return self.minus()
        tree = self.level(number + 1)
        while self.next.kind == "operator" and self.next.text in LEVELS[number]:
            tree = Operation(self.take().text, tree, self.level(number + 1))
        return tree

    def minus(self) -> Expression:
        signs = 0
        while self.next.kind == "operator" and self.next.text == "-":
            self.take()
            signs += 1
        tree = self.value()
        for _ in range(signs):
            tree = Negation(tree)
        return tree

    def value(self) -> Expression:
        token = self.take()
        if token.kind == "number":
            return Literal(float(token.text))
        if token.kind == "text":
            return Literal(token.text[1:-1])
        if token.kind == "reference":
            return Reference(token.text)
        if token.kind == "name":
            return self.call(token.text) if self.has("(") else Column(token.text)
        return self.sign(token)

    def sign(self, token: Token) -> Expression:
        if token.text == "(":
            tree = self.expression()
            self.close()
            return tree
        if token.text == ".":
            return Current()
        if token.text == "..":
            raise ExpressionFault("path_unsupported", part="..")
        if token.kind == "end":
            raise ExpressionFault("expression_ends")
        raise ExpressionFault("expression_unreadable", part=token.text)

    def call(self, name: str) -> Expression:
        if name in UNSUPPORTED:
            raise ExpressionFault("function_unsupported", name=name, why=UNSUPPORTED[name])
        if name not in FUNCTIONS:
            raise ExpressionFault("function_unknown", name=name)
        arguments = () if self.has(")") else self.arguments(name)
        function = FUNCTIONS[name]
        if not function.accepts(len(arguments)):
            raise ExpressionFault("function_arity", name=name, needs=function.arity)
        return Call(name, _with_questions(function, arguments))

    def arguments(self, name: str) -> tuple[Expression, ...]:
        found = [self.argument(name)]
        while self.has(","):
            found.append(self.argument(name))
        self.close()
        return tuple(found)

    def argument(self, name: str) -> Expression:
        # The two points mean something in position(..) alone.
        if name != POSITION:
            return self.expression()
        if not self.has(".."):
            raise ExpressionFault("position_of_what")
        return Parent()

    def close(self) -> None:
        if not self.has(")"):
            raise ExpressionFault("bracket_missing")


def _with_questions(
    function: Function, arguments: tuple[Expression, ...]
) -> tuple[Expression, ...]:
    """Where a function needs a question, ${name} stands; jr:choice-name wants it in quotes."""
    return tuple(
        _question(function, one) if function.kind_of(at) == "question" else one
        for at, one in enumerate(arguments)
    )


def _question(function: Function, argument: Expression) -> Reference:
    quoted = argument.value if isinstance(argument, Literal) else ""
    tokens = cut(quoted) if isinstance(quoted, str) else []
    if len(tokens) == 2 and tokens[0].kind == "reference":
        return Reference(tokens[0].text)
    if not isinstance(argument, Reference):
        raise ExpressionFault("question_needed", name=function.name)
    return argument
