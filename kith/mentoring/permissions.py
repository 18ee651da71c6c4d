"""Who may see matches, note meetings, set goals, sign and close."""

from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.matching.permissions import own_enrolments
from kith.matching.rules.states import ProposalState
from kith.mentoring.models import Match, MatchMember
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.rules import Unit


def _me(actor: Actor) -> "QuerySet[Person]":
    return Person.objects.filter(Q(user_id=actor.user_id))


def own_places(actor: Actor, side: Side) -> "QuerySet[MatchMember]":
    """Where the actor belongs to a match on one side: until someone leaves, or for good when the
    match ended with them in it."""
    rows = MatchMember.objects.filter(person__in=_me(actor).values("pk"), until__isnull=True)
    return rows.filter(side=side.value)


def as_mentor(actor: Actor) -> Q:
    """Matches in which the actor is the mentor, or one of the group."""
    return Q(pk__in=own_places(actor, Side.MENTOR).values("match"))


def as_lead(actor: Actor) -> Q:
    """Matches whose group the actor leads."""
    return Q(mentor__in=_me(actor).values("pk"), unit=Unit.GROUP.value)


def as_participant(actor: Actor) -> Q:
    """Matches in which the actor is the participant, or one of the family."""
    return Q(pk__in=own_places(actor, Side.PARTICIPANT).values("match"))


def accompanied(actor: Actor) -> Q:
    """The people whom a mentor accompanies now, as a Q on persons: everybody of a family."""
    running = Match.objects.filter(as_mentor(actor)).exclude(state="closed")
    with_them = MatchMember.objects.filter(match__in=running.values("pk"), until__isnull=True)
    return Q(pk__in=with_them.filter(side=Side.PARTICIPANT.value).values("person"))


def own_hand_overs(actor: Actor) -> Q:
    """Hand-overs about which the actor is asked: those of the participant's side."""
    return Q(match__in=own_places(actor, Side.PARTICIPANT).values("match"))


def own_attendance(actor: Actor) -> Q:
    """Sessions of supervision to which the actor is invited."""
    return Q(mentor__in=_me(actor).values("pk"))


def own_caseload(actor: Actor) -> Q:
    """Matches one works with: own ones, those of one's own people, those nobody has taken on."""
    # Each match has one participant: looking at them is cheaper than collecting everybody whom
    # nobody has taken on.
    mine = Q(participant__responsible=actor.membership)
    own = MatchMember.objects.filter(person__in=_me(actor).values("pk"), until__isnull=True)
    return Q(pk__in=own.values("match")) | mine | Q(participant__responsible__isnull=True)


def own_agreed_pairs(actor: Actor) -> Q:
    """Proposals about oneself to which both sides said yes."""
    own = own_enrolments(actor)
    return Q(state=ProposalState.AGREED.value) & (Q(participant__in=own) | Q(mentor__in=own))


# What the page of a match shows, section by section.
DATES, MENTOR, PARTICIPANT = "dates", "mentor", "participant"
NEXT_STEPS, GOALS, AGREEMENT = "next_steps", "goals", "agreement"
SECTIONS = frozenset({DATES, MENTOR, PARTICIPANT, NEXT_STEPS, GOALS, AGREEMENT})

ALL_OF_A_MATCH = {
    Role.COORDINATOR: everything,
    Role.MENTOR: as_mentor,
    Role.GROUP_LEAD: as_mentor,
    Role.PARTICIPANT: as_participant,
}

