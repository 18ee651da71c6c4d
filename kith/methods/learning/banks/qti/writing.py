"""QTI items out, as a content package. What QTI has no place for is found by reading it back."""

from collections.abc import Callable, Sequence

from kith.methods.learning.banks.notes import Notes, NotTaken
from kith.methods.learning.banks.qti.made import RESPONSE, Made, html, make
from kith.methods.learning.banks.qti.names import as_3
from kith.methods.learning.banks.qti.packing import pack
from kith.methods.learning.banks.qti.scoring import SCORE, variable
from kith.methods.learning.banks.trees import Node, written_xml
from kith.methods.learning.questions.schema import Question, Words, say

NAMESPACE_22 = "http://www.imsglobal.org/xsd/imsqti_v2p2"
NAMESPACE_30 = "http://www.imsglobal.org/xsd/imsqtiasi_v3p0"


def write_qti22(questions: Sequence[Question], *, language: str, notes: Notes) -> bytes:
    """A content package of QTI 2.2. Questions that QTI cannot hold are noted and left out."""
    return _package(questions, language, notes, "imsqti_item_xmlv2p2", _as_22)


def write_qti30(questions: Sequence[Question], *, language: str, notes: Notes) -> bytes:
    """A content package of QTI 3.0. Questions that QTI cannot hold are noted and left out."""
    return _package(questions, language, notes, "imsqti_item_xmlv3p0", _as_30)


def _as_22(item: Node) -> Node:
    item.attrs["xmlns"] = NAMESPACE_22
    return item


def _as_30(item: Node) -> Node:
    item = as_3(item)
    for one in item.nodes:
        # 3.0 wants what is said within a body of its own.
        if one.tag == "qti-modal-feedback":
            one.children = [Node("qti-content-body", children=one.children)]
    item.attrs["xmlns"] = NAMESPACE_30
    return item


def _package(
    questions: Sequence[Question],
    language: str,
    notes: Notes,
    kind: str,
    finish: Callable[[Node], Node],
) -> bytes:
    files = []
    for place, question in enumerate(questions, start=1):
        notes.at(0, question.key)
        try:
            item = _item(question, language)
        except NotTaken as fault:
            notes.leave_out(fault)
            continue
        files.append((f"items/q{place:04}.xml", written_xml(finish(item))))
    return pack(files, kind)


def _item(question: Question, language: str) -> Node:
    made = make(question, language)
    attrs = {
        "identifier": question.key,
        "title": question.title or question.key,
        "adaptive": "false",
        "timeDependent": "false",
        "xml:lang": language,
    }
    said = _said(question, made, language)
    outcomes = [_outcome("SCORE", "single", "float")]
    outcomes += [_outcome("FEEDBACK", "multiple", "identifier")] if said else []
    processing = list(made.processing)
    if said and made.processing:
        processing += _feedback_processing(said, made)
    return Node(
        "assessmentItem",
        attrs,
        [
            *made.responses,
            *outcomes,
            Node("itemBody", children=list(made.body)),
            *([Node("responseProcessing", children=list(processing))] if processing else []),
            *said.values(),
        ],
    )


def _outcome(identifier: str, cardinality: str, base: str) -> Node:
    return Node(
        "outcomeDeclaration",
        {"identifier": identifier, "cardinality": cardinality, "baseType": base},
    )


def _said(question: Question, made: Made, language: str) -> dict[str, Node]:
    """Identifier -> modal feedback, of options and of the question as a whole."""
    texts: dict[str, Words] = {**made.whys, "right": question.right_why}
    texts |= {"partly": question.partly_why, "wrong": question.wrong_why, "always": question.why}
    return {key: _modal(key, say(words, language)) for key, words in texts.items() if words}


def _modal(key: str, text: str) -> Node:
    attrs = {"outcomeIdentifier": "FEEDBACK", "showHide": "show", "identifier": key}
    return Node("modalFeedback", attrs, list(html(text)))


def _feedback_processing(said: dict[str, Node], made: Made) -> list[Node]:
    """First what belongs to the options, then what belongs to the points."""
    found = []
    if set(said) & set(made.whys):
        found.append(_set_feedback(variable(RESPONSE)))
    branches = [
        ("right", "responseIf", "gte", "1"),
        ("partly", "responseElseIf", "gt", "0"),
        ("wrong", "responseElse", "", ""),
    ]
    if any(name in said for name, *_rest in branches):
        rows = [_branch(*one) for one in branches]
        found.append(Node("responseCondition", children=list(rows)))
    if "always" in said:
        found.append(_set_feedback(_named("always")))
    return found


def _branch(name: str, tag: str, test: str, limit: str) -> Node:
    tests = [Node(test, children=[variable(SCORE), _number(limit)])] if test else []
    return Node(tag, children=[*tests, _set_feedback(_named(name))])


def _set_feedback(value: Node) -> Node:
    so_far = variable("FEEDBACK")
    both = Node("multiple", children=[so_far, value])
    return Node("setOutcomeValue", {"identifier": "FEEDBACK"}, [both])


def _named(name: str) -> Node:
    return Node("baseValue", {"baseType": "identifier"}, [name])


def _number(text: str) -> Node:
    return Node("baseValue", {"baseType": "float"}, [text])
