"""Duties as the pages print them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.gate.actor import Actor
from kith.matching.rules.words import called
from kith.mentoring.models import Match, MatchMember
from kith.mentoring.rules.members import role_names, role_tasks
from kith.mentoring.rules.states import lengths_at_a_tap
from kith.mentoring.rules.words import length_words
from kith.programmes.rules import ProgrammeTemplate, rules_of
from kith.rota.models import Duty
from kith.rota.rules.plan import Helper
from kith.rota.rules.states import DutyState
from kith.rota.rules.words import day_words, from_to, role_words, when_words
from kith.web.words import comma_list, isolated


@dataclass(frozen=True)
class ShownDuty:
    """One duty as a line of the rota.

    task  what the role looks after, in the sentence of the programme
    """

    duty: Duty
    day: str
    hours: str
    when: str
    what: str
    task: str
    who: str
    is_own: bool
    is_empty: bool
    is_looking: bool
    may_take: bool
    url: str = ""
    taps: list[dict[str, Any]] = field(default_factory=list)

    @property
    def may_ask(self) -> bool:
        """Whether one can look for somebody to take it."""
        return self.is_own and not self.is_looking


def shown(
    duties: Sequence[Duty], own: MatchMember | None, *, today: date, may_take: bool
) -> list[ShownDuty]:
    """Duties of one match as somebody of it, or staff, sees them."""
    return [one_duty(row, own, today=today, may_take=may_take) for row in duties]


def one_duty(
    row: Duty, own: MatchMember | None, *, today: date, may_take: bool = False
) -> ShownDuty:
    """One duty."""
    rules, holder = rules_of(row.match.programme), row.holder
    is_own = own is not None and holder is not None and holder.pk == own.pk
    is_looking = holder is not None and row.swap_since is not None
    return ShownDuty(
        duty=row,
        day=day_words(row.at, today),
        hours=from_to(row.at, row.minutes),
        when=when_words(row.at, today),
        what=role_words(rules, row.role),
        task=task_words(rules, row.role),
        who=called(holder.person) if holder is not None else "",
        is_own=is_own,
        is_empty=holder is None,
        is_looking=is_looking,
        may_take=may_take and not is_own and (holder is None or is_looking),
        url=reverse("rota:rota", args=[row.match_id]),
    )


def task_words(rules: ProgrammeTemplate, role: str) -> str:
    """What somebody with this duty looks after, a sentence of the programme."""
    return next(iter(role_tasks(rules, [role])), "")


def to_note(row: Duty, own: MatchMember | None, *, today: date) -> ShownDuty:
    """A duty that is over, with the lengths one taps."""
    shown = one_duty(row, own, today=today)
    lengths = lengths_at_a_tap(row.minutes)
    shown.taps.extend({"minutes": one, "words": length_words(one)} for one in lengths)
    return shown


def past_words(row: Duty, met: set[date]) -> str:
    """What became of a duty that is over."""
    if row.state == DutyState.HELD or timezone.localdate(row.at) in met:
        return _("took place")
    return ""


def choices_of(
    match: Match, group: Sequence[MatchMember], helpers: Sequence[Helper], duty: Duty
) -> list[dict[str, Any]]:
    """Those of the group who could take a duty, whoever had the fewest first."""
    rules, found = rules_of(match.programme), {one.key: one for one in helpers}
    day = timezone.localdate(duty.at)
    rows = [row for row in group if duty.holder is None or row.pk != duty.holder.pk]
    rows.sort(key=lambda row: (_is_away(found[row.pk], day), found[row.pk].done, row.since))
    return [
        {
            "key": row.pk,
            "name": called(row.person),
            "facts": " · ".join(_facts(rules, row, found[row.pk], day)),
        }
        for row in rows
    ]


def _is_away(helper: Helper, day: date) -> bool:
    return helper.away_until is not None and helper.away_until >= day


def _facts(rules: ProgrammeTemplate, row: MatchMember, helper: Helper, day: date) -> list[str]:
    said = [comma_list(role_names(rules, row.roles))] if row.roles else []
    number = ngettext(
        "%(number)d duty in these weeks", "%(number)d duties in these weeks", helper.done
    )
    said.append(number % {"number": helper.done} if helper.done else _("no duty in these weeks"))
    if _is_away(helper, day):
        said.append(_("rests on that day"))
    return said


def told(row: Duty, actor: Actor, today: date) -> str:
    """A duty in the list behind the bell, for whoever takes it, for the family, for the group."""
    values = {
        "when": when_words(row.at, today),
        "what": isolated(role_words(rules_of(row.match.programme), row.role)),
        "name": isolated(called(row.match.participant)),
    }
    if row.state == DutyState.OFF:
        return _("Called off: %(what)s, %(when)s") % values
    holder = row.holder
    if holder is None:
        return _("Nobody has taken it yet: %(what)s, %(when)s") % values
    if holder.person.user_id == actor.user_id:
        return _("You are with %(name)s %(when)s: %(what)s") % values
    return _("%(who)s comes %(when)s: %(what)s") % {
        **values,
        "who": isolated(called(holder.person)),
    }
