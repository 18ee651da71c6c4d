"""What must hold before a match: checks, training, criteria, who brings people together."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.gate.roles import ROLES, Role
from kith.programmes.forms.parts import Group, Misfit, PartForm
from kith.programmes.rules import (
    CheckKind,
    Criteria,
    HardCriterion,
    Matcher,
    MentorCheck,
    ProgrammeTemplate,
    SoftCriterion,
    template_words,
    usual_validity,
)
from kith.programmes.rules.sentences import language
from kith.programmes.rules.settings import ALWAYS_ASKED, Part, Reach
from kith.programmes.rules.words import check_name
from kith.web.forms import Choices, ManyChoices

ALWAYS_HOLD = (HardCriterion.BOTH_ADULT, HardCriterion.CHECKS_IN_FORCE)
LONGEST_VALIDITY = 120
MOST_HOURS = 200


class BeforeForm(PartForm):
    """The gates of a programme."""

    part = Part.BEFORE

    checks = forms.MultipleChoiceField(
        label=gettext_lazy("Before the first match, every mentor has"), widget=ManyChoices()
    )
    references = forms.IntegerField(
        label=gettext_lazy("How many references"), min_value=1, max_value=4
    )
    child_checks = forms.MultipleChoiceField(
        label=gettext_lazy("Where children are about, also"), widget=ManyChoices(), required=False
    )
    training_hours = forms.IntegerField(
        label=gettext_lazy("Training before the first match"),
        min_value=0,
        max_value=MOST_HOURS,
        help_text=gettext_lazy("With 0 hours, no training is required."),
    )
    training_live_sessions = forms.IntegerField(
        label=gettext_lazy("Of these, live sessions"), min_value=0, max_value=20
    )
    training_modules = forms.MultipleChoiceField(
        label=gettext_lazy("Modules of the course"), widget=ManyChoices(), required=False
    )
    training_valid_months = forms.IntegerField(
        label=gettext_lazy("The training is valid for"), min_value=1, max_value=LONGEST_VALIDITY
    )
    capacity = forms.IntegerField(
        label=gettext_lazy("Matches of one mentor at the same time, at most"),
        min_value=1,
        max_value=20,
        help_text=gettext_lazy("Also where a mentor offers more places."),
    )
    hard = forms.MultipleChoiceField(
        label=gettext_lazy("Must hold, or there is no proposal"),
        widget=ManyChoices(),
        required=False,
        help_text=gettext_lazy(
            "Besides: both are adults, and the mentor's checks and training are in force."
        ),
    )
    soft = forms.MultipleChoiceField(
        label=gettext_lazy("Shared points, said in words"), widget=ManyChoices(), required=False
    )
    matcher = forms.ChoiceField(
        label=gettext_lazy("Who brings people together"),
        widget=Choices(),
        help_text=gettext_lazy("Coordinators can always do it too."),
    )
    keeps_waiting_date = forms.BooleanField(
        label=gettext_lazy("Whoever waits again after a match keeps the first day of waiting"),
        required=False,
        help_text=gettext_lazy("Otherwise they are counted from the day on which the match ended."),
    )
    days_without_match = forms.IntegerField(
        label=gettext_lazy("Someone waits for a mentor longer than"), min_value=7, max_value=365
    )

    def build(self) -> None:
        kinds = [(kind.value, check_name(kind)) for kind in CheckKind]
        self.fields["checks"].choices = kinds  # type: ignore[attr-defined]
        self.fields["child_checks"].choices = kinds  # type: ignore[attr-defined]
        for kind in _ending_kinds():
            self.fields[f"valid_{kind.value}"] = forms.IntegerField(
                label=_("Valid for: %(check)s") % {"check": check_name(kind)},
                min_value=1,
                max_value=LONGEST_VALIDITY,
            )
        words = template_words()
        for name, labels, left_out in (
            ("hard", words.hard_criteria, {one.value for one in ALWAYS_HOLD}),
            ("soft", words.soft_criteria, set()),
            ("training_modules", words.modules, set()),
        ):
            self.fields[name].choices = [  # type: ignore[attr-defined]
                (one.key, one.name.say(language())) for one in labels if one.key not in left_out
            ]
        roles = [(one.value, ROLES[Role(one.value)].name) for one in Matcher]
        self.fields["matcher"].choices = roles  # type: ignore[attr-defined]

    def first_values(self) -> dict[str, Any]:
        rules = self.rules
        counts = (one.count for one in rules.checks if one.kind is CheckKind.REFERENCES)
        return {
            "checks": [one.kind.value for one in rules.checks if not one.only_with_minors],
            "child_checks": [one.kind.value for one in rules.checks if one.only_with_minors],
            "references": next(counts, 1),
            "training_hours": rules.training.hours,
            "training_live_sessions": rules.training.live_sessions,
            "training_modules": list(rules.training.modules),
            "training_valid_months": rules.training.valid_months,
            "capacity": rules.attention.matches_of_one_mentor,
            "hard": [one.value for one in rules.criteria.hard if one not in ALWAYS_HOLD],
            "soft": [one.value for one in rules.criteria.soft],
            "matcher": rules.matcher.value,
            "keeps_waiting_date": rules.keeps_waiting_date,
            "days_without_match": rules.attention.days_without_match,
            **{f"valid_{kind.value}": self._validity(kind) for kind in _ending_kinds()},
        }

    def _validity(self, kind: CheckKind) -> int | None:
        own = (one.valid_months for one in self.rules.checks if one.kind is kind)
        return next(own, None) or usual_validity(kind)

    def groups(self) -> list[Group]:
        months, hours, days = gettext_lazy("months"), gettext_lazy("hours"), gettext_lazy("days")
        valid = [f"valid_{kind.value}" for kind in _ending_kinds()]
        return [
            self.group(
                gettext_lazy("Checks of mentors"),
                Reach.NEXT_MATCHES,
                *("checks", "references", "child_checks", *valid),
                text=gettext_lazy(
                    "How long a check is valid is a proposal: set it to the law of your country."
                ),
                units=dict.fromkeys(valid, months),
            ),
            self.group(
                gettext_lazy("Training of mentors"),
                Reach.NEXT_MATCHES,
                "training_hours",
                "training_live_sessions",
                "training_modules",
                "training_valid_months",
                units={"training_hours": hours, "training_valid_months": months},
            ),
            self.group(
                gettext_lazy("Bringing people together"),
                Reach.NEXT_MATCHES,
                *("hard", "soft", "matcher", "capacity"),
                text=gettext_lazy("Where somebody comes from or what they believe is never asked."),
            ),
            self.group(
                gettext_lazy("Waiting again after a match"), Reach.AT_ONCE, "keeps_waiting_date"
            ),
            self.group(
                gettext_lazy("When Today speaks up"),
                Reach.AT_ONCE,
                "days_without_match",
                text=gettext_lazy(
                    "Plain rules of dates. They look at matches and waiting times, never at a "
                    "person."
                ),
                units={"days_without_match": days},
            ),
        ]

    def changed(self, typed: dict[str, Any]) -> ProgrammeTemplate:
        missing = [kind for kind in ALWAYS_ASKED if kind.value not in typed["checks"]]
        if missing:
            names = ", ".join(check_name(kind) for kind in CheckKind if kind in missing)
            said = _("Every mentor has this in every programme: %(checks)s.") % {"checks": names}
            raise Misfit("checks", said)
        rules = self.rules
        return replace(
            rules,
            checks=self._checks(typed),
            training=replace(
                rules.training,
                hours=typed["training_hours"],
                live_sessions=typed["training_live_sessions"],
                modules=tuple(typed["training_modules"]),
                valid_months=typed["training_valid_months"],
            ),
            criteria=_criteria(rules, typed),
            matcher=Matcher(typed["matcher"]),
            keeps_waiting_date=typed["keeps_waiting_date"],
            attention=replace(
                rules.attention,
                matches_of_one_mentor=typed["capacity"],
                days_without_match=typed["days_without_match"],
            ),
        )

    def _checks(self, typed: dict[str, Any]) -> tuple[MentorCheck, ...]:
        known = {check.kind: check for check in self.rules.checks}
        chosen = {*_kinds(typed["checks"]), *_kinds(typed["child_checks"])}
        # Those of the programme keep their order, new ones come after them.
        in_order = [*known, *(kind for kind in CheckKind if kind not in known)]
        return tuple(
            MentorCheck(
                kind=kind,
                count=typed["references"] if kind is CheckKind.REFERENCES else 1,
                valid_months=typed.get(f"valid_{kind.value}"),
                only_with_minors=kind.value not in typed["checks"],
            )
            for kind in in_order
            if kind in chosen
        )


def _criteria(rules: ProgrammeTemplate, typed: dict[str, Any]) -> Criteria:
    hard = {*ALWAYS_HOLD, *(HardCriterion(value) for value in typed["hard"])}
    soft = {SoftCriterion(value) for value in typed["soft"]}
    return Criteria(
        hard=_in_order(rules.criteria.hard, hard, HardCriterion),
        soft=_in_order(rules.criteria.soft, soft, SoftCriterion),
    )


def _in_order(before: Iterable[Any], chosen: set[Any], family: Iterable[Any]) -> tuple[Any, ...]:
    kept = [one for one in before if one in chosen]
    return (*kept, *(one for one in family if one in chosen and one not in kept))


def _ending_kinds() -> list[CheckKind]:
    """The checks that end some time."""
    return [kind for kind in CheckKind if usual_validity(kind) is not None]


def _kinds(values: Iterable[str]) -> list[CheckKind]:
    return [CheckKind(value) for value in values]
