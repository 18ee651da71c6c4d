"""The shape of what people type in this room."""

from collections.abc import Sequence
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.interpreters.commands import Details, Wanted
from kith.interpreters.models import (
    Booking,
    Cost,
    Interpreter,
    InterpreterNeed,
    InterpreterRequest,
    Spoken,
)
from kith.interpreters.queries import Listed
from kith.interpreters.rules import (
    LEVELS,
    LONGEST_MINUTES,
    MOST_CENTS,
    SHORTEST_MINUTES,
    SUBJECTS,
    WAYS,
    Level,
    Subject,
    Way,
)
from kith.people.rules.labels import languages
from kith.web.forms import Choices, KithForm, LanguagesField, ManyChoices
from kith.web.forms.languages import LanguageLevel

USUAL_MINUTES = 60


def _choose(field: forms.Field, choices: Sequence[tuple[Any, Any]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]


def _money(label: Any, **more: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=Decimal(MOST_CENTS) / 100,
        decimal_places=2,
        widget=forms.TextInput(attrs={"inputmode": "decimal", "dir": "ltr"}),
        **more,
    )


def _cents(amount: Decimal | None) -> int | None:
    return None if amount is None else int(amount * 100)


def in_units(cents: int | None) -> str:
    """Cents as they stand in a field."""
    return "" if cents is None else f"{cents // 100}.{cents % 100:02}"


CURRENCY = forms.RegexField(
    r"^[A-Za-z]{3}$",
    label=gettext_lazy("Currency"),
    required=False,
    max_length=3,
    help_text=gettext_lazy("Three letters, such as EUR or PLN"),
    error_messages={"invalid": gettext_lazy("Write three letters, such as EUR or PLN.")},
    widget=forms.TextInput(attrs={"dir": "ltr", "autocapitalize": "characters"}),
)


class InterpreterForm(KithForm):
    """What the register says about an interpreter."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=200)
    spoken = LanguagesField(
        label=gettext_lazy("Languages"), languages=(), levels=tuple(LEVELS.items())
    )
    ways = forms.TypedMultipleChoiceField(
        label=gettext_lazy("Interprets"),
        coerce=Way,
        choices=list(WAYS.items()),
        widget=ManyChoices(),
    )
    region = forms.CharField(
        label=gettext_lazy("Town or region"),
        required=False,
        max_length=120,
        help_text=gettext_lazy("Where someone comes in person"),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel", "dir": "ltr"}),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    pay = forms.ChoiceField(
        label=gettext_lazy("Paid or volunteer"),
        widget=Choices(),
        choices=[("paid", gettext_lazy("Paid")), ("volunteer", gettext_lazy("Volunteer"))],
    )
    rate = _money(gettext_lazy("Rate for an hour"), required=False)
    currency = CURRENCY

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field: Any = self.fields["spoken"]
        field.languages = {code for code, _name in languages()}
        field.widget.languages = languages()

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("pay") == "paid" and typed.get("rate") and not typed.get("currency"):
            self.add_error("currency", _("Write the currency of the rate."))
        if len(typed.get("spoken") or []) == 1:
            self.add_error("spoken", _("Interpreting is between two languages: add another one."))
        return typed

    def details(self) -> Details:
        """What the command needs to know."""
        typed = self.cleaned_data
        return Details(
            name=typed["name"].strip(),
            phone=typed["phone"].strip(),
            email=typed["email"],
            region=typed["region"].strip(),
            ways=typed["ways"],
            spoken={one.language: Level(one.level) for one in typed["spoken"]},
            is_volunteer=typed["pay"] == "volunteer",
            rate_cents=_cents(typed["rate"]),
            currency=typed["currency"].upper(),
        )


def details_before(row: Interpreter, spoken: Sequence[Spoken]) -> dict[str, Any]:
    """What stands in the fields before somebody changes them."""
    return {
        "name": row.name,
        "spoken": [LanguageLevel(one.language, one.level) for one in spoken],
        "ways": row.ways,
        "region": row.region,
        "phone": row.phone,
        "email": row.email,
        "pay": "volunteer" if row.is_volunteer else "paid",
        "rate": in_units(row.rate_cents),
        "currency": row.currency,
    }


class AcceptForm(KithForm):
    """The interpreter's name under the promise."""

    language = forms.CharField(widget=forms.HiddenInput(), max_length=8)
    signed_name = forms.CharField(
        label=gettext_lazy("Full name of the interpreter"),
        max_length=200,
        help_text=gettext_lazy("The interpreter reads the text and types the name."),
    )


class FilterForm(KithForm):
    """Which interpreters a list shows."""

    language = forms.ChoiceField(label=gettext_lazy("Language"), required=False)
    way = forms.ChoiceField(
        label=gettext_lazy("How"),
        required=False,
        choices=[("", gettext_lazy("Any")), *((way.value, said) for way, said in WAYS.items())],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["language"], [("", gettext_lazy("Any")), *languages()])


class NeedForm(KithForm):
    """Between which languages, and in which ways."""

    language = forms.ChoiceField(label=gettext_lazy("From"))
    into = forms.ChoiceField(label=gettext_lazy("Into"))
    ways = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What would suit"),
        coerce=Way,
        choices=list(WAYS.items()),
        widget=ManyChoices(),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("language", "into"):
            _choose(self.fields[name], [("", gettext_lazy("Choose a language")), *languages()])


class BookingForm(KithForm):
    """Who is asked for which time."""

    interpreter = forms.ChoiceField(label=gettext_lazy("Interpreter"), widget=Choices())
    subject = forms.TypedChoiceField(
        label=gettext_lazy("What for"),
        coerce=Subject,
        choices=list(SUBJECTS.items()),
        widget=Choices(),
    )
    way = forms.TypedChoiceField(
        label=gettext_lazy("How"), coerce=Way, choices=list(WAYS.items()), widget=Choices()
    )
    day = forms.DateField(label=gettext_lazy("Day"))
    time = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput)
    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes"), min_value=SHORTEST_MINUTES, max_value=LONGEST_MINUTES
    )
    place = forms.CharField(
        label=gettext_lazy("Where"),
        required=False,
        max_length=300,
        help_text=gettext_lazy("An address, or the number or link of the call"),
    )

    def __init__(self, *args: Any, fitting: Sequence[Listed], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(
            self.fields["interpreter"],
            [(str(one.interpreter.pk), _named(one)) for one in fitting],
        )

    def wanted(self, *, language: str, into: str) -> Wanted:
        """What the command needs to know."""
        typed = self.cleaned_data
        return Wanted(
            subject=typed["subject"],
            language=language,
            into=into,
            way=typed["way"],
            starts_at=_moment(typed["day"], typed["time"]),
            minutes=typed["minutes"],
            place=typed["place"],
        )


def booking_values(need: InterpreterNeed, asked: InterpreterRequest | None) -> dict[str, Any]:
    """What a booking begins with: for a request its day, time, way and place."""
    first = {"way": need.ways[0], "minutes": USUAL_MINUTES, "subject": Subject.MEETING.value}
    if asked is None:
        return first
    local = timezone.localtime(asked.starts_at)
    return {
        **first,
        "way": asked.way,
        "day": local.date(),
        "time": local.strftime("%H:%M"),
        "minutes": asked.minutes,
        "place": str(asked.place),
    }


def _named(one: Listed) -> str:
    ways = ", ".join(str(WAYS[Way(way)]) for way in one.interpreter.ways)
    said = f"{one.interpreter.name} ({ways})"
    return said if one.has_accepted else f"{said} · {_('confidentiality not accepted yet')}"


def _moment(day: date, hour: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, hour))


