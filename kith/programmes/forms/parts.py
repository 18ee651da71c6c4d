"""What every part of the settings shares: groups of fields, weeks, texts in three languages."""

from abc import ABCMeta, abstractmethod
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms.forms import DeclarativeFieldsMetaclass
from django.utils.translation import get_language_info, gettext_lazy
from django.utils.translation import gettext as _

from kith.base.content import ParticipantText, Unfit
from kith.programmes.rules import ProgrammeTemplate, WeekRhythm
from kith.programmes.rules.settings import REACH_WORDS, Reach
from kith.web.forms import KithForm, dress
from kith.web.words import Text

if TYPE_CHECKING:
    from django_stubs_ext import StrOrPromise

LONGEST_WEEKS = 104
TEXT_LANGUAGES = ("en", "pl", "ar")
LONGEST_TEXT = 400
LONGEST_TITLE = 80

Units = Mapping[str, Text]


@dataclass(frozen=True)
class Group:
    """Some fields under one heading: what they do and for whom a change counts."""

    title: Text
    reach: Reach
    text: Text = ""
    fields: Sequence[tuple[forms.BoundField, Text]] = ()
    stretches: Sequence["Group"] = ()
    spare: bool = False

    @property
    def has_errors(self) -> bool:
        """Whether something in it is to be corrected: then it does not stay folded."""
        return any(field.errors for field, _unit in self.fields)

    @property
    def reach_words(self) -> Text:
        """For whom a change counts, in a sentence."""
        return REACH_WORDS[self.reach]


@dataclass(frozen=True)
class Plan:
    """What a form begins with.

    is_template  an own template, whose words can be changed too
    """

    name: str
    rules: ProgrammeTemplate
    is_template: bool = False


class _Abstract(ABCMeta, DeclarativeFieldsMetaclass):
    """A form of which some methods have to be written before it can be made."""


class PartForm(KithForm, metaclass=_Abstract):
    """One part of the settings. `cleaned_data` holds `rules` and `name` as they would be then."""

    def __init__(self, *args: Any, plan: Plan, **kwargs: Any) -> None:
        self.plan, self.rules = plan, plan.rules
        super().__init__(*args, **kwargs)
        self.build()
        dress(self.fields.values())
        for key, value in self.first_values().items():
            self.fields[key].initial = value

    def build(self) -> None:
        """Add the fields that depend on the settings."""

    @abstractmethod
    def first_values(self) -> dict[str, Any]:
        """What the fields begin with."""

    @abstractmethod
    def groups(self) -> list[Group]:
        """The fields in the order of the page."""

    @abstractmethod
    def changed(self, typed: dict[str, Any]) -> ProgrammeTemplate:
        """The settings as typed. Raises Unfit with the field at fault."""

    def group(
        self,
        title: Text,
        reach: Reach,
        *names: str,
        text: Text = "",
        units: Units | None = None,
        spare: bool = False,
    ) -> Group:
        """A group of fields by their names; a spare one is folded."""
        said = units or {}
        fields = [(self[name], said.get(name, "")) for name in names]
        return Group(title, reach, text, fields, spare=spare)

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        typed.setdefault("name", self.plan.name)
        if self.errors:
            return typed
        try:
            typed["rules"] = self.changed(typed)
        except Unfit as unfit:
            self.add_error(unfit.key if unfit.key in self.fields else None, _said(unfit))
        return typed


def _said(unfit: Unfit) -> str:
    known = {"look_again_weeks", "relationship_check_weeks"}
    if unfit.key in known:
        return _("Each week lies between 1 and the last week of the programme.")
    return unfit.problem if isinstance(unfit, Misfit) else _("These weeks do not go together.")


class Misfit(Unfit):
    """What does not go together, in a sentence for people."""


