"""What people type on public pages, with their code, and about their own waiting."""

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from kith.people.rules import CHILD_BANDS, labels
from kith.programmes.models import Programme
from kith.web.forms import (
    CardText,
    Choices,
    KithForm,
    LanguagesField,
    ManyChoiceCards,
    ManyChoices,
    WeekField,
    dress,
)
from kith.welcome.forms.fields import line_field, text_field
from kith.welcome.models import LEAST_AGE
from kith.welcome.rules import words
from kith.welcome.rules.states import Agreed, AskedBy

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

YES_NO = [("yes", _("Yes")), ("no", _("No"))]
NO_PROGRAMME = ""
MOST_ADULTS, MOST_CHILDREN = 9, 15


def _children(band: str) -> str:
    return f"children_{band}"


class _AtTheDoor(KithForm):
    """What every public form asks: a name and a way to answer, and nothing of robots."""

    name = line_field(_("Your name"), autocomplete="name")
    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    email = forms.EmailField(
        label=_("E-mail"),
        required=False,
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    channel = forms.ChoiceField(
        label=_("How shall we reach you?"), choices=list(words.WAYS.items()), initial="phone"
    )
    # Seen by programs that fill in everything, and by nobody else.
    website = forms.CharField(
        label=_("Leave this field empty"),
        required=False,
        widget=forms.TextInput(attrs={"tabindex": "-1", "autocomplete": "off"}),
    )

    def clean_website(self) -> str:
        if self.cleaned_data["website"]:
            raise ValidationError(_now("One field has to stay empty. Empty it and send again."))
        return ""

    def clean(self) -> dict[str, Any]:
        typed = super().clean() or self.cleaned_data
        if {"phone", "email"} & set(self.errors):
            return typed
        if not (typed.get("phone") or typed.get("email")):
            self.add_error("phone", _now("Write a phone number or an e-mail address."))
        elif typed.get("channel") == "email" and not typed.get("email"):
            self.add_error("email", _now("Write the e-mail address that we shall use."))
        return typed

    def contact(self) -> dict[str, Any]:
        """The part that every application has."""
        return {key: self.cleaned_data[key] for key in ("name", "phone", "email", "channel")}


class MentorForm(_AtTheDoor):
    """An application to be a mentor."""

    topics = forms.MultipleChoiceField(
        label=_("What can you help with?"),
        choices=list(words.NEED_WORDS.items()),
        widget=ManyChoices,
        required=False,
        help_text=_("Everyday things are enough. Choose as many as you like."),
    )
    times = WeekField(
        label=_("When would meetings usually suit you?"),
        required=False,
        help_text=_("Mark what suits in a normal week. You can change it later."),
    )
    place = line_field(
        _("Your district or town"),
        required=False,
        help_text=_("Not your street: only the area."),
    )
    online = forms.ChoiceField(
        label=_("Would meetings online suit you too?"),
        choices=YES_NO,
        widget=Choices,
        required=False,
    )
    from_on = forms.DateField(
        label=_("From which day could you begin?"), required=False, widget=forms.DateInput
    )
    why = text_field(
        _("Why would you like to do this?"),
        help_text=_("A few sentences in your own words, in any language."),
    )
    is_adult = forms.BooleanField(label="")
    field_order = (
        *("name", "phone", "email", "channel", "languages", "topics", "times"),
        *("place", "online", "from_on", "why", "is_adult", "website"),
    )

    def __init__(self, *args: Any, least_age: int = LEAST_AGE, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The names of languages and the age depend on the page.
        self.fields["languages"] = LanguagesField(
            label=_now("Which languages do you speak?"),
            languages=labels.languages(),
            levels=[(str(level), word) for level, word in labels.LEVELS.items()],
            help_text=_now("How well you understand and are understood, in your own view."),
        )
        self.fields["is_adult"].label = _now("I am %(age)d or older") % {"age": least_age}
        self.order_fields(self.field_order)
        dress(self.fields.values())

    def answers(self) -> dict[str, Any]:
        """What is kept beside the contact."""
        typed = self.cleaned_data
        return {
            "languages": {one.language: int(one.level) for one in typed["languages"]},
            "topics": typed["topics"],
            "times": typed["times"],
            "place": typed["place"],
            "online": _yes_no(typed["online"]),
            "from_on": typed["from_on"].isoformat() if typed["from_on"] else "",
            "why": typed["why"].strip(),
        }


def _yes_no(value: str) -> bool | None:
    return {"yes": True, "no": False}.get(value)


# What a field is called when somebody asks for somebody else.
OF_ANOTHER: dict[str, "StrOrPromise"] = {
    "name": _("What is the person called?"),
    "phone": _("The person's phone"),
    "email": _("The person's e-mail"),
    "channel": _("How shall we reach the person?"),
    "safe_to_write": _("Is it safe to write to the person?"),
    "speaks": _("Which language does the person speak best?"),
    "interpreter": _("The person would like an interpreter in the first talk"),
    "place": _("In which district or town does the person live?"),
    "needs": _("What would help the person?"),
    "note": _("When may we call, and what should we know before?"),
    "is_adult": _("The person is 18 or older"),
}


class RequestForm(_AtTheDoor):
    """Someone would like a mentor, and asks for themselves."""

    asked_by = AskedBy.SELF

    safe_to_write = forms.ChoiceField(
        label=_("Is it safe to write to you?"),
        choices=YES_NO,
        widget=Choices,
        required=False,
        help_text=_("Others may read along. If not, we only call."),
    )
    interpreter = forms.BooleanField(
        label=_("I would like an interpreter in the first talk"), required=False
    )
    place = line_field(_("In which district or town do you live?"), required=False)
    needs = forms.MultipleChoiceField(
        label=_("What would help you?"),
        choices=list(words.NEED_WORDS.items()),
        widget=ManyChoiceCards(
            {key: CardText(icon=icon) for key, icon in words.NEED_ICONS.items()}
        ),
        required=False,
        help_text=_("Choose as many as you like, or none."),
    )
    note = text_field(_("When may we call you, and what should we know before?"), rows=3)
    is_adult = forms.BooleanField(label=_("I am 18 or older"))
    field_order: Sequence[str] = (
        *("name", "phone", "email", "channel", "safe_to_write", "speaks", "interpreter"),
        *("place", "needs", "note", "programme", "is_adult", "website"),
    )

    adults = forms.IntegerField(
        label=_("Other adults of the family who would like to take part"),
        required=False,
        min_value=0,
        max_value=MOST_ADULTS,
    )

    def __init__(self, *args: Any, programmes: Sequence[Programme] = (), **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].label = _now("What is your name?")
        self.fields["name"].help_text = _now("A first name is enough.")
        self.fields["speaks"] = forms.ChoiceField(
            label=_now("Which language do you speak best?"),
            choices=[("", _now("Choose")), *labels.languages()],
        )
        for band in CHILD_BANDS:
            self.fields[_children(band)] = forms.IntegerField(
                label=_now("Children, %(age)s") % {"age": labels.CHILD_BANDS[band]},
                required=False,
                min_value=0,
                max_value=MOST_CHILDREN,
            )
        if len(programmes) > 1:
            self.fields["programme"] = _programme_field(programmes)
        if self.asked_by is not AskedBy.SELF:
            for key, label in OF_ANOTHER.items():
                self.fields[key].label = label
        self.order_fields(self.field_order)
        dress(self.fields.values())

    def answers(self) -> dict[str, Any]:
        """What is kept beside the contact."""
        typed = self.cleaned_data
        return {
            # Whoever asks in a language speaks it well enough for a talk.
            "languages": {typed["speaks"]: 5},
            "interpreter": typed["interpreter"],
            "place": typed["place"],
            "needs": typed["needs"],
            "note": typed["note"].strip(),
            **self._family(),
        }

    def family_fields(self) -> list[forms.BoundField]:
        """Who else of the family is here: numbers and ages, no names."""
        return [self["adults"], *(self[_children(band)] for band in CHILD_BANDS)]

    def has_family(self) -> bool:
        """Whether something was typed there, or is to be corrected."""
        return any(bound.value() or bound.errors for bound in self.family_fields())

    def _family(self) -> dict[str, Any]:
        typed = self.cleaned_data
        counted = {band: typed[_children(band)] for band in CHILD_BANDS if typed[_children(band)]}
        adults = typed["adults"] or 0
        return {"family": {"adults": adults, "children": counted}} if adults or counted else {}

    def safe(self) -> bool | None:
        """Whether somebody may write: yes, no, or not said."""
        return _yes_no(self.cleaned_data["safe_to_write"])

    def helper(self) -> dict[str, Any] | None:
        """Who asks for somebody else; nobody here."""
        return None


def _programme_field(programmes: Sequence[Programme]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_now("Which programme?"),
        choices=[
            *[(str(one.pk), one.name) for one in programmes],
            (NO_PROGRAMME, _now("I do not know yet")),
        ],
        widget=Choices,
        required=False,
    )


class HelperForm(RequestForm):
    """Someone asks for somebody who knows of it and wants it."""

    asked_by = AskedBy.HELPER

    helper_name = line_field(_("Your own name"), autocomplete="name")
    helper_contact = line_field(_("Your own phone or e-mail"))
    agreed = forms.ChoiceField(
        label=_("How did the person say that they know of this and want it?"),
        choices=[(key.value, word) for key, word in words.AGREED.items()],
        widget=Choices,
        help_text=_("Without the person's own word we cannot take this in. Talk with them first."),
    )
    field_order = ("helper_name", "helper_contact", "agreed", *RequestForm.field_order)

    def helper(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "name": typed["helper_name"],
            "contact": typed["helper_contact"],
            "agreed": Agreed(typed["agreed"]).value,
        }


class OrganisationForm(HelperForm):
    """An organisation asks for somebody who knows of it and wants it."""

    asked_by = AskedBy.ORGANISATION

    organisation = line_field(_("Your organisation"), autocomplete="organization")
    agreed_on = forms.DateField(
        label=_("On which day did the person say so?"), widget=forms.DateInput
    )
    field_order = (
        *("organisation", "helper_name", "helper_contact", "agreed", "agreed_on"),
        *RequestForm.field_order,
    )

    def __init__(self, *args: Any, today: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.today = today

    def clean_agreed_on(self) -> date:
        day: date = self.cleaned_data["agreed_on"]
        if day > self.today:
            raise ValidationError(_now("This day has not come yet."))
        return day

    def helper(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return super().helper() | {
            "organisation": typed["organisation"],
            "agreed_on": typed["agreed_on"].isoformat(),
        }


class PartnerForm(OrganisationForm):
    """A partner contact who is signed in asks for somebody; who asks is known."""

    field_order = ("agreed", "agreed_on", *RequestForm.field_order)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("organisation", "helper_name", "helper_contact"):
            del self.fields[name]

    def helper(self) -> dict[str, Any]:
        typed = self.cleaned_data
        return {
            "agreed": Agreed(typed["agreed"]).value,
            "agreed_on": typed["agreed_on"].isoformat(),
        }


class CodeForm(KithForm):
    """The receipt code."""

    code = forms.CharField(
        label=_("Your receipt code"),
        max_length=40,
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "dir": "ltr"}
        ),
        help_text=_("Sixteen letters and figures. Blanks do not matter."),
    )


class AnswerForm(KithForm):
    """An answer to a question of the office."""

    text = text_field(_("Your answer"), required=True)


class TalkAnswerForm(KithForm):
    """Another time for a talk."""

    text = text_field(_("Which times would suit you better?"), rows=2)


class BreakForm(KithForm):
    """A break from the waiting list."""

    until = forms.DateField(
        label=_("Until which day?"),
        widget=forms.DateInput,
        help_text=_("The day on which you began to wait stays the same."),
    )