class PresenceForm(KithForm):
    """For how long an interpreter was present."""

    minutes = forms.IntegerField(
        label=gettext_lazy("Minutes the interpreter was present"),
        min_value=SHORTEST_MINUTES,
        max_value=LONGEST_MINUTES,
    )


class CostForm(KithForm):
    """What a booking really cost."""

    amount = _money(
        gettext_lazy("Amount"), help_text=gettext_lazy("With travel, as it stands on the invoice")
    )
    currency = CURRENCY
    paid_on = forms.DateField(label=gettext_lazy("Paid on"), required=False)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("amount") and not typed.get("currency"):
            self.add_error("currency", _("Write the currency of the amount."))
        return typed

    def noted(self) -> dict[str, Any]:
        """What the command needs to know."""
        typed = self.cleaned_data
        return {
            "cents": _cents(typed["amount"]) or 0,
            "currency": typed["currency"].upper(),
            "paid_on": typed["paid_on"],
        }


def cost_before(cost: Cost) -> dict[str, Any]:
    """What stands in the fields before somebody changes them."""
    return {"amount": in_units(cost.cents), "currency": cost.currency, "paid_on": cost.paid_on}


def presence_before(booking: Booking) -> dict[str, Any]:
    """The length that was booked."""
    return {"minutes": booking.minutes}
