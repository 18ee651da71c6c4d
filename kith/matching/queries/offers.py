"""What each side sees of the other before names are exchanged: languages, help, times, district."""

from dataclasses import dataclass
from datetime import date

from django.db.models import QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.matching.models import Proposal
from kith.matching.permissions import ANSWER, ASK_BOTH, DECIDE, own_enrolments
from kith.matching.queries.matcher import is_volunteer, of_others
from kith.matching.rules.states import Answer, ProposalState, RoundState, Side
from kith.people.models import MentorProfile, ParticipantProfile, Person, PersonLanguage
from kith.people.rules import SLOTS
from kith.programmes.models import Enrolment


@dataclass(frozen=True)
class Offer:
    """A proposal as one side sees it. No name is in it.

    side    the side that is asked
    topics  help the participant wishes for, or help the mentor offers
    """

    proposal: Proposal
    side: Side
    programme: str
    languages: list[str]
    topics: list[str]
    times: list[str]
    place: str
    online: bool
    answer: Answer

    @property
    def answer_by(self) -> date | None:
        """The day until which an answer is asked for."""
        return self.proposal.answer_by


def offers_to(actor: Actor) -> "QuerySet[Proposal]":
    """Proposals about which the actor is asked."""
    rows = visible(actor, ANSWER, Proposal.objects.all())
    return rows.select_related("participant__programme").order_by("answer_by", "id")


def unanswered(actor: Actor) -> list[Proposal]:
    """Those to which the actor has not said yes yet; a no ends an offer at once."""
    return [row for row in offers_to(actor) if answer_on(row, side_of(actor, row)) != Answer.YES]


def side_of(actor: Actor, proposal: Proposal) -> Side:
    """On which side of a proposal the actor stands."""
    own = set(own_enrolments(actor))
    return Side.MENTOR if proposal.mentor_id in own else Side.PARTICIPANT


def answer_on(proposal: Proposal, side: Side) -> Answer:
    """What one side has answered so far."""
    return Answer(proposal.mentor_answer if side is Side.MENTOR else proposal.participant_answer)


def offer_for(actor: Actor, proposal: Proposal) -> Offer:
    """What the actor sees of the other person."""
    side = side_of(actor, proposal)
    mine, other = _both(proposal, side)
    return Offer(
        proposal=proposal,
        side=side,
        programme=proposal.participant.programme.name,
        languages=_languages(other),
        topics=_topics(other, side.other),
        times=_common_times(mine, other),
        place=other.place.name if other.place else "",
        online=bool(mine.online and other.online),
        answer=answer_on(proposal, side),
    )


def suggested(actor: Actor) -> "QuerySet[Proposal]":
    """Pairs that a volunteer matcher suggests and nobody has confirmed, the oldest first."""
    rows = visible(actor, ASK_BOTH, Proposal.objects.all()).filter(
        state=ProposalState.LOCKED.value, suggested_on__isnull=False
    )
    rows = rows.filter(round__state=RoundState.OPEN.value)
    return rows.select_related("participant__person", "mentor__person", "suggested_by").order_by(
        "suggested_on", "id"
    )


def waiting_answers(actor: Actor) -> "QuerySet[Proposal]":
    """Offers that are still open, for those who look after them; the oldest deadline first."""
    rows = visible(actor, DECIDE, Proposal.objects.all())
    if is_volunteer(actor):
        rows = rows.exclude(round__in=of_others())
    rows = rows.filter(state=ProposalState.OFFERED.value)
    return rows.select_related("participant__person", "mentor__person").order_by("answer_by", "id")


def _both(proposal: Proposal, side: Side) -> tuple[Person, Person]:
    keys = {Side.PARTICIPANT: proposal.participant_id, Side.MENTOR: proposal.mentor_id}
    rows = Enrolment.objects.filter(pk__in=keys.values()).select_related("person__place")
    # Names and addresses are not even read here.
    persons = {row.pk: row.person for row in rows}
    return persons[keys[side]], persons[keys[side.other]]


def _languages(person: Person) -> list[str]:
    rows = PersonLanguage.objects.filter(person=person).order_by("-level", "code")
    return list(rows.values_list("code", flat=True))


def _topics(person: Person, side: Side) -> list[str]:
    if side is Side.MENTOR:
        offered = MentorProfile.objects.filter(person=person).values_list("topics", flat=True)
        return list(offered.first() or [])
    wished = ParticipantProfile.objects.filter(person=person).values_list("needs", flat=True)
    return list(wished.first() or [])


def _common_times(mine: Person, other: Person) -> list[str]:
    common = set(mine.availability) & set(other.availability)
    return [slot for slot in SLOTS if slot in common]
