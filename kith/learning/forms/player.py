"""What a page of a course sends along when somebody goes on, and what they answer in a test."""

from collections.abc import Callable
from typing import Any

from django import forms
from django.http import QueryDict

from kith.methods.learning.questions.schema import (
    Choosing,
    Gapped,
    Matching,
    Multiple,
    Ordering,
    Question,
)
from kith.web.forms import KithForm

ANSWER, MOVED, MOVE = "answer", "moved", "move"


class ReadForm(KithForm):
    """How long a screen was in view: counted by the browser, nothing where no script runs."""

    seconds = forms.IntegerField(
        required=False, min_value=0, max_value=86_400, widget=forms.HiddenInput
    )

    def time(self) -> int:
        """Seconds; none where something else was sent."""
        return self.cleaned_data.get("seconds") or 0 if self.is_valid() else 0


def answer_in(question: Question, sent: QueryDict) -> Any:
    """The answer to a question as it is marked; an empty one where nothing was chosen or typed."""
    if isinstance(question, Choosing):
        chosen = [one for one in sent.getlist(ANSWER) if question.option(one)]
        return chosen if isinstance(question, Multiple) else "".join(chosen[:1])
    read = next((one for kind, one in READ.items() if isinstance(question, kind)), _text)
    return read(question, sent)


def _text(_question: Question, sent: QueryDict) -> str:
    return sent.get(ANSWER, "").strip()


def _matching(question: Matching, sent: QueryDict) -> list[str]:
    known = {one.key for one in question.rights()}
    return _listed([sent.get(f"{ANSWER}-{one.key}", "") for one in question.pairs], known)


def _gapped(question: Gapped, sent: QueryDict) -> list[str]:
    names = [f"{ANSWER}-{number}" for number in range(1, len(question.gaps) + 1)]
    return _listed([sent.get(name, "").strip() for name in names], None)


def _listed(texts: list[str], known: set[str] | None) -> list[str]:
    found = [one if known is None or one in known else "" for one in texts]
    return found if any(found) else []


def _ordering(question: Ordering, sent: QueryDict) -> list[str]:
    """The order, once somebody has moved something: as it stood at first it is no answer."""
    keys = sent.getlist(ANSWER)
    if sorted(keys) != sorted(one.key for one in question.items):
        return []
    key, _colon, way = sent.get(MOVE, "").partition(":")
    if key in keys and way in STEPS:
        return _moved(keys, key, STEPS[way])
    return keys if sent.get(MOVED) else []


STEPS = {"up": -1, "down": 1}


def _moved(keys: list[str], key: str, step: int) -> list[str]:
    rest, place = [one for one in keys if one != key], keys.index(key) + step
    place = max(0, min(place, len(rest)))
    return [*rest[:place], key, *rest[place:]]


READ: dict[type[Question], Callable[[Any, QueryDict], Any]] = {
    Matching: _matching,
    Gapped: _gapped,
    Ordering: _ordering,
}
