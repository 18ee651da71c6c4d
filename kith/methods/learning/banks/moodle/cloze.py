r"""Cloze: a text with gaps such as {1:SHORTANSWER:=bank#Yes~%50%shore}, in and out.

A gap is typed (SHORTANSWER), a number (NUMERICAL) or chosen (MULTICHOICE). A \ hides } # ~ / " and
itself. MULTIRESPONSE, several right ones in one gap, is not taken.
"""

import re
from fractions import Fraction
from html import escape, unescape

from kith.methods.learning.banks.bank import with_brackets, words
from kith.methods.learning.banks.markdown import from_html, inline_html, to_html, to_plain
from kith.methods.learning.banks.moodle.kinds import Common
from kith.methods.learning.banks.moodle.texts import HTML, Texts
from kith.methods.learning.banks.notes import NotTaken
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.numbers import (
    decimal,
    percent,
    plain_number,
    weight_of_percent,
)
from kith.methods.learning.questions.schema import (
    ALL,
    NONE,
    Accepted,
    Gap,
    Gapped,
    Number,
    Question,
    Words,
    say,
)

TYPED = {"SHORTANSWER", "SA", "MW"}
TYPED_WITH_CAPITALS = {"SHORTANSWER_C", "SAC", "MWC"}
NUMBER = {"NUMERICAL", "NM"}
CHOSEN = {"MULTICHOICE", "MC", "MULTICHOICE_V", "MCV", "MULTICHOICE_H", "MCH", "MULTICHOICE_S",
          "MCS", "MULTICHOICE_VS", "MCVS", "MULTICHOICE_HS", "MCHS"}  # fmt: skip
GAP = re.compile(r"\{(\d{0,3}):([A-Z_]+):((?:\\.|[^\\}]){0,20000})\}", re.DOTALL)
PIECE = re.compile(r"((?:\\.|[^\\~]){1,20000})", re.DOTALL)
WEIGHT = re.compile(r"(=|%(-?[\d.]{1,20})%)?(.*)", re.DOTALL)
WHY = re.compile(r"((?:\\.|[^\\#]){0,20000})#?(.*)", re.DOTALL)
_HIDDEN = re.compile(r"\\([}#~/\"\\=%*{])")
_TO_HIDE = re.compile(r"[}#~/\"\\]")


def cloze(node: Node, texts: Texts, common: Common) -> Question:
    question = node.find("questiontext") or Node("")
    gaps: list[Gap] = []

    def gap(found: re.Match[str]) -> str:
        gaps.append(_gap(found, texts))
        return f"\ue000{len(gaps)}\ue001"

    raw = GAP.sub(gap, question.said("text"))
    if not gaps:
        raise NotTaken("no_answers")
    text = with_brackets(texts.formatted(raw, question.get("format", HTML)), texts.notes)
    text = text.replace("\ue000", "{").replace("\ue001", "}")
    common = {**common, "stem": {}}
    return Gapped(text=words(texts.language, text), gaps=tuple(gaps), shuffle=True, **common)


def _gap(found: re.Match[str], texts: Texts) -> Gap:
    share, kind = int(found[1] or 1), found[2]
    pieces = PIECE.findall(found[3])
    if kind in NUMBER:
        return Gap(numbers=tuple(_number(one, texts) for one in pieces), share=share)
    if kind not in TYPED | TYPED_WITH_CAPITALS | CHOSEN:
        raise NotTaken("gap_kind_not_taken", kind=kind)
    return Gap(
        answers=tuple(_accepted(one, texts, is_typed=kind not in CHOSEN) for one in pieces),
        chosen=kind in CHOSEN,
        case=kind in TYPED_WITH_CAPITALS,
        share=share,
    )


def _parts(piece: str, texts: Texts) -> tuple[Fraction, str, Words]:
    """Weight, answer with its \\ still there, and what is said about it."""
    found = WEIGHT.match(piece.strip())
    mark, share, rest = (found[1], found[2], found[3]) if found else (None, None, piece)
    weight = weight_of_percent(share) if share else (ALL if mark else NONE)
    if weight is None:
        raise NotTaken("weight_unreadable", text=str(mark))
    parts = WHY.match(rest)
    answer, why = (parts[1], parts[2]) if parts else (rest, "")
    return weight, answer.strip(), words(texts.language, from_html(_shown(why), texts.notes))


def _accepted(piece: str, texts: Texts, *, is_typed: bool) -> Accepted:
    weight, answer, why = _parts(piece, texts)
    if is_typed:
        # A hidden star stays hidden: it is the sign, not any letters.
        text = unescape(_shown(answer.replace("\\*", "\\\\*")))
    else:
        text = to_plain(from_html(_shown(answer), texts.notes))
    return Accepted(text, texts.language, weight, why)


def _number(piece: str, texts: Texts) -> Number:
    weight, answer, why = _parts(piece, texts)
    if answer == "*":
        return Number(None, None, weight, why)
    middle, _, tolerance = answer.partition(":")
    value, around = plain_number(middle.replace(",", ".")), plain_number(tolerance or "0")
    if value is None or around is None:
        raise NotTaken("number_unreadable", text=answer)
    return Number(value - abs(around), value + abs(around), weight, why)


def _shown(text: str) -> str:
    return _HIDDEN.sub(r"\1", text)


def written_gap(gap: Gap, language: str) -> str:
    """A gap as it stands in the text."""
    if gap.numbers:
        kind, pieces = "NUMERICAL", [_written_number(one, language) for one in gap.numbers]
    else:
        kind = "MULTICHOICE" if gap.chosen else "SHORTANSWER_C" if gap.case else "SHORTANSWER"
        pieces = [
            _piece(one.weight, one.text, one.why, language) for one in gap.answers_in(language)
        ]
    return f"{{{gap.share}:{kind}:{'~'.join(pieces)}}}"


def _written_number(one: Number, language: str) -> str:
    if one.low is None or one.high is None:
        return _piece(one.weight, "*", one.why, language)
    middle, around = (one.low + one.high) / 2, (one.high - one.low) / 2
    return _piece(one.weight, f"{decimal(middle)}:{decimal(around)}", one.why, language)


def _piece(weight: Fraction, text: str, why: Words, language: str) -> str:
    mark = "=" if weight == ALL else f"%{percent(weight)}%"
    said = say(why, language)
    # Answers and what is said of them are HTML there, whatever the text round them is.
    shown = to_html(said) if "\n" in said else inline_html(said)
    return mark + _hide(escape(text, quote=False)) + (f"#{_hide(shown)}" if said else "")


def _hide(text: str) -> str:
    return _TO_HIDE.sub(lambda found: f"\\{found[0]}", text)
