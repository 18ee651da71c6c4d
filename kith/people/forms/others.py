"""Forms for checks, families, groups, and for looking someone up."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from kith.people.models import Group, GroupMember
from kith.people.queries import FamilyRecord
from kith.people.rules import CHILD_BANDS, labels
from kith.web.forms import KithForm, dress

MOST_CHILDREN = 15


class CheckForm(KithForm):
    """A check that the signed-in person has seen."""

    kind = forms.ChoiceField(
        label=_("What was checked"), choices=[("", _("Choose")), *labels.CHECKS.items()]
    )
    done_on = forms.DateField(label=_("Done on"), widget=forms.DateInput)
    valid_until = forms.DateField(
        label=_("Holds until"),
        required=False,
        widget=forms.DateInput,
        help_text=_("Leave it open when the check has no end."),
    )


class FamilyForm(KithForm):
    """What a family is called, and how many children of which age."""

    label = forms.CharField(
        label=_("Name of the family"),
        max_length=120,
        help_text=_("As you speak of them, such as “Kowalczuk”. Children have no names here."),
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for band, age in labels.CHILD_BANDS.items():
            self.fields[_field(band)] = forms.IntegerField(
                label=age, required=False, min_value=0, max_value=MOST_CHILDREN
            )
        dress(self.fields.values())

    def children(self) -> dict[str, int]:
        """Number of children by age band."""
        return {band: self.cleaned_data[_field(band)] or 0 for band in (*CHILD_BANDS, "")}

    def band_fields(self) -> list[forms.BoundField]:
        """The fields for children, in the order of age."""
        return [self[_field(band)] for band in (*CHILD_BANDS, "")]

    @staticmethod
    def initial_of(family: FamilyRecord | None) -> dict[str, Any]:
        if family is None:
            return {}
        counts = {_field(band): count for band, count in family.children}
        return {"label": family.family.label, **counts}


def _field(band: str) -> str:
    return f"children_{band}"


class GroupForm(KithForm):
    """What a group is called and who leads it."""

    name = forms.CharField(
        label=_("Name of the group"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "off", "dir": "auto"}),
    )
    lead = forms.ChoiceField(label=_("Who leads it"), required=False)

    def __init__(self, *args: Any, members: list[GroupMember] | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(row.person_id): row.person for row in members or []}
        named = [(key, str(person.name)) for key, person in self.people.items()]
        if named:
            self.fields["lead"].choices = [("", _("Nobody yet")), *named]  # type: ignore[attr-defined]
        else:
            del self.fields["lead"]

    def chosen(self) -> dict[str, Any]:
        """The name, and the person who leads."""
        lead = self.people.get(self.cleaned_data.get("lead", ""))
        return {"name": self.cleaned_data["name"], "lead": lead}

    @staticmethod
    def initial_of(group: Group) -> dict[str, Any]:
        return {"name": group.name, "lead": str(group.lead_id or "")}


class GroupRoleForm(KithForm):
    """What a volunteer looks after in a group."""

    role = forms.ChoiceField(
        label=_("Looks after"),
        required=False,
        choices=[("", _("Nothing special")), *labels.GROUP_ROLES.items()],
    )


class EraseForm(KithForm):
    """The one who erases says so."""

    sure = forms.BooleanField(
        label=_("Yes, erase this person for good"),
        help_text=_("This cannot be undone, not even from a copy of the database."),
    )
