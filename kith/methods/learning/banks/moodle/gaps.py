"""Gaps to choose from lists (gapselect), or to drag words into (ddwtos): [[1]], [[2]] in a text."""

import re

from kith.methods.learning.banks.bank import with_brackets, words
from kith.methods.learning.banks.moodle.kinds import Common, is_on
from kith.methods.learning.banks.moodle.texts import Texts
from kith.methods.learning.banks.notes import NotTaken
from kith.methods.learning.banks.trees import Node
from kith.methods.learning.questions.schema import ALL, NONE, Accepted, Gap, Gapped, Question, say

PLACE = re.compile(r"(?:\\?\[){2}(\d{1,3})(?:\\?\]){2}")
LISTS = ("selectoption", "dragbox")


def gap_select(node: Node, texts: Texts, common: Common) -> Question:
    """The n-th place has the choice of that number as its right one; its group is the list."""
    choices = [
        (one.said("group", usual="1"), texts.plain(one)) for tag in LISTS for one in node.all(tag)
    ]
    gaps: list[Gap] = []

    def gap(found: re.Match[str]) -> str:
        number = int(found[1])
        if not 0 < number <= len(choices):
            raise NotTaken("gaps_differ")
        group, right = choices[number - 1]
        wrong = [text for other, text in choices if other == group and text != right]
        gaps.append(Gap(answers=_answers(right, wrong, texts.language), chosen=True))
        return f"{{{len(gaps)}}}"

    text = PLACE.sub(gap, with_brackets(say(common["stem"], texts.language), texts.notes))
    if not gaps:
        raise NotTaken("no_answers")
    return Gapped(
        text=words(texts.language, text),
        gaps=tuple(gaps),
        shuffle=is_on(node, "shuffleanswers", usual=True),
        **{**common, "stem": {}},
    )


def _answers(right: str, wrong: list[str], language: str) -> tuple[Accepted, ...]:
    first = Accepted(right, language, ALL)
    return (first, *(Accepted(one, language, NONE) for one in dict.fromkeys(wrong)))
