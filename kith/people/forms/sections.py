"""One form for each section of a person's record, and the two forms for someone new."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from kith.people.queries import Record
from kith.people.rules import labels
from kith.web.forms import (
    Choices,
    KithForm,
    LanguageLevel,
    LanguagesField,
    ManyChoices,
    WeekField,
    dress,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LEVELS: list[tuple[str, "StrOrPromise"]] = [
    (str(level), word) for level, word in labels.LEVELS.items()
]
YES_NO_UNSAID = [("", _("Not asked yet")), ("yes", _("Yes")), ("no", _("No"))]
NAME_LETTERS = 120
FIRST_ASKED = (
    *("name", "adult", "called", "phone", "email", "channel"),
    *("safe_to_write", "language", "languages"),
)


def _languages_field(*, required: bool = False) -> LanguagesField:
    return LanguagesField(
        label=_("Languages"),
        languages=labels.languages(),
        levels=LEVELS,
        required=required,
        help_text=_("How well someone understands and is understood, in their own view."),
    )


def _many(
    words: labels.Words, label: "StrOrPromise", help_text: "StrOrPromise" = ""
) -> forms.MultipleChoiceField:
    return forms.MultipleChoiceField(
        label=label,
        choices=list(words.items()),
        widget=ManyChoices,
        required=False,
        help_text=help_text,
    )


def yes_no(value: str) -> bool | None:
    """The answer of a question that may be left open."""
    return {"yes": True, "no": False}.get(value)


def yes_no_code(value: bool | None) -> str:  # noqa: FBT001 - the answer itself
    """The code of an answer in YES_NO_UNSAID."""
    return "" if value is None else ("yes" if value else "no")


def levels_of(pairs: Iterable[LanguageLevel]) -> dict[str, int]:
    """Languages of a form as commands take them."""
    return {pair.language: int(pair.level) for pair in pairs}


class _Contact(KithForm):
    """How to reach someone; shared by the section and the forms for new people."""

    phone = forms.CharField(
        label=_("Phone"),
        required=False,
        max_length=40,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "off"}),
    )
    email = forms.EmailField(label=_("E-mail"), required=False)
    channel = forms.ChoiceField(
        label=_("Best way to reach"), choices=list(labels.CHANNELS.items()), initial="phone"
    )
    safe_to_write = forms.ChoiceField(
        label=_("Is it safe to write to this phone or address?"),
        choices=YES_NO_UNSAID,
        required=False,
        widget=Choices,
        help_text=_("Others may read along. Ask before the first message."),
    )

    def clean_safe_to_write(self) -> bool | None:
        return yes_no(self.cleaned_data["safe_to_write"])


class NameForm(KithForm):
    """Who someone is."""

    name = forms.CharField(
        label=_("Full name"),
        max_length=NAME_LETTERS,
        help_text=_("As the person writes it, in any script."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    called = forms.CharField(
        label=_("Likes to be called"),
        required=False,
        max_length=NAME_LETTERS,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    age_band = forms.ChoiceField(
        label=_("Age"),
        required=False,
        choices=[("", _("Not said")), *labels.AGE_BANDS.items()],
    )
    language = forms.ChoiceField(label=_("Language of letters"), choices=())

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = [(code, labels.language_name(code)) for code, _name in settings.LANGUAGES]
        self.fields["language"].choices = offered  # type: ignore[attr-defined]

    @staticmethod
    def initial_of(record: Record) -> dict[str, Any]:
        person = record.person
        return {
            "name": person.name,
            "called": person.called,
            "age_band": person.age_band,
            "language": person.language,
        }


class ContactForm(_Contact):
    """How someone wants to be reached."""

    contact_note = forms.CharField(
        label=_("When and how to call"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("For example: after 6 in the evening, or through the sister."),
    )

    @staticmethod
    def initial_of(record: Record) -> dict[str, Any]:
        person = record.person
        return {
            "phone": person.phone,
            "email": person.email,
            "channel": person.channel,
            "safe_to_write": yes_no_code(person.safe_to_write),
            "contact_note": person.contact_note,
        }


class LanguagesForm(KithForm):
    """What someone speaks."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # The names of languages depend on the language of the page.
        self.fields["languages"] = _languages_field(required=True)
        dress(self.fields.values())

    def clean_languages(self) -> dict[str, int]:
        return levels_of(self.cleaned_data["languages"])

    @staticmethod
    def initial_of(record: Record) -> dict[str, Any]:
        return {"languages": [LanguageLevel(row.code, str(row.level)) for row in record.languages]}


