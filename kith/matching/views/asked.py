"""Answers to "why not these two" and to "who fits this person today", in words."""

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _

from kith.matching.queries.today import Best
from kith.matching.queries.why import Why
from kith.matching.rules.criteria import GATE_WORDS, RULES
from kith.matching.rules.funnel import lacking_sentence
from kith.matching.rules.points import HEED
from kith.matching.rules.states import Side
from kith.matching.rules.words import called, point_sentence
from kith.matching.views.shown import option, parts
from kith.programmes.models import Enrolment

SETTLED = ("rejected", "floor")
"""What people set in this round and may set otherwise: neither a rule nor a protection."""


def why_side(one: Mapping[str, Any]) -> dict[str, object]:
    """One side of the search for two people."""
    is_participant = one["side"] == Side.PARTICIPANT.value
    return {
        "side": one["side"],
        "field": f"{one['side']}_name",
        "label": _("Participant") if is_participant else _("Mentor"),
        "text": one["text"],
        "chosen": _place(one["chosen"]) if one["chosen"] else None,
        "found": [_place(place) for place in one["found"]],
        "nobody": bool(one["text"] and not one["found"] and not one["chosen"]),
    }


def _place(place: Enrolment) -> dict[str, object]:
    return {"key": str(place.pk), "name": called(place.person), "programme": place.programme.name}


def why(found: Why, means: list[str]) -> dict[str, object]:
    """What speaks for and against two people, and what keeping them would mean."""
    failed = set(found.failed)
    protected = [gate for gate in found.failed if gate not in {*RULES, *SETTLED}]
    soft = [gate for gate in found.failed if gate in RULES]
    stands = not (found.together or found.lacking or protected)
    return {
        "participant": called(found.participant.person),
        "mentor": called(found.mentor.person),
        "participant_key": str(found.participant.pk),
        "mentor_key": str(found.mentor.pk),
        "together": found.together,
        "absent": [
            _("%(name)s does not take part in these proposals.") % {"name": called(one.person)}
            for one in found.absent
        ],
        "other_programme": found.participant.programme_id != found.mentor.programme_id,
        "lacking": [lacking_sentence(one) for one in found.lacking],
        "protected": [str(GATE_WORDS[gate]) for gate in protected],
        "settled": [str(GATE_WORDS[code]) for code in found.failed if code in SETTLED],
        "soft": [str(GATE_WORDS[gate]) for gate in soft],
        "points": [point_sentence(one) for one in found.points if one["code"] not in HEED],
        "heed": [point_sentence(one) for one in found.points if one["code"] in HEED],
        "parts": parts(found.parts),
        "means": means,
        "can_keep": stands and not soft and (found.cost is not None or "rejected" in failed),
        "can_despite": stands and bool(soft) and "rejected" not in failed,
    }


def todays(one: Best) -> dict[str, object]:
    """Today's best pairs for one place on a waiting list."""
    row = one.proposal
    return {
        "place": one.place,
        "programme": one.place.programme.name,
        "round": one.round,
        "takes_part": one.takes_part,
        "proposal": row,
        "mentor": called(row.mentor.person) if row else "",
        "points": [point_sentence(point) for point in row.points][:3] if row else [],
        "options": [option(other) for other in one.options],
    }
