"""Who notes expenses, who looks at claims, pays them, and takes them to the books."""

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from kith.expenses.rules.states import SHOWN_TO_STAFF
from kith.gate.actor import Actor
from kith.gate.permissions import everything, permission
from kith.gate.roles import Role
from kith.people.models import Person
from kith.people.permissions import own_person


def of_oneself(actor: Actor) -> Q:
    """Claims of the one who is signed in."""
    return Q(person__in=Person.objects.filter(own_person(actor)).values("pk"))


def of_others(actor: Actor) -> Q:
    """Claims that were sent, never one's own: two people look at each claim."""
    return Q(state__in=[state.value for state in SHOWN_TO_STAFF]) & ~of_oneself(actor)


CLAIM = permission(
    "expenses.claim",
    _("Note one's own expenses, send them, correct and withdraw them"),
    {Role.MENTOR: of_oneself, Role.GROUP_LEAD: of_oneself},
)
SEE_CLAIMS = permission(
    "expenses.see",
    _("See expenses of mentors that were sent, with their receipts"),
    {Role.COORDINATOR: of_others, Role.MENTOR: of_oneself, Role.GROUP_LEAD: of_oneself},
)
LOOK_AT_CLAIMS = permission(
    "expenses.decide",
    _("Agree to somebody else's expenses, ask about them, or say no"),
    {Role.COORDINATOR: of_others},
)
PAY_CLAIMS = permission(
    "expenses.pay",
    _("Note that somebody else's expenses were paid"),
    {Role.COORDINATOR: of_others},
)
KEEP_BOOK = permission(
    "expenses.keep_book",
    _("Save agreed expenses for the bookkeeping"),
    {Role.COORDINATOR: everything},
)
SET_PLAN = permission(
    "expenses.set_plan",
    _("Say what a programme pays back, how much and until when"),
    {Role.COORDINATOR: everything},
)
