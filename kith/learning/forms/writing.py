"""Answers to the tasks of a story."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _

from kith.learning.commands.writing import LONGEST_ANSWER
from kith.methods.learning.questions.schema import Essay
from kith.web.forms import KithForm


class StoryForm(KithForm):
    """One field for each task, named as the task."""

    def __init__(
        self, *args: Any, tasks: tuple[Essay, ...], labels: dict[str, str], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        for task in tasks:
            self.fields[task.key] = forms.CharField(
                label=labels[task.key],
                help_text=_about(task.words),
                max_length=LONGEST_ANSWER,
                required=False,
                widget=forms.Textarea(
                    attrs={"rows": 12, "class": "form-control", "data-words": task.words}
                ),
            )


def _about(words: int) -> str:
    return _("About %(words)d words.") % {"words": words} if words else ""
