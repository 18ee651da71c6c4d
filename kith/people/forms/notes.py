"""A note about someone, in four parts."""

from typing import TYPE_CHECKING

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.people.rules.labels import NOTE_PARTS
from kith.web.forms import KithForm

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise


def _part(label: "StrOrPromise", help_text: "StrOrPromise") -> forms.CharField:
    return forms.CharField(
        label=label,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3, "dir": "auto"}),
        help_text=help_text,
    )


class NoteForm(KithForm):
    """What was seen, what was told by whom, and what one thinks of it."""

    observed = _part(NOTE_PARTS["observed"], _("What you saw or heard yourself, with the day."))
    told_by_person = _part(
        NOTE_PARTS["told_by_person"],
        _("As close to the person's own words as you can, with the day."),
    )
    told_by_others = _part(
        NOTE_PARTS["told_by_others"], _("Who said it, and when. You did not see it yourself.")
    )
    interpretation = _part(
        _("What you think of it"), _("Your own view, and what else could explain it.")
    )
