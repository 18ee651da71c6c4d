"""What a programme adapts from its template. From the day it opens, all of this is its own.

The whole arrangement is kept with the programme, also what was left as it came: a later version
of the template changes its words, never the weeks, checks and days of a programme that runs.
An organisation's own template is kept word for word: nothing that comes with a new Kith changes it.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, replace
from typing import Any, Protocol

from kith.base.content import ParticipantText, as_table, read_table
from kith.programmes.rules.loading import TemplateFault, load_template
from kith.programmes.rules.reshaping import known_documents, known_roles, stretched
from kith.programmes.rules.templates import (
    AttentionAfter,
    CareDays,
    CheckKind,
    Closing,
    Criteria,
    GroupShape,
    GuideKey,
    HardCriterion,
    Matcher,
    MentorCheck,
    Phase,
    PlannedContact,
    ProgrammeTemplate,
    SoftCriterion,
    SpecialDocument,
    Unit,
    WeekRhythm,
)

Settings = Mapping[str, Any]

WHOLE, WHOLE_ID = "whole", "whole_id"
MOST_WHOLES = 64
MOST_RULES = 256
KNOWN_GUIDES = frozenset(one.value for one in GuideKey)

# Own templates that were read already, by the name of their version; a version never changes.
_wholes: dict[str, ProgrammeTemplate] = {}
# Rules that were put together already, with the template they stand on.
_rules: dict[tuple[int, str], tuple[ProgrammeTemplate, ProgrammeTemplate]] = {}


class Opened(Protocol):
    """A programme, an own template, or a version of one, as far as its rules need it."""

    settings: Any

    @property
    def template_key(self) -> str:
        """The template of the house it stands on."""


def rules_of(programme: Opened) -> ProgrammeTemplate:
    """How this programme runs: its template with everything it adapted."""
    template = template_of(programme)
    # The same settings beside the same template make the same rules, which nobody can change.
    key = (id(template), json.dumps(programme.settings, sort_keys=True))
    known = _rules.get(key)
    if known is not None and known[0] is template:
        return known[1]
    rules = arranged(template, programme.settings)
    if len(_rules) >= MOST_RULES:
        _rules.clear()
    _rules[key] = (template, rules)
    return rules


def template_of(programme: Opened) -> ProgrammeTemplate:
    """The template a programme was opened from: the organisation's own, or one of the house."""
    table = programme.settings.get(WHOLE)
    if table is None:
        return load_template(programme.template_key)
    name = programme.settings.get(WHOLE_ID, "")
    if name in _wholes:
        return _wholes[name]
    whole = _read(table, load_template(programme.template_key))
    if name:
        if len(_wholes) >= MOST_WHOLES:
            _wholes.clear()
        _wholes[name] = whole
    return whole


def whole(template: ProgrammeTemplate, *, name: str = "") -> dict[str, Any]:
    """A template word for word, as plain values to store; `name` is that of a version for good."""
    table = {WHOLE: as_table(template)}
    return {**table, WHOLE_ID: name} if name else table


def kept_with(settings: Settings, rules: ProgrammeTemplate) -> dict[str, Any]:
    """An arrangement beside the own template that settings were made from, if they were."""
    own = {key: settings[key] for key in (WHOLE, WHOLE_ID) if key in settings}
    return {**own, **arrangement(rules)}


def arrangement(template: ProgrammeTemplate) -> dict[str, Any]:
    """Everything a programme keeps as its own, as plain values to store."""
    return {
        "unit": template.unit.value,
        "group": _group_kept(template.group),
        "length_weeks": template.length_weeks,
        "minimum_weeks": template.minimum_weeks,
        "renewable": template.renewable,
        "contact": [{**asdict(one), "unit": one.unit.value} for one in template.contact],
        "phases": [[phase.key, phase.from_week, phase.to_week] for phase in template.phases],
        "focus_domains": list(template.focus_domains),
        "max_goals": template.max_goals,
        "goal_scaling": template.goal_scaling,
        "keeps_waiting_date": template.keeps_waiting_date,
        "look_again_weeks": list(template.look_again_weeks),
        "documents": [paper.key for paper in template.documents],
        "guides": [one.value for one in template.guides],
        "matcher": template.matcher.value,
        "hard": [one.value for one in template.criteria.hard],
        "soft": [one.value for one in template.criteria.soft],
        "checks": [{**asdict(one), "kind": one.kind.value} for one in template.checks],
        "training_hours": template.training.hours,
        "training_valid_months": template.training.valid_months,
        "training_live_sessions": template.training.live_sessions,
        "training_modules": list(template.training.modules),
        "coordinator_contact": _rhythm_kept(template.coordinator_contact),
        "supervision": _rhythm_kept(template.supervision),
        "relationship_check_weeks": list(template.relationship_check_weeks),
        "attention": asdict(template.attention),
        "care": asdict(template.care),
        "closing": as_table(template.closing),
        "follow_up_months": list(template.follow_up_months),
    }


