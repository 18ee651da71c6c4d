"""Bringing a badge from elsewhere, and accepting who gives them."""

from collections.abc import Sequence
from typing import Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kith.learning.commands.elsewhere import File
from kith.learning.commands.issuers import Profile
from kith.learning.models import Course
from kith.learning.rules.elsewhere import MOST_KB, NO_BADGE
from kith.learning.rules.issuers import BadIssuer, as_stored, issuer_in, keys_in
from kith.learning.rules.words import here
from kith.methods.learning.credentials.files import Unreadable, text_in, token_in
from kith.methods.learning.credentials.keys import PublicKeys
from kith.web.forms import KithForm
from kith.web.words import isolated

JSON_AREA = {"rows": 6, "dir": "ltr", "spellcheck": "false"}


def _small(file: Any) -> bytes:
    if file.size > MOST_KB * 1024:
        raise ValidationError(_now("This file is larger than %d KB. A badge is smaller.") % MOST_KB)
    content: bytes = file.read()
    return content


class ListForm(KithForm):
    """The issuer's list of revoked badges, where it is at hand."""

    listed = forms.FileField(
        label=_("List of revoked badges"),
        help_text=_(
            "Kith asks nobody on the network. Save the list from the address that stands in the"
            " badge, and give it here; without it nobody knows whether the badge was revoked."
        ),
        required=False,
    )

    def clean_listed(self) -> str | None:
        file = self.cleaned_data["listed"]
        if not file:
            return None
        try:
            return text_in(_small(file))
        except Unreadable as fault:
            raise ValidationError(_now("This is no list of revoked badges.")) from fault


class BringForm(ListForm):
    """A badge as another Kith exports it."""

    badge = forms.FileField(
        label=_("Badge"),
        help_text=_("The file “badge.jwt” or the picture “badge.svg”, as you saved it there."),
        widget=forms.FileInput(attrs={"accept": ".jwt,.txt,.json,.svg,.png"}),
    )
    field_order = ("badge", "listed")

    def clean_badge(self) -> str:
        try:
            return token_in(_small(self.cleaned_data["badge"]))
        except Unreadable as fault:
            raise ValidationError(str(NO_BADGE)) from fault

    @property
    def file(self) -> File:
        """What was given, as the command takes it."""
        return File(self.cleaned_data["badge"], self.cleaned_data["listed"])


class ProfileForm(KithForm):
    """Profile and keys of an issuer, as they stand at its address."""

    profile = forms.CharField(
        label=_("Profile"),
        help_text=_("The text of the page at the issuer's address. Ask for it by e-mail."),
        max_length=20_000,
        widget=forms.Textarea(attrs=JSON_AREA),
    )
    keys = forms.CharField(
        label=_("Keys"),
        help_text=_("The text of its keys.json."),
        max_length=20_000,
        widget=forms.Textarea(attrs=JSON_AREA),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if not self.errors:
            try:
                self.address, self.name = issuer_in(typed["profile"])
                self.public: PublicKeys = keys_in(typed["keys"], address=self.address)
            except BadIssuer as fault:
                self.add_error(fault.field, str(fault.sentence))
        return typed

    @property
    def told(self) -> Profile:
        """Who it is, as the command takes it."""
        return Profile(self.address, self.name, as_stored(self.public))


class CompareForm(ProfileForm):
    """The last step: the digits were compared."""

    reason = forms.CharField(
        label=_("Why are its badges to count here?"),
        help_text=_("Such as: same course, agreed between both organisations on 12 May."),
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    is_same = forms.BooleanField(
        label=_("I have compared all digits with the issuer by telephone; they are the same."),
        error_messages={
            "required": _("Compare the digits first, with somebody whose voice or number you know.")
        },
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("profile", "keys"):
            self.fields[name].widget = forms.HiddenInput()


class WithdrawForm(KithForm):
    why = forms.CharField(label=_("Why?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}))


class CountsForm(KithForm):
    """For which of our courses an achievement counts."""

    course = forms.ChoiceField(label=_("Counts as"), required=False)

    def __init__(self, *args: Any, courses: Sequence[Course], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.courses = {str(one.pk): one for one in courses}
        field = cast(forms.ChoiceField, self.fields["course"])
        named = [(key, isolated(here(one.title))) for key, one in self.courses.items()]
        field.choices = [("", _now("None: it is only shown")), *named]

    @property
    def chosen(self) -> Course | None:
        return self.courses.get(self.cleaned_data["course"])
