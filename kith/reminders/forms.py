"""The shape of what people and programmes choose about reminders."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import time
from zoneinfo import available_timezones

from babel.dates import format_time, get_timezone_location
from django import forms
from django.utils.translation import gettext_lazy as _

from kith.reminders.commands import Wanted
from kith.reminders.queries.recipients import Recipient
from kith.reminders.rules.kinds import Kind, When
from kith.reminders.rules.moments import (
    HOURS,
    MOST_DAYS,
    QUIET_FROM,
    QUIET_UNTIL,
    Plan,
    Quiet,
    Timing,
)
from kith.reminders.rules.states import Channel
from kith.web.forms import KithForm
from kith.web.words import Text, locale

# Zones of the old database of names, and clocks without a place.
NO_PLACES = (
    "Etc/",
    "SystemV/",
    "posix/",
    "right/",
    "US/",
    "Canada/",
    "Brazil/",
    "Mexico/",
    "Chile/",
)


def hour_words(hour: int) -> str:
    """An hour of the day as people write it: 8:00."""
    return str(format_time(time(hour % 24), format="short", locale=locale()))


def zone_choices(*, house: str) -> list[tuple[str, str]]:
    """Clocks by place in the language of the page; the one of this Kith comes first."""
    places = [
        (zone, str(get_timezone_location(zone, locale=locale())))
        for zone in available_timezones()
        if "/" in zone and not zone.startswith(NO_PLACES)
    ]
    here = get_timezone_location(house, locale=locale())
    first = (_("as here: %(place)s") % {"place": here}) if "/" in house else house
    return [("", str(first)), *sorted(places, key=lambda one: one[1])]


@dataclass(frozen=True)
class KindRow:
    """A line of the table of kinds: its words and its fields."""

    kind: Kind
    fields: Sequence[forms.BoundField]


def _name(channel: str, kind: Kind) -> str:
    return f"{channel}-{kind.key.replace('.', '-')}"


class WishesForm(KithForm):
    """Of what somebody is reminded, how, and when the mail of the day comes."""

    hour = forms.TypedChoiceField(label=_("The e-mail of the day comes at"), coerce=int)
    only_daily = forms.BooleanField(
        label=_("Put everything into the e-mail of the day"),
        help_text=_("Otherwise a few things, such as a new message, come at once."),
        required=False,
    )
    zone = forms.ChoiceField(
        label=_("Your clock"),
        help_text=_("Only if you live somewhere else for a while."),
        required=False,
    )
    wants_mail = forms.BooleanField(label=_("E-mails may come to me"), required=False)

    def __init__(self, *args: object, who: Recipient, kinds: Sequence[Kind], house: str) -> None:
        self.kinds = kinds
        wishes = who.wishes
        super().__init__(
            *args,
            initial={
                "hour": wishes.hour,
                "only_daily": wishes.only_daily,
                "zone": wishes.zone,
                "wants_mail": wishes.wants_mail,
            },
        )
        self.fields["hour"].choices = [(hour, hour_words(hour)) for hour in HOURS]  # type: ignore[attr-defined]
        self.fields["zone"].choices = zone_choices(house=house)  # type: ignore[attr-defined]
        for kind in kinds:
            for channel, usual in ((Channel.KITH, kind.in_kith), (Channel.MAIL, kind.in_mail)):
                wanted = who.choices.get((kind.key, channel.value), usual)
                self.fields[_name(channel.value, kind)] = forms.BooleanField(
                    label=str(kind.title),
                    required=False,
                    initial=wanted,
                    widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
                )

    def rows(self) -> Iterator[KindRow]:
        """The table of kinds."""
        for kind in self.kinds:
            yield KindRow(kind, [self[_name(channel, kind)] for channel in ("kith", "mail")])

    @property
    def wanted(self) -> Wanted:
        """What was chosen, without the kinds."""
        said = self.cleaned_data
        return Wanted(
            hour=said["hour"],
            zone=said["zone"],
            wants_mail=said["wants_mail"],
            only_daily=said["only_daily"],
        )

    @property
    def by_channel(self) -> dict[Channel, list[Kind]]:
        """The kinds that are wanted, way by way."""
        return {
            channel: [kind for kind in self.kinds if self.cleaned_data[_name(channel.value, kind)]]
            for channel in Channel
        }


class PlanForm(KithForm):
    """How a programme reminds."""

    quiet_from = forms.TypedChoiceField(label=_("No e-mail from"), coerce=int)
    quiet_until = forms.TypedChoiceField(label=_("until"), coerce=int)
    on_weekends = forms.BooleanField(
        label=_("E-mails go on Saturday and Sunday too"), required=False
    )

    def __init__(self, *args: object, plan: Plan, kinds: Sequence[Kind]) -> None:
        self.kinds = kinds
        quiet = plan.quiet
        super().__init__(
            *args,
            initial={
                "quiet_from": quiet.from_hour,
                "quiet_until": quiet.until_hour,
                "on_weekends": quiet.on_weekends,
            },
        )
        for name, hours in (("quiet_from", QUIET_FROM), ("quiet_until", QUIET_UNTIL)):
            self.fields[name].choices = [(hour, hour_words(hour)) for hour in hours]  # type: ignore[attr-defined]
        for kind in kinds:
            self._add_kind(kind, plan.timing(kind))

    def _add_kind(self, kind: Kind, timing: Timing) -> None:
        self.fields[_name("on", kind)] = forms.BooleanField(
            label=str(kind.title),
            required=False,
            initial=timing.is_on,
            widget=forms.CheckboxInput(attrs={"class": "form-check-input"}),
        )
        if kind.source is not None:
            self.fields[_name("days", kind)] = forms.IntegerField(
                label=str(kind.title),
                min_value=0,
                max_value=MOST_DAYS,
                initial=timing.days,
                widget=forms.NumberInput(attrs={"class": "form-control", "inputmode": "numeric"}),
            )

    def rows(self) -> Iterator[KindRow]:
        """The table of kinds."""
        for kind in self.kinds:
            names = [_name("on", kind), _name("days", kind)]
            yield KindRow(kind, [self[name] for name in names if name in self.fields])

    @property
    def quiet(self) -> Quiet:
        """The hours in which no mail goes."""
        said = self.cleaned_data
        return Quiet(said["quiet_from"], said["quiet_until"], said["on_weekends"])

    @property
    def timings(self) -> dict[str, Timing]:
        """Whether and when each kind reminds."""
        said = self.cleaned_data
        return {
            kind.key: Timing(said[_name("on", kind)], said.get(_name("days", kind)) or 0)
            for kind in self.kinds
        }


TIMING_WORDS = {When.BEFORE: _("days before"), When.AFTER: _("days after")}


def timing_words(kind: Kind) -> Text:
    """What stands beside the days of a kind, or instead of them."""
    if kind.is_at_once:
        return _("at once")
    return TIMING_WORDS[kind.when] if kind.source else _("by the rules of the programme")
