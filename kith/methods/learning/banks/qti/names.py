"""QTI 3.0 writes its names with hyphens, 2.x with capitals; read as 2.x, written as either."""

import re

from kith.methods.learning.banks.trees import Node

PREFIX = "qti-"
OWN = frozenset(
    {"assessmentItem", "responseDeclaration", "correctResponse", "value", "mapping", "mapEntry",
     "outcomeDeclaration", "defaultValue", "itemBody", "choiceInteraction", "simpleChoice",
     "prompt", "matchInteraction", "simpleMatchSet", "simpleAssociableChoice", "orderInteraction",
     "textEntryInteraction", "inlineChoiceInteraction", "inlineChoice", "extendedTextInteraction",
     "rubricBlock", "responseProcessing", "responseCondition", "responseIf", "responseElseIf",
     "responseElse", "setOutcomeValue", "match", "equal", "variable", "correct", "mapResponse",
     "baseValue", "sum", "product", "index", "multiple", "gte", "gt", "modalFeedback",
     "contentBody"}
)  # fmt: skip
_HYPHEN = re.compile(r"-([a-z])")
_CAPITAL = re.compile(r"(?<!^)([A-Z])")


def as_2(node: Node) -> Node:
    """A tree with the names of 2.x, whichever it had."""
    tag = node.tag.removeprefix(PREFIX)
    return Node(
        _HYPHEN.sub(lambda found: found[1].upper(), tag) if node.tag.startswith(PREFIX) else tag,
        {_HYPHEN.sub(lambda found: found[1].upper(), key): one for key, one in node.attrs.items()},
        [as_2(one) if isinstance(one, Node) else one for one in node.children],
        node.line,
    )


def as_3(node: Node) -> Node:
    """A tree with the names of 3.0, made of one with those of 2.x."""
    is_own = node.tag in OWN
    attrs = {_hyphened(key) if is_own else key: one for key, one in node.attrs.items()}
    children = [as_3(one) if isinstance(one, Node) else one for one in node.children]
    return Node(PREFIX + _hyphened(node.tag) if is_own else node.tag, attrs, children)


def _hyphened(name: str) -> str:
    return name if ":" in name else _CAPITAL.sub(r"-\1", name).lower()