SEE_MATCH = permission(
    "mentoring.see_match",
    _("Open a match: its agreement, meetings and goals"),
    {
        Role.COORDINATOR: everything,
        Role.SUPERVISOR: everything,
        Role.MENTOR: as_mentor,
        Role.GROUP_LEAD: as_mentor,
        Role.PARTICIPANT: as_participant,
    },
    fields={Role.SUPERVISOR: frozenset({DATES, MENTOR})},
)
BEGIN_MATCH = permission(
    "mentoring.begin_match",
    _("Begin a match when both sides have said yes"),
    {
        Role.COORDINATOR: everything,
        Role.VOLUNTEER_MATCHER: everything,
        Role.MENTOR: own_agreed_pairs,
        Role.PARTICIPANT: own_agreed_pairs,
    },
)
RECORD_MEETING = permission(
    "mentoring.record_meeting",
    _("Plan and note meetings"),
    {Role.COORDINATOR: everything, Role.MENTOR: as_mentor, Role.GROUP_LEAD: as_mentor},
)
ANSWER_MEETING = permission(
    "mentoring.answer_meeting",
    _("Say for oneself whether one comes to a meeting"),
    {Role.MENTOR: as_mentor, Role.GROUP_LEAD: as_mentor, Role.PARTICIPANT: as_participant},
)
TALK = permission(
    "mentoring.talk",
    _("Talk with each side about how it is going, and note it"),
    {Role.COORDINATOR: everything},
)
ANSWER_CHECK = permission(
    "mentoring.answer_check",
    _("Answer the six statements about a match for oneself, or note someone's answers"),
    ALL_OF_A_MATCH,
)
REMIND_JOB = "mentoring.remind"
REMIND = permission(
    "mentoring.remind",
    _("Remind those concerned when a match has been quiet"),
    {},
    jobs=(REMIND_JOB,),
)
SUPERVISE = permission(
    "mentoring.supervise",
    _("Plan and note supervision, and see when each mentor had it"),
    {Role.SUPERVISOR: everything, Role.COORDINATOR: everything},
)
SEE_LASTING = permission(
    "mentoring.see_lasting",
    _("See how long the matches of a programme last, as one curve"),
    {Role.COORDINATOR: everything},
)
SEE_ATTAINMENT = permission(
    "mentoring.see_attainment",
    _("See how far the goals of a programme came, as one figure of at least ten people"),
    {Role.COORDINATOR: everything},
)
SEE_BOARD = permission(
    "mentoring.see_board",
    _("See the matches of a programme by phase"),
    {Role.COORDINATOR: everything},
)
SEE_OWN_SUPERVISION = permission(
    "mentoring.see_own_supervision",
    _("See one's own supervision"),
    {Role.MENTOR: own_attendance},
)
KEEP_LOAD = permission(
    "mentoring.keep_load",
    _("Agree with a mentor on more matches than the programme plans"),
    {Role.COORDINATOR: everything},
)
PASS_MAP = permission(
    "mentoring.pass_map",
    _("Say that the participant would like no new domain map now, or none at all"),
    ALL_OF_A_MATCH,
)
SET_GOALS = permission(
    "mentoring.set_goals",
    _("Set goals and take small steps"),
    ALL_OF_A_MATCH,
)
SIGN = permission(
    "mentoring.sign",
    _("Sign the agreement, or take a signature"),
    ALL_OF_A_MATCH,
)
SHARE_TASKS = permission(
    "mentoring.share_tasks",
    _("Say who of a group looks after what"),
    {Role.COORDINATOR: everything, Role.GROUP_LEAD: as_lead},
)
CHANGE_MEMBERS = permission(
    "mentoring.change_members",
    _("Begin a match of a group and a family, and change who belongs to a match"),
    {Role.COORDINATOR: everything},
)
ANSWER_HAND_OVER = permission(
    "mentoring.answer_hand_over",
    _("Say yes or no when somebody else is to go with the participant, or note the answer"),
    {Role.COORDINATOR: everything, Role.PARTICIPANT: own_hand_overs},
)
HAND_OVER_JOB = "mentoring.hand_over"
KEEP_HAND_OVERS = permission(
    "mentoring.keep_hand_overs",
    _("Begin hand-overs on their day, and end stand-ins after their last day"),
    {},
    jobs=(HAND_OVER_JOB,),
)
WISH = permission(
    "mentoring.wish",
    _("Say that one would like somebody else, or to stop, without a reason; or take it back"),
    ALL_OF_A_MATCH,
)
FOLLOW_UP_JOB = "mentoring.follow_up"
KEEP_FOLLOW_UPS = permission(
    "mentoring.keep_follow_ups",
    _("Open talks after the end on their day, where the person agreed, and let go of late ones"),
    {},
    jobs=(FOLLOW_UP_JOB,),
)
NOTE_FOLLOW_UP = permission(
    "mentoring.note_follow_up",
    _("Ask somebody some months after the end how they are, and note it"),
    {Role.COORDINATOR: everything},
)
CLOSE = permission(
    "mentoring.close",
    _("Pause, resume and close a match"),
    {Role.COORDINATOR: everything},
)
