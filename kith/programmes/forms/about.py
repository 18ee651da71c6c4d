"""Name, who meets whom, how long."""

from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.base.content import Unfit
from kith.programmes.forms.parts import (
    LONGEST_WEEKS,
    Group,
    Misfit,
    PartForm,
    text_fields,
    text_names,
    text_of,
    text_values,
)
from kith.programmes.rules import (
    GroupShape,
    ProgrammeTemplate,
    Unit,
    in_forms,
    known_roles,
    shortest_length,
    stretched,
    units_of,
    usual_group,
)
from kith.programmes.rules.sentences import language
from kith.programmes.rules.settings import Part, Reach
from kith.web.forms import CardText, ChoiceCards, ManyChoices

LARGEST_GROUP = 20
UNITS = {
    "pair": (Unit.PAIR,),
    "group": (Unit.GROUP,),
    "both": (Unit.PAIR, Unit.GROUP),
}


class AboutForm(PartForm):
    """The name, the form of a match and the length."""

    part = Part.ABOUT

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
    units = forms.ChoiceField(
        label=gettext_lazy("Who meets whom"),
        choices=[
            ("pair", gettext_lazy("Pairs")),
            ("group", gettext_lazy("Groups")),
            ("both", gettext_lazy("Pairs, and groups too")),
        ],
        widget=ChoiceCards(
            {
                "pair": CardText(gettext_lazy("One participant and one mentor."), "match"),
                "group": CardText(
                    gettext_lazy("Several people together welcome one person or family."), "people"
                ),
                "both": CardText(
                    gettext_lazy("Usually pairs; a family may have a circle instead."), "share"
                ),
            }
        ),
    )
    group_min = forms.IntegerField(
        label=gettext_lazy("People in a group, at least"), min_value=2, max_value=LARGEST_GROUP
    )
    group_max = forms.IntegerField(
        label=gettext_lazy("People in a group, at most"), min_value=2, max_value=LARGEST_GROUP
    )
    roles = forms.MultipleChoiceField(
        label=gettext_lazy("Roles in a group"),
        widget=ManyChoices(),
        required=False,
        help_text=gettext_lazy("Each role has one person of the group who takes care of it."),
    )
    length_weeks = forms.IntegerField(
        label=gettext_lazy("Length"),
        max_value=LONGEST_WEEKS,
        help_text=gettext_lazy(
            "The beginning and the end keep their weeks; the longest phase takes up the rest."
        ),
    )
    minimum_weeks = forms.IntegerField(
        label=gettext_lazy("A good end is possible from week"),
        min_value=1,
        max_value=LONGEST_WEEKS,
        help_text=gettext_lazy(
            "Whoever closes a match before is shown this week. Nobody is kept from ending earlier."
        ),
    )
    renewable = forms.BooleanField(
        label=gettext_lazy("It can be continued if both sides wish"), required=False
    )

    def build(self) -> None:
        roles = {role.key: role for role in (*self._own_roles(), *known_roles())}
        names = [(key, _role_name(role)) for key, role in roles.items()]
        self.fields["roles"].choices = names  # type: ignore[attr-defined]
        if self.plan.is_template:
            label = gettext_lazy("What people read")
            self.fields.update(text_fields("summary", label, is_long=True))

    def _own_roles(self) -> tuple[Any, ...]:
        return self.rules.group.roles if self.rules.group else ()

    def first_values(self) -> dict[str, Any]:
        group = self.rules.group or usual_group()
        units = units_of(self.rules)
        values = {
            "name": self.plan.name,
            "units": next(key for key, known in UNITS.items() if known == units),
            "group_min": group.group_min,
            "group_max": group.group_max,
            "roles": [role.key for role in group.roles],
            "length_weeks": self.rules.length_weeks,
            "minimum_weeks": self.rules.minimum_weeks,
            "renewable": self.rules.renewable,
        }
        return values | (
            text_values("summary", self.rules.summary) if self.plan.is_template else {}
        )

    def groups(self) -> list[Group]:
        named = ["name", *(text_names("summary") if self.plan.is_template else ())]
        people = gettext_lazy("people")
        return [
            self.group(
                gettext_lazy("Name"),
                Reach.AT_ONCE,
                *named,
                text=gettext_lazy("Participants and mentors read this."),
            ),
            self.group(gettext_lazy("Who meets whom"), Reach.NEXT_MATCHES, "units"),
            self.group(
                gettext_lazy("Groups"),
                Reach.NEXT_MATCHES,
                "group_min",
                "group_max",
                "roles",
                text=gettext_lazy("Without a meaning where only pairs meet."),
                units={"group_min": people, "group_max": people},
                spare=self.rules.group is None,
            ),
            self.group(
                gettext_lazy("How long"),
                Reach.NEXT_MATCHES,
                "length_weeks",
                "minimum_weeks",
                "renewable",
                units={"length_weeks": gettext_lazy("weeks")},
            ),
        ]

    def changed(self, typed: dict[str, Any]) -> ProgrammeTemplate:
        rules = self._summed_up(typed)
        rules = in_forms(rules, UNITS[typed["units"]], self._shape(typed))
        if typed["length_weeks"] != rules.length_weeks:
            rules = self._of_length(rules, typed["length_weeks"])
        if typed["minimum_weeks"] > rules.length_weeks:
            raise Misfit("minimum_weeks", _("This lies after the end of the programme."))
        return replace(rules, minimum_weeks=typed["minimum_weeks"], renewable=typed["renewable"])

    def _of_length(self, rules: ProgrammeTemplate, weeks: int) -> ProgrammeTemplate:
        try:
            return stretched(rules, length_weeks=weeks)
        except Unfit as unfit:
            least = shortest_length(rules)
            said = _("At least %(weeks)d weeks, so that every phase has one.") % {"weeks": least}
            raise Misfit("length_weeks", said) from unfit

    def _summed_up(self, typed: dict[str, Any]) -> ProgrammeTemplate:
        if not self.plan.is_template:
            return self.rules
        return replace(self.rules, summary=text_of(typed, "summary"))

    def _shape(self, typed: dict[str, Any]) -> GroupShape | None:
        if Unit.GROUP not in UNITS[typed["units"]]:
            return None
        if typed["group_max"] < typed["group_min"]:
            raise Misfit("group_max", _("This is fewer than the least number of people."))
        if not typed["roles"]:
            raise Misfit("roles", _("Choose at least one role."))
        known = {role.key: role for role in (*known_roles(), *self._own_roles())}
        roles = tuple(known[key] for key in typed["roles"])
        return GroupShape(typed["group_min"], typed["group_max"], roles)


def _role_name(role: Any) -> str:
    return f"{role.name.say(language())}: {role.task.say(language())}"