def arranged(template: ProgrammeTemplate, settings: Settings) -> ProgrammeTemplate:
    """The template with a stored arrangement put in. Raises Unfit when it does not hold together.

    What an older arrangement does not hold is as in the template. Phases keep their weeks by key.
    Where a newer template has other phases, its own are stretched to the length of the programme.
    """
    if "length_weeks" not in settings:
        return template
    kept = {**arrangement(template), **settings}
    return replace(
        template,
        unit=Unit(kept["unit"]),
        group=_group(template, kept["group"]),
        length_weeks=kept["length_weeks"],
        minimum_weeks=kept["minimum_weeks"],
        renewable=kept["renewable"],
        contact=tuple(
            PlannedContact(**{**one, "unit": Unit(one["unit"])}) for one in kept["contact"]
        ),
        phases=_phases(template, kept),
        focus_domains=tuple(kept["focus_domains"]),
        max_goals=kept["max_goals"],
        goal_scaling=kept["goal_scaling"],
        keeps_waiting_date=kept["keeps_waiting_date"],
        look_again_weeks=tuple(kept["look_again_weeks"]),
        documents=_documents(template, kept["documents"]),
        guides=tuple(GuideKey(one) for one in kept["guides"] if one in KNOWN_GUIDES),
        matcher=Matcher(kept["matcher"]),
        criteria=Criteria(
            hard=tuple(HardCriterion(one) for one in kept["hard"]),
            soft=tuple(SoftCriterion(one) for one in kept["soft"]),
        ),
        checks=tuple(
            MentorCheck(**{**one, "kind": CheckKind(one["kind"])}) for one in kept["checks"]
        ),
        training=replace(
            template.training,
            hours=kept["training_hours"],
            valid_months=kept["training_valid_months"],
            live_sessions=kept["training_live_sessions"],
            modules=tuple(kept["training_modules"]),
        ),
        coordinator_contact=_rhythm(kept["coordinator_contact"]),
        supervision=_rhythm(kept["supervision"]),
        relationship_check_weeks=tuple(kept["relationship_check_weeks"]),
        attention=AttentionAfter(**kept["attention"]),
        care=CareDays(**kept["care"]),
        closing=Closing(**{key: ParticipantText(said) for key, said in kept["closing"].items()}),
        follow_up_months=tuple(kept["follow_up_months"]),
    )


def _phases(template: ProgrammeTemplate, settings: Settings) -> tuple[Phase, ...]:
    known = {phase.key: phase for phase in template.phases}
    if [key for key, _first, _last in settings["phases"]] != list(known):
        return stretched(template, length_weeks=settings["length_weeks"]).phases
    return tuple(
        replace(known[key], from_week=first, to_week=last)
        for key, first, last in settings["phases"]
    )


def _group_kept(group: GroupShape | None) -> dict[str, Any] | None:
    if group is None:
        return None
    roles = [role.key for role in group.roles]
    return {"group_min": group.group_min, "group_max": group.group_max, "roles": roles}


def _group(template: ProgrammeTemplate, kept: Settings | None) -> GroupShape | None:
    if kept is None:
        return None
    own = template.group.roles if template.group else ()
    known = {role.key: role for role in (*known_roles(), *own)}
    roles = tuple(known[key] for key in kept["roles"] if key in known)
    return GroupShape(kept["group_min"], kept["group_max"], roles)


def _documents(template: ProgrammeTemplate, keys: Iterable[str]) -> tuple[SpecialDocument, ...]:
    """Papers as they are in the house today: what stands in them is filled in by its pages."""
    known = {paper.key: paper for paper in (*template.documents, *known_documents())}
    return tuple(known[key] for key in keys if key in known) or template.documents


def _rhythm_kept(rhythm: WeekRhythm) -> dict[str, Any]:
    return {"weeks": list(rhythm.weeks), "then_every_weeks": rhythm.then_every_weeks}


def _rhythm(kept: Settings) -> WeekRhythm:
    return WeekRhythm(tuple(kept["weeks"]), kept["then_every_weeks"])


def _read(table: Settings, house: ProgrammeTemplate) -> ProgrammeTemplate:
    """A template kept word for word; what a newer Kith asks for besides is as in the house's."""
    own = read_table(table, ProgrammeTemplate, name=house.key, instead=house, fault=TemplateFault)
    return replace(own, documents=_documents(house, [paper.key for paper in own.documents]))
