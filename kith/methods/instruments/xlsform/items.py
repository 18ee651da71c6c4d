"""An item from the cells of its row, with all that is wrong in them."""

from collections.abc import Iterator
from dataclasses import dataclass

from pyxform.errors import PyXFormError
from pyxform.parsing.parameters import parse as parse_parameters
from pyxform.utils import default_is_dynamic

from kith.methods.instruments.findings import Finding
from kith.methods.instruments.schema import CHOOSING, HOLDING, UNSEEN, Item, Kind, Span
from kith.methods.instruments.xlsform.cells import STRAIGHT, Cells
from kith.methods.instruments.xlsform.columns import (
    APPEARANCES_REFUSED,
    APPEARANCES_USED,
    FROM_ELSEWHERE,
)
from kith.methods.instruments.xlsform.types import Meaning

_ALL = frozenset(Kind)
_ANSWERED = _ALL - HOLDING - UNSEEN - {Kind.NOTE}
MEANT_FOR: dict[str, frozenset[Kind]] = {
    "required": _ANSWERED,
    "constraint": _ANSWERED,
    "read_only": _ALL - HOLDING - UNSEEN,
    "calculate": _ALL - HOLDING - {Kind.NOTE, Kind.ACKNOWLEDGE},
    "default": _ALL - HOLDING - {Kind.CALCULATE},
    "choice_filter": CHOOSING,
    "repeat_count": frozenset({Kind.REPEAT}),
    "rows": frozenset({Kind.TEXT}),
}
"""Column -> types it means something for."""
PARAMETERS: dict[Kind, frozenset[str]] = {
    Kind.TEXT: frozenset({"rows"}),
    Kind.RANGE: frozenset({"start", "end", "step"}),
}


@dataclass(frozen=True, slots=True)
class Built:
    item: Item
    findings: tuple[Finding, ...]


def build(cells: Cells, meaning: Meaning) -> Built:
    """The item of a row whose type is known."""
    kind = meaning.kind or Kind.TEXT
    parameters, findings = _parameters(cells, kind)
    findings += _misplaced(cells, kind)
    findings += _appearances(cells)
    default = cells.text("default")
    rule = kind is not Kind.CALCULATE and default_is_dynamic(default, kind.value)
    item = Item(
        name=cells.text("name"),
        kind=kind,
        label=cells.words("label"),
        hint=cells.words("hint"),
        guidance=cells.words("guidance"),
        choices=meaning.choices,
        choice_filter=cells.text("choice_filter"),
        required=cells.text("required"),
        required_message=cells.words("required_message"),
        relevant=cells.text("relevant"),
        constraint=cells.text("constraint") or meaning.constraint,
        constraint_message=cells.words("constraint_message"),
        calculate=cells.text("calculate") or meaning.calculate,
        default=default.translate(STRAIGHT) if rule else default,
        default_is_rule=bool(rule),
        read_only=cells.text("read_only"),
        appearance=_used_appearances(cells),
        span=_span(parameters) if kind is Kind.RANGE else None,
        lines=_lines(parameters, cells),
        repeat_count=cells.text("repeat_count"),
        row=cells.row,
    )
    if kind is Kind.CALCULATE and not item.calculate:
        findings.append(_finding(cells, "calculation_missing", "calculate"))
    return Built(item, tuple(findings))


def _finding(cells: Cells, code: str, key: str, **params: str | int) -> Finding:
    return Finding(code, params, sheet="survey", row=cells.row, column=cells.heading(key))


def _misplaced(cells: Cells, kind: Kind) -> Iterator[Finding]:
    for key, kinds in MEANT_FOR.items():
        if cells.text(key) and kind not in kinds:
            name = cells.heading(key)
            yield _finding(cells, "not_for_this_type", key, name=name, kind=kind.value)


def _appearances(cells: Cells) -> Iterator[Finding]:
    written = cells.text("appearance")
    if written.startswith(FROM_ELSEWHERE):
        why = "All that a questionnaire needs must lie in its own file."
        yield _finding(cells, "appearance_unsupported", "appearance", name=written, why=why)
        return
    for name in written.split():
        if name in APPEARANCES_REFUSED:
            why = APPEARANCES_REFUSED[name]
            yield _finding(cells, "appearance_unsupported", "appearance", name=name, why=why)
        elif name not in APPEARANCES_USED:
            yield _finding(cells, "appearance_not_used", "appearance", name=name)


def _used_appearances(cells: Cells) -> str:
    return " ".join(one for one in cells.text("appearance").split() if one in APPEARANCES_USED)


def _parameters(cells: Cells, kind: Kind) -> tuple[dict[str, str], list[Finding]]:
    try:
        found: dict[str, str] = parse_parameters(cells.text("parameters"), cells.row)
    except PyXFormError:
        text = cells.text("parameters")
        return {}, [_finding(cells, "expression_unreadable", "parameters", part=text)]
    known = PARAMETERS.get(kind, frozenset())
    findings = [
        _finding(cells, "parameter_unsupported", "parameters", name=name)
        for name in found
        if name not in known
    ]
    numbers = {name: text for name, text in found.items() if name in known}
    if rows := cells.text("rows"):
        numbers.setdefault("rows", rows)
    unreadable = [name for name, text in numbers.items() if not _is_number(text)]
    findings += [
        _finding(cells, "parameter_unreadable", "parameters", name=name, text=numbers.pop(name))
        for name in unreadable
    ]
    if kind is Kind.RANGE and not unreadable and not _is_range(_span(numbers)):
        findings.append(_finding(cells, "parameter_range", "parameters"))
    return numbers, findings


def _is_number(text: str) -> bool:
    try:
        return abs(float(text)) < 1e9
    except ValueError:
        return False


def _span(parameters: dict[str, str]) -> Span:
    usual = Span()
    return Span(
        start=parameters.get("start", usual.start),
        end=parameters.get("end", usual.end),
        step=parameters.get("step", usual.step),
    )


def _is_range(span: Span) -> bool:
    start, end, step = float(span.start), float(span.end), float(span.step)
    if start >= end or step <= 0:
        return False
    steps = (end - start) / step
    return abs(steps - round(steps)) < 1e-9


def _lines(parameters: dict[str, str], cells: Cells) -> int:
    return int(float(parameters.get("rows", "0"))) if cells.text("type") else 0