class WeeksField(forms.CharField):
    """Numbers of weeks with commas, as a rising tuple."""

    def to_python(self, value: Any) -> Any:
        text = super().to_python(value) or ""
        parts = [part.strip() for part in text.replace("،", ",").replace(";", ",").split(",")]
        try:
            weeks = sorted({int(part) for part in parts if part})
        except ValueError as fault:
            raise ValidationError(
                _("Write numbers of weeks with commas between them, such as 6, 12, 24.")
            ) from fault
        if weeks and not 1 <= weeks[0] <= weeks[-1] <= LONGEST_WEEKS:
            raise ValidationError(
                _("A week is a number from 1 to %(most)d.") % {"most": LONGEST_WEEKS}
            )
        return tuple(weeks)

    def validate(self, value: Any) -> None:
        if self.required and not value:
            raise ValidationError(self.error_messages["required"], code="required")

    def run_validators(self, value: Any) -> None:
        """The limits are looked at above."""

    def prepare_value(self, value: Any) -> Any:
        return ", ".join(str(week) for week in value) if isinstance(value, tuple) else value


def rhythm_fields(
    name: str, label: "StrOrPromise", every: "StrOrPromise"
) -> dict[str, forms.Field]:
    """The first weeks and how often from then on."""
    return {
        f"{name}_weeks": WeeksField(
            label=label, help_text=gettext_lazy("Weeks with commas between them, such as 2, 4.")
        ),
        f"{name}_every": forms.IntegerField(label=every, min_value=1, max_value=52),
    }


def rhythm_of(typed: Mapping[str, Any], name: str) -> WeekRhythm:
    """What was typed into `rhythm_fields`."""
    return WeekRhythm(typed[f"{name}_weeks"], typed[f"{name}_every"])


def rhythm_values(name: str, rhythm: WeekRhythm) -> dict[str, Any]:
    """What `rhythm_fields` begin with."""
    return {f"{name}_weeks": rhythm.weeks, f"{name}_every": rhythm.then_every_weeks}


def no_braces(text: str) -> None:
    """Braces would be read as a name to fill in."""
    if "{" in text or "}" in text:
        raise ValidationError(_("Braces cannot be used here. Write the words without them."))


def text_fields(name: str, label: Text, *, is_long: bool) -> dict[str, forms.Field]:
    """One text in the three languages in which participants read."""
    return {
        f"{name}_{code}": forms.CharField(
            label=f"{label} · {_language(code)}",
            required=False,
            max_length=LONGEST_TEXT if is_long else LONGEST_TITLE,
            validators=[no_braces],
            widget=forms.Textarea({"rows": 3, **_written(code)})
            if is_long
            else forms.TextInput(_written(code)),
        )
        for code in TEXT_LANGUAGES
    }


def text_values(name: str, text: ParticipantText) -> dict[str, str]:
    """What `text_fields` begin with: a language that has no words of its own stays empty."""
    first = text.by_language[TEXT_LANGUAGES[0]]
    return {
        f"{name}_{code}": said
        for code in TEXT_LANGUAGES
        if (said := text.by_language.get(code, "")) != first or code == TEXT_LANGUAGES[0]
    }


def text_of(typed: Mapping[str, Any], name: str) -> ParticipantText:
    """The text as typed; a language without words has those of the first that has some.

    Raises Misfit when there are no words at all.
    """
    given = {code: " ".join(typed[f"{name}_{code}"].split()) for code in TEXT_LANGUAGES}
    first = next((said for said in given.values() if said), "")
    if not first:
        raise Misfit(f"{name}_{TEXT_LANGUAGES[0]}", _("Write it in one language at least."))
    return ParticipantText({code: said or first for code, said in given.items()})


def text_names(name: str) -> Iterable[str]:
    """The names of the three fields."""
    return [f"{name}_{code}" for code in TEXT_LANGUAGES]


def _language(code: str) -> str:
    return str(get_language_info(code)["name_local"])


def _written(code: str) -> dict[str, str]:
    return {"lang": code, "dir": "rtl" if code == "ar" else "ltr"}


class NameForm(KithForm):
    """A name for something new."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=120)
