"""Today's best pairs of one participant: what is proposed, and what else would do."""

from dataclasses import dataclass

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.models import Proposal, Round
from kith.matching.permissions import SEE_ROUNDS
from kith.matching.queries.board import proposals
from kith.matching.queries.matcher import is_volunteer, matched_by_volunteers
from kith.matching.queries.rounds import Option, open_rounds, options_of
from kith.matching.queries.standing import NothingStands, current_run
from kith.matching.rules.shows import Show
from kith.people.models import Person
from kith.programmes.models import Enrolment


@dataclass(frozen=True)
class Best:
    """A place on a waiting list and the best pairs for it today.

    round     the open round of the programme, if there is one
    takes_part  whether the engine knows this participant already
    """

    place: Enrolment
    round: Round | None
    takes_part: bool
    proposal: Proposal | None
    options: list[Option]


def best_today(actor: Actor, person: Person) -> list[Best]:
    """The best pairs of a person, for each programme in which they wait."""
    rows = visible(actor, SEE_ROUNDS, Enrolment.objects.all()).filter(
        person=person, side="participant", state="waiting"
    )
    if is_volunteer(actor):
        rows = rows.filter(programme__in=matched_by_volunteers())
    places = list(rows.select_related("programme", "person").order_by("waiting_since", "id"))
    rounds = open_rounds(actor) if places else {}
    return [_best(actor, place, rounds.get(place.programme_id)) for place in places]


def _best(actor: Actor, place: Enrolment, round_: Round | None) -> Best:
    run = current_run(round_) if round_ else None
    if round_ is None or run is None:
        return Best(place, round_, takes_part=False, proposal=None, options=[])
    shown = proposals(actor).filter(round=round_, participant=place, shelf=Show.DECIDE.value)
    try:
        found = options_of(actor, place, run)
    except NothingStands:
        found = None
    return Best(place, round_, found is not None, shown.first(), found or [])
