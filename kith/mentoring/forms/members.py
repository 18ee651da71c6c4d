"""Forms about who belongs to a match."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, cast
from uuid import UUID

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.matching.rules.words import called
from kith.mentoring.forms.shared import page_language
from kith.mentoring.models import MatchMember
from kith.mentoring.queries.groups import Beginning
from kith.mentoring.rules.handovers import HandOverPlan
from kith.mentoring.rules.members import LEAVE_WORDS, LeaveReason, roles_of
from kith.people.models import Group, Person
from kith.programmes.models import Enrolment
from kith.programmes.rules import ProgrammeTemplate
from kith.web.forms import Choices, KithForm, ManyChoices
from kith.web.words import full_day


def role_choices(rules: ProgrammeTemplate) -> list[tuple[str, str]]:
    """The roles of a programme, as choices."""
    return [(role.key, role.name.say(page_language())) for role in roles_of(rules)]


class ChooseForm(KithForm):
    """Which group, and which family."""

    group = forms.TypedChoiceField(label=_("Group"), coerce=UUID, widget=Choices)
    place = forms.TypedChoiceField(label=_("Person or family"), coerce=UUID, widget=Choices)

    def __init__(
        self, *args: Any, groups: Sequence[Group], places: Sequence[Enrolment], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._offer("group", [(row.pk, str(row.name)) for row in groups])
        self._offer("place", [(row.pk, _waits(row)) for row in places])

    def _offer(self, name: str, choices: list[tuple[UUID, str]]) -> None:
        field = cast(forms.TypedChoiceField, self.fields[name])
        field.choices = choices
        if len(choices) == 1:
            field.initial = choices[0][0]


class BeginForm(KithForm):
    """Who looks after what, whom the coordinator turns to, and which adults take part."""

    lead = forms.TypedChoiceField(
        label=_("Whom do you turn to in the group?"), coerce=UUID, widget=Choices
    )
    family = forms.TypedMultipleChoiceField(
        label=_("Who else of the family takes part?"),
        coerce=UUID,
        required=False,
        widget=ManyChoices,
    )
    said_yes = forms.BooleanField(
        label=_("The family and everybody in the group have said yes"),
        help_text=_("Names are exchanged from now on."),
    )

    def __init__(self, *args: Any, found: Beginning, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.found = found
        people = [one.person for one in found.volunteers]
        lead = cast(forms.TypedChoiceField, self.fields["lead"])
        lead.choices = _names(people)
        lead.initial = found.group.lead_id
        family = cast(forms.TypedMultipleChoiceField, self.fields["family"])
        family.choices = _names(found.adults)
        family.initial = [one.pk for one in found.adults]
        for one in found.volunteers:
            self.fields[_roles_of(one.person)] = forms.MultipleChoiceField(
                label=called(one.person),
                choices=role_choices(found.rules),
                initial=one.roles,
                required=False,
                widget=ManyChoices,
            )

    @property
    def chosen(self) -> dict[str, Any]:
        """What was chosen, as the command takes it."""
        typed = self.cleaned_data
        people = [one.person for one in self.found.volunteers]
        return {
            "lead": next(person for person in people if person.pk == typed["lead"]),
            "roles": {person.pk: typed[_roles_of(person)] for person in people},
            "family": [one for one in self.found.adults if one.pk in typed["family"]],
        }

    def roles_field(self, person: Person) -> Any:
        """The field with the roles of one volunteer."""
        return self[_roles_of(person)]


class RolesForm(KithForm):
    """What a volunteer looks after."""

    roles = forms.MultipleChoiceField(
        label=_("What they look after"), required=False, widget=ManyChoices
    )

    def __init__(self, *args: Any, rules: ProgrammeTemplate, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        cast(forms.MultipleChoiceField, self.fields["roles"]).choices = role_choices(rules)

    @classmethod
    def initial_of(cls, member: MatchMember) -> dict[str, Any]:
        """What someone looks after now."""
        return {"roles": member.roles}


class HandOverForm(KithForm):
    """Whether somebody takes over for good or stands in, and on which days."""

    how_long = forms.ChoiceField(
        label=_("For how long?"),
        choices=[
            ("for_good", _("For good: they take over")),
            ("until", _("For a while: they stand in")),
        ],
        initial="for_good",
        widget=Choices,
    )
    from_on = forms.DateField(label=_("First day"), widget=forms.DateInput)
    until_on = forms.DateField(
        label=_("Last day of standing in"),
        help_text=_("You are asked a week before. It can become longer or shorter."),
        widget=forms.DateInput,
        required=False,
    )

    def clean(self) -> dict[str, Any]:
        """Standing in has a last day; taking over has none."""
        typed: dict[str, Any] = super().clean() or {}
        if typed.get("how_long") == "until" and not typed.get("until_on"):
            self.add_error("until_on", gettext("Choose a last day. It can be changed later."))
        return typed

    @property
    def plan(self) -> HandOverPlan:
        """What was typed, as the command takes it."""
        typed = self.cleaned_data
        until_on = typed["until_on"] if typed["how_long"] == "until" else None
        return HandOverPlan(typed["from_on"], until_on)


def last_day(text: str, *, today: date) -> date | None:
    """The last day of standing in that an address names; None where it names none to come."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if day >= today else None


def hand_over_values(today: date, until: date | None) -> dict[str, Any]:
    """What asking begins with: for a while where a last day is known, as when a mentor rests."""
    if until is None:
        return {"from_on": today}
    return {"from_on": today, "how_long": "until", "until_on": until}


class LongerForm(KithForm):
    """Somebody stands in for longer."""

    until_on = forms.DateField(label=_("Last day of standing in"), widget=forms.DateInput)


class LeaveForm(KithForm):
    """Why someone leaves."""

    reason = forms.TypedChoiceField(
        label=_("Why do they leave?"),
        help_text=_("Nobody has to say more than this."),
        choices=[(key.value, words) for key, words in LEAVE_WORDS.items()],
        coerce=LeaveReason,
        widget=Choices,
    )


def _waits(row: Enrolment) -> str:
    since = gettext("waits since %(day)s") % {"day": full_day(row.waiting_since)}
    return f"{row.person.name} · {since}"


def _names(people: Iterable[Person]) -> list[tuple[UUID, str]]:
    return [(person.pk, str(person.name)) for person in people]


def _roles_of(person: Person) -> str:
    return f"roles-{person.pk}"
