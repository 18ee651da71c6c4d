"""The record of a run in words and small tables."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.matching.forms import how_much
from kith.matching.models import Run
from kith.matching.rules.criteria import CRITERIA, RULES
from kith.matching.rules.states import RunState
from kith.matching.rules.wishes import Wishes
from kith.people.rules.labels import language_name
from kith.web.words import near


def record(run: Run, *, today: date) -> dict[str, Any]:
    """All that the page of a run says."""
    audit = run.audit or {}
    return {
        "is_done": run.state == RunState.DONE.value,
        "solved": near(timezone.localdate(run.solved_at), today) if run.solved_at else "",
        "counts": _counts(run),
        "wishes": _wishes(run),
        "waiting": _waiting(audit.get("waiting", {})),
        "languages": _groups(audit.get("languages", []), language_name),
        "districts": _groups(audit.get("districts", []), str),
        "greedy": _greedy(run, audit.get("greedy")),
        "proof": _proof(run),
        "repeated": _repeated(run, today),
    }


def line(run: Run) -> dict[str, Any]:
    """A run in the list of runs of its round."""
    pairs = run.counts.get("pairs", 0)
    said = ngettext("%(number)d pair", "%(number)d pairs", pairs) % {"number": pairs}
    return {"run": run, "pairs": said, "is_done": run.state == RunState.DONE.value}


def _counts(run: Run) -> list[tuple[str, int]]:
    names = {
        "participants": _("Participants who took part"),
        "mentors": _("Mentors who took part"),
        "places": _("Places they had together"),
        "pairs": _("Pairs proposed"),
        "unmatched": _("People for whom there was nobody"),
        "held_back": _("People on the lists who could not take part"),
    }
    return [(name, run.counts[key]) for key, name in names.items() if key in run.counts]


def _wishes(run: Run) -> list[tuple[object, str]]:
    wishes = Wishes.read(run.settings)
    said: list[tuple[object, str]] = [
        (criterion.name, how_much(min(wishes.weights.get(name, 0), 50)))
        for name, criterion in CRITERIA.items()
    ]
    off = [str(RULES[name].name) for name in RULES if name in wishes.gates_off]
    said += [(name, _("not asked for in this round")) for name in off]
    if wishes.objective == "leximin":
        said.append((_("What is wanted first"), _("The worst served first")))
    return said


def _waiting(waiting: dict[str, int | None]) -> list[str]:
    said = []
    if waiting.get("median") is not None:
        said.append(
            _(
                "Half of those with a pair had waited %(median)s days or less, nine of ten"
                " %(p90)s days or less."
            )
            % waiting
        )
    if waiting.get("unmatched_p90") is not None:
        said.append(
            _("Of those without a pair, nine of ten had waited %(unmatched_p90)s days or less.")
            % waiting
        )
    return said


def _groups(groups: list[dict[str, Any]], name: Any) -> list[dict[str, Any]]:
    return [{**one, "name": name(one["group"])} for one in groups]


def _greedy(run: Run, greedy: dict[str, int] | None) -> str:
    if not greedy:
        return ""
    number = run.counts.get("pairs", 0) - greedy["pairs"]
    if number <= 0:
        return _("Serving people one after the other would have found as many pairs here.")
    said = ngettext(
        "Serving people one after the other would have left %(number)d more person without a pair.",
        "Serving people one after the other would have left %(number)d more people without a pair.",
        number,
    )
    return said % {"number": number}


def _proof(run: Run) -> str:
    if not run.proof:
        return ""
    if run.proof.get("graph") == "full":
        return _(
            "A second program has checked that no other set of pairs is better, over all pairs."
        )
    return _("A second program has checked the result among the pairs that were listed.")


def _repeated(run: Run, today: date) -> str:
    if not run.repeated or not run.repeated_at:
        return ""
    when = near(timezone.localdate(run.repeated_at), today)
    if run.repeated == run.digest:
        return _("Repeated %(when)s: the same pairs, to the last byte.") % {"when": when}
    return _("Repeated %(when)s: something else came out. Tell the administrator.") % {"when": when}
