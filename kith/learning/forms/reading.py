"""What a trainer says of an answer to a made-up story."""

from collections.abc import Mapping
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kith.learning.commands.writing import LONGEST_FEEDBACK
from kith.learning.rules.words import JUDGED_WORDS, here
from kith.methods.learning.courses.schema import Vignette
from kith.web.forms import Choices, KithForm, dress
from kith.web.words import isolated

ACCEPT, MORE, KEEP = "accept", "more", "keep"
PREFIX = "judged-"


class ReadingForm(KithForm):
    """One choice for each thing to look for, and words to the learner.

    act  what was pressed: accept, ask for more, or keep as a draft
    """

    feedback = forms.CharField(
        label=_("To the learner"),
        help_text=_("What is good, what is missing, and what you would do yourself."),
        max_length=LONGEST_FEEDBACK,
        required=False,
        widget=forms.Textarea(attrs={"rows": 8, "dir": "auto"}),
    )

    def __init__(self, *args: Any, story: Vignette, act: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.act = act
        self.names: dict[str, list[str]] = {}
        for task in story.tasks:
            for criterion in task.criteria:
                name = f"{PREFIX}{task.key}/{criterion.key}"
                self.names.setdefault(task.key, []).append(name)
                self.fields[name] = forms.ChoiceField(
                    label=isolated(here(criterion.text)),
                    choices=[(str(one), words) for one, words in JUDGED_WORDS.items()],
                    widget=Choices,
                    required=False,
                )
        dress(self.fields.values())

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if self.act == KEEP:
            return typed
        for name in (name for names in self.names.values() for name in names):
            if not typed.get(name) and name not in self.errors:
                self.add_error(name, _now("Say whether it is there, partly there, or not yet."))
        if not str(typed.get("feedback", "")).strip():
            self.add_error("feedback", _now("Write to the learner what was good and missing."))
        return typed

    @property
    def judged(self) -> Mapping[str, str]:
        """task/criterion -> there, partly, not_yet."""
        chosen = {name: self.cleaned_data.get(name) for name in self.fields if name != "feedback"}
        return {name.removeprefix(PREFIX): str(one) for name, one in chosen.items() if one}
