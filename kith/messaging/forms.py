"""The shape of what is typed in messages."""

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.messaging.rules.limits import LONGEST_NOTE, LONGEST_TEXT
from kith.web.forms import KithForm

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
