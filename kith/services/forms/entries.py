"""Entries of the directory, agreements with services, directories from elsewhere."""

from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.people.rules.labels import languages
from kith.services.commands import Source
from kith.services.forms.shared import choose
from kith.services.rules import words
from kith.services.rules.facts import Facts, ServiceState
from kith.services.rules.hours import WEEK, NoHours, clock, typed_hours
from kith.services.rules.hsds import Document
from kith.services.rules.writing import Written
from kith.web.forms import Choices, KithForm, ManyChoices
from kith.web.forms.week import DAYS


def _hours_field(day: str) -> forms.CharField:
    return forms.CharField(
        label=DAYS[day], required=False, max_length=60, widget=forms.TextInput(attrs={"dir": "ltr"})
    )


class EntryForm(KithForm):
    """An entry of the directory, as far as pages show it."""

    name = forms.CharField(label=gettext_lazy("Name of the service"), max_length=300)
    provider = forms.CharField(label=gettext_lazy("Organisation that runs it"), max_length=300)
    needs = forms.MultipleChoiceField(
        label=gettext_lazy("What it helps with"), widget=ManyChoices(), required=False
    )
    description = forms.CharField(
        label=gettext_lazy("What happens there, in two or three sentences"),
        required=False,
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": "4"}),
    )
    street = forms.CharField(
        label=gettext_lazy("Street and number"), required=False, max_length=200
    )
    postal_code = forms.CharField(label=gettext_lazy("Postal code"), required=False, max_length=20)
    city = forms.CharField(label=gettext_lazy("Town"), required=False, max_length=120)
    coordinates = forms.CharField(
        label=gettext_lazy("Place on the map"),
        required=False,
        max_length=60,
        help_text=gettext_lazy(
            "Latitude and longitude, such as 52.4064, 16.9252. Without them the service is not "
            "found by distance."
        ),
        widget=forms.TextInput(attrs={"dir": "ltr"}),
    )
    phone = forms.CharField(
        label=gettext_lazy("Phone number"),
        required=False,
        max_length=60,
        widget=forms.TextInput(attrs={"inputmode": "tel"}),
    )
    email = forms.EmailField(label=gettext_lazy("E-mail"), required=False)
    url = forms.URLField(
        label=gettext_lazy("Address on the web"), required=False, assume_scheme="https"
    )
    languages = forms.MultipleChoiceField(
        label=gettext_lazy("Languages spoken there"), required=False, widget=ManyChoices()
    )
    is_free = forms.BooleanField(label=gettext_lazy("Free of charge"), required=False)
    cost = forms.CharField(
        label=gettext_lazy("What it costs, if not free"), required=False, max_length=300
    )
    state = forms.ChoiceField(
        label=gettext_lazy("Is it open?"),
        widget=Choices(),
        choices=list(words.SERVICE_STATES.items()),
        initial=ServiceState.OPEN,
    )
    mon, tue, wed, thu, fri, sat, sun = (_hours_field(day) for day in WEEK)

    def __init__(self, *args: Any, record: Document | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.record = record or {}
        choose(self.fields["needs"], words.needs_to_choose())
        spoken = set(self.initial.get("languages", ()))
        # Those already chosen stand first: the list is longer than what is seen of it.
        first = [one for one in languages() if one[0] in spoken]
        choose(
            self.fields["languages"],
            [*first, *(one for one in languages() if one[0] not in spoken)],
        )

    @property
    def days(self) -> list[forms.BoundField]:
        """One field for each day."""
        return [self[day] for day in WEEK]

    def clean_coordinates(self) -> tuple[float, float] | None:
        typed = self.cleaned_data["coordinates"].replace(";", ",")
        if not typed.strip():
            return None
        try:
            latitude, longitude = (float(part) for part in typed.split(","))
        except ValueError as fault:
            raise forms.ValidationError(_COORDINATES) from fault
        if not (abs(latitude) <= 85 and abs(longitude) <= 180):
            raise forms.ValidationError(_COORDINATES)
        return latitude, longitude

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        hours = []
        for weekday, day in enumerate(WEEK):
            try:
                spans = typed_hours(typed.get(day, ""))
            except NoHours:
                self.add_error(day, _("Write hours as 9:00–17:00; several with a comma."))
                continue
            hours += [(weekday, opens, closes) for opens, closes in spans]
        typed["hours"] = hours
        if typed.get("street") and not typed.get("city"):
            self.add_error("city", _("Write the town of this address."))
        return typed

    def written(self, *, country: str) -> Written:
        """What the command needs to know. Fields the page does not show stay as they were."""
        typed = self.cleaned_data
        point = typed["coordinates"] or (None, None)
        return Written(
            **{name: typed[name] for name in PLAIN_FIELDS},
            latitude=point[0],
            longitude=point[1],
            region=_known_address(self.record).get("state_province") or typed["city"],
            country=_known_address(self.record).get("country") or country,
            state=ServiceState(typed["state"]),
        )


_COORDINATES = gettext_lazy("Write two numbers with a comma: latitude, longitude.")


PLAIN_FIELDS = (
    "name",
    "provider",
    "description",
    "needs",
    "languages",
    "is_free",
    "cost",
    "phone",
    "email",
    "url",
    "street",
    "postal_code",
    "city",
    "hours",
)


def _known_address(record: Document) -> Document:
    for place in record.get("service_at_locations") or []:
        for address in (place.get("location") or {}).get("addresses") or []:
            return dict(address)
    return {}


def first_values(facts: Facts, record: Document) -> dict[str, Any]:
    """What stands in the fields of an entry before somebody changes it."""
    address = _known_address(record)
    spot = facts.spots[0] if facts.spots else None
    known = spot is not None and spot.latitude is not None
    hours: dict[str, list[str]] = {}
    for one in facts.openings:
        span = f"{clock(one.opens)}–{clock(one.closes)}"
        hours.setdefault(WEEK[one.weekday], []).append(span)
    return {
        "name": facts.name,
        "provider": facts.provider,
        "description": facts.description,
        "needs": list(facts.needs),
        "languages": list(facts.languages),
        "is_free": bool(facts.is_free),
        "cost": facts.cost,
        "phone": facts.phones[0].number if facts.phones else "",
        "email": facts.email,
        "url": facts.url,
        "street": address.get("address_1", ""),
        "postal_code": address.get("postal_code", ""),
        "city": address.get("city", ""),
        "coordinates": f"{spot.latitude}, {spot.longitude}" if known and spot else "",
        "state": facts.state.value,
        **{day: ", ".join(dict.fromkeys(spans)) for day, spans in hours.items()},
    }


class AgreementForm(KithForm):
    """A signed agreement with another organisation."""

    agreed_on = forms.DateField(label=gettext_lazy("Signed on"))
    agreed_until = forms.DateField(label=gettext_lazy("Counts until"))


class UploadForm(KithForm):
    """A directory in HSDS, and where it comes from."""

    file = forms.FileField(
        label=gettext_lazy("File"),
        help_text=gettext_lazy("HSDS 3 as JSON (.json), or a package of CSV tables (.zip)."),
        widget=forms.FileInput(attrs={"accept": ".json,.zip"}),
    )
    name = forms.CharField(
        label=gettext_lazy("Where it comes from"),
        max_length=200,
        help_text=gettext_lazy("Who publishes it, such as “City of Poznań, open data”"),
    )
    licence = forms.CharField(
        label=gettext_lazy("Licence"),
        max_length=200,
        required=False,
        help_text=gettext_lazy("As it stands beside the file, such as CC BY 4.0"),
    )
    address = forms.URLField(
        label=gettext_lazy("Address on the web"), required=False, assume_scheme="https"
    )

    def source(self) -> Source:
        """Where the file comes from."""
        typed = self.cleaned_data
        return Source(typed["name"], typed["licence"], typed["address"])
