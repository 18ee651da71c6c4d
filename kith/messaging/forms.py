"""The shape of what is typed in messages."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.messaging.rules.limits import LONGEST_NOTE, LONGEST_TEXT, LONGEST_WORD
from kith.web.forms import KithForm
from kith.web.words import isolated

PARAGRAPH = {"rows": 4, "dir": "auto"}


class MessageForm(KithForm):
    """One message. The text is the only thing that is typed."""

    text = forms.CharField(
        label=_("Your message"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={**PARAGRAPH, "rows": 3}),
        error_messages={"required": _("Write something first.")},
    )
    # The second button says so: the question has been read.
    anyway = forms.BooleanField(required=False, widget=forms.HiddenInput)


class FileForm(KithForm):
    """A picture or a paper."""

    file = forms.FileField(
        label=_("Picture or paper"),
        help_text=_("A picture (JPEG or PNG) or a PDF, up to 8 megabytes."),
        widget=forms.FileInput(attrs={"accept": "image/jpeg,image/png,application/pdf"}),
    )


class WordForm(KithForm):
    """One thing in the words of both sides."""

    participant_word = forms.CharField(
        max_length=LONGEST_WORD, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )
    mentor_word = forms.CharField(
        max_length=LONGEST_WORD, required=False, widget=forms.TextInput(attrs={"dir": "auto"})
    )

    def __init__(self, *args: Any, participant: str, mentor: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for key, name in (("participant_word", participant), ("mentor_word", mentor)):
            self.fields[key].label = _("%(name)s says") % {"name": isolated(name)}


class ShowForm(KithForm):
    """What somebody adds to a message they show to the coordinators."""

    note = forms.CharField(
        label=_("What should the coordinators know?"),
        help_text=_("You can leave this empty. Only the coordinators read it."),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.Textarea(attrs=PARAGRAPH),
    )


class AnswerForm(KithForm):
    """What the coordinators tell both sides."""

    answer = forms.CharField(
        label=_("What do you tell both sides?"),
        help_text=_("Both read it under the message, in your words. Talk with each of them first."),
        max_length=LONGEST_NOTE,
        widget=forms.Textarea(attrs=PARAGRAPH),
    )