class HopesForm(KithForm):
    """What a participant hopes for."""

    needs = _many(labels.NEEDS, _("What would help"), _("What the person says, not what we think."))
    interests = _many(labels.INTERESTS, _("Likes to do"))
    gender_wish = forms.ChoiceField(
        label=_("Whom the mentor should be"),
        choices=list(labels.GENDER_WISHES.items()),
        widget=Choices,
    )
    gender_wish_firm = forms.BooleanField(label=_("Only if this wish is met"), required=False)
    interpreter = forms.BooleanField(
        label=_("An interpreter may help at the start"),
        required=False,
        help_text=_("Then a mentor without a shared language can be proposed too."),
    )
    asked_on = forms.DateField(
        label=_("Asked for a mentor on"), required=False, widget=forms.DateInput
    )

    @staticmethod
    def initial_of(record: Record) -> dict[str, Any]:
        names = ("needs", "interests", "gender_wish", "gender_wish_firm", "interpreter", "asked_on")
        return _initial(record.hopes, names)


class OfferForm(KithForm):
    """What a mentor offers."""

    topics = _many(labels.NEEDS, _("Can help with"))
    interests = _many(labels.INTERESTS, _("Likes to do"))
    capacity = forms.IntegerField(
        label=_("How many people at a time"), min_value=0, max_value=20, initial=1
    )
    gender = forms.ChoiceField(
        label=_("Gender, in your own word"),
        choices=list(labels.GENDERS.items()),
        required=False,
        widget=Choices,
        help_text=_("Asked because a participant may wish for a woman or a man. Free to leave."),
    )
    settled_here = forms.BooleanField(
        label=_("“I settled here as a newcomer myself.”"),
        required=False,
        help_text=_("Only if the mentor says so. We never ask from where."),
    )

    @staticmethod
    def initial_of(record: Record) -> dict[str, Any]:
        names = ("topics", "interests", "capacity", "gender", "settled_here")
        return _initial(record.offer, names)


def _initial(row: Any, names: Iterable[str]) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names} if row is not None else {}


class TimesForm(KithForm):
    """When meetings suit."""

    slots = WeekField(
        label=_("When meetings suit"),
        required=False,
        help_text=_("Mark every part of the week that usually suits."),
    )

    @staticmethod
    def initial_of(record: Record) -> dict[str, Any]:
        return {"slots": record.person.availability}


class PlaceForm(KithForm):
    """Where someone is, and how far meetings may be."""

    place = forms.CharField(
        label=_("District or town"),
        required=False,
        max_length=NAME_LETTERS,
        widget=forms.TextInput(attrs={"list": "places", "autocomplete": "off", "dir": "auto"}),
    )
    max_km = forms.IntegerField(
        label=_("How far a meeting may be"), required=False, min_value=1, max_value=500
    )
    online = forms.ChoiceField(
        label=_("Do meetings online suit too?"),
        choices=YES_NO_UNSAID,
        required=False,
        widget=Choices,
    )

    def clean_online(self) -> bool | None:
        return yes_no(self.cleaned_data["online"])

    @staticmethod
    def initial_of(record: Record) -> dict[str, Any]:
        person = record.person
        return {
            "place": person.place.name if person.place else "",
            "max_km": person.max_km,
            "online": yes_no_code(person.online),
        }


class PauseForm(KithForm):
    """Until when a mentor rests."""

    until = forms.DateField(
        label=_("The pause ends on"),
        widget=forms.DateInput,
        help_text=_("Until then no one new is proposed. Present matches go on as agreed."),
    )

    @staticmethod
    def initial_of(record: Record) -> dict[str, Any]:
        return {"until": record.offer.paused_until if record.offer else None}


class _NewPerson(NameForm, _Contact):
    """What is asked of someone new; the rest of the record can follow later."""

    adult = forms.BooleanField(
        label=_("This person is 18 or older"),
        help_text=_("Children are noted with their family, as a number and an age."),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["languages"] = _languages_field()
        letters: Any = self.fields["language"]
        letters.choices, letters.required = (
            [("", _("The one they speak best")), *letters.choices],
            False,
        )
        del self.fields["age_band"]
        self.order_fields(self.field_order)
        dress(self.fields.values())

    def clean_languages(self) -> dict[str, int]:
        return levels_of(self.cleaned_data["languages"])


class NewParticipantForm(_NewPerson):
    """Someone who asks for a mentor."""

    needs = _many(labels.NEEDS, _("What would help"), _("What the person says, not what we think."))
    asked_on = forms.DateField(
        label=_("Asked for a mentor on"), required=False, widget=forms.DateInput
    )
    field_order = (*FIRST_ASKED, "needs", "asked_on")


class NewMentorForm(_NewPerson):
    """Someone who wants to be a mentor."""

    topics = _many(labels.NEEDS, _("Can help with"))
    capacity = forms.IntegerField(
        label=_("How many people at a time"), min_value=0, max_value=20, initial=1
    )
    field_order = (*FIRST_ASKED, "topics", "capacity")
