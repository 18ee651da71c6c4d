"""What goes on in the demo just now: a round with decisions and answers, families.

Done through the same commands as people use, so that the history of acts is real too.
"""

from datetime import datetime

from kith.config.demo.activities import make_activities
from kith.config.demo.crowd import Ground
from kith.config.demo.directory import make_directory
from kith.config.demo.door import make_door
from kith.config.demo.duties import make_rotas
from kith.config.demo.endings import make_endings
from kith.config.demo.expenses import make_expenses
from kith.config.demo.interpreting import make_interpreting
from kith.config.demo.learning import make_learning
from kith.config.demo.mentorpath import make_mentor_path
from kith.config.demo.nations import write_national_papers
from kith.config.demo.pair import make_near
from kith.config.demo.papers import write_papers
from kith.config.demo.questions import make_questionnaires
from kith.config.demo.working import make_working
from kith.gate.actor import Actor, job_actor, member_actor
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.matching.commands import (
    accept_proposal,
    lock_proposal,
    open_round,
    record_answer,
    reject_proposal,
    suggest_proposal,
)
from kith.matching.models import Proposal, Round
from kith.people.commands import join_family, make_family
from kith.people.models import FamilyMember, Person
from kith.programmes.models import Programme
from kith.questionnaires.models import Asking
from kith.reminders.jobs import remind
from kith.reminders.permissions import REMIND_JOB

WHY = "They live close by, and her evenings fit his."
SEED = 20261122
MOST_ROUND = 2000  # a round of more people is made by a person, when it is wanted


def make_present(ground: Ground, programme: Programme, *, now: datetime) -> list[Asking]:
    """Families, a group, services, questionnaires, and a round of which some pairs are decided.

    Gives what the programme asks.
    """
    coordinator = member_actor(ground.coordinators[0])
    _make_families(coordinator, now=now)
    make_directory(ground, coordinator, now=now)
    make_interpreting(ground, coordinator, now=now)
    make_activities(coordinator, programme, now=now)
    write_papers(coordinator, today=ground.today, now=now)
    write_national_papers(coordinator, today=ground.today, now=now)
    make_door(ground, coordinator, programme, now=now)
    make_learning(now=now)
    if Person.objects.count() <= MOST_ROUND:
        _make_round(ground, coordinator, programme, now=now)
    make_near(today=ground.today, now=now)
    make_working(ground, coordinator, now=now)
    make_endings(coordinator, today=ground.today, now=now)
    make_mentor_path(ground, coordinator, now=now)
    # After the rests: nobody who rests gets a duty.
    make_rotas(coordinator, now=now)
    make_expenses(coordinator, programme, today=ground.today, now=now)
    # The bell rings from the first page on; later the worker looks every hour.
    remind(job_actor(REMIND_JOB, ground.coordinators[0].organisation))
    return make_questionnaires(ground, coordinator, programme)


def _make_families(actor: Actor, *, now: datetime) -> None:
    alone = Person.objects.exclude(pk__in=FamilyMember.objects.values("person"))
    people = list(alone.filter(is_participant=True).order_by("id")[:6])
    children = ({"0-2": 1, "7-12": 2}, {"3-6": 1}, {"13-17": 2})
    for first, second, ages in zip(people[::2], people[1::2], children, strict=False):
        family = make_family(
            actor, person=first, label=str(first.name).split()[-1], children=ages, now=now
        )
        join_family(actor, person=second, family=family, now=now)


def _make_round(ground: Ground, actor: Actor, programme: Programme, *, now: datetime) -> None:
    round_: Round = open_round(
        actor, programmes=[programme], seed=SEED, today=ground.today, now=now
    )
    pairs = list(Proposal.objects.filter(round=round_, state="proposed").order_by("id")[:6])
    acts = (_offer, _offer_one_yes, _offer, _lock, _reject, _suggest)
    for pair, act in zip(pairs, acts, strict=False):
        act(ground, actor, pair, now)


def _offer(ground: Ground, actor: Actor, pair: Proposal, now: datetime) -> None:
    accept_proposal(actor, proposal=pair, why=WHY, today=ground.today, now=now)


def _offer_one_yes(ground: Ground, actor: Actor, pair: Proposal, now: datetime) -> None:
    _offer(ground, actor, pair, now)
    pair.refresh_from_db()
    record_answer(actor, proposal=pair, side="mentor", answer="yes", today=ground.today, now=now)


def _lock(ground: Ground, actor: Actor, pair: Proposal, now: datetime) -> None:
    lock_proposal(actor, proposal=pair)


def _suggest(ground: Ground, actor: Actor, pair: Proposal, now: datetime) -> None:
    """The volunteer matcher talked with both and suggests them; staff confirm."""
    matcher = Membership.objects.get(roles=[Role.VOLUNTEER_MATCHER.value])
    suggest_proposal(member_actor(matcher), proposal=pair, why=WHY, today=ground.today)


def _reject(ground: Ground, actor: Actor, pair: Proposal, now: datetime) -> None:
    reject_proposal(actor, proposal=pair, reason="times", note="")
