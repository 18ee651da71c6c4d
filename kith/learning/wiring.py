"""What this room plugs into the house."""

from collections.abc import Iterable
from datetime import date, timedelta
from uuid import UUID

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.accounts.events import InvitationAccepted
from kith.accounts.queries import add_landing
from kith.base import clock, retention
from kith.base.events import listen
from kith.gate.actor import Actor
from kith.gate.permissions import has
from kith.learning.commands import forgetting
from kith.learning.commands.asking import forget_requests
from kith.learning.commands.opening import note_training
from kith.learning.commands.seats import CONTEXT, forget_seat_requests, give_asked_seat
from kith.learning.events import CertificateGiven, CertificateRevoked
from kith.learning.permissions import (
    ACCEPT_ISSUERS,
    ANSWER_REQUESTS,
    GIVE_COURSES,
    KEEP_CERTIFICATES,
    LEARN,
    OWN_COPY,
    READ_WORK,
    SEE_COURSES,
    WRITE_COURSES,
)
from kith.learning.queries import editions, elsewhere, kept, requests, seats, works
from kith.learning.rules.joining import LINK_LASTS
from kith.learning.rules.words import here, moment_words
from kith.people.events import PersonErased
from kith.web import nav, today
from kith.web.words import isolated, near

SOON_DAYS = 3
CLOCKS = (
    retention.Category(
        key="learning.requests",
        title=gettext_lazy("Organisations that asked for a training, answered or not"),
        period=requests.KEEP_REQUESTS,
        grace=timedelta(0),
        due=requests.requests_due,
        erase=forget_requests,
    ),
    retention.Category(
        key="learning.seat_requests",
        title=gettext_lazy("Seats asked for without an account and not confirmed"),
        period=LINK_LASTS,
        grace=timedelta(0),
        due=seats.seat_requests_due,
        erase=forget_seat_requests,
    ),
    retention.Category(
        key="learning.answers",
        title=gettext_lazy(
            "What learners read, tried and wrote, and what trainers wrote back, after the edition"
        ),
        period=kept.KEEP_ANSWERS,
        grace=timedelta(days=7),
        due=kept.answers_due,
        erase=forgetting.erase_answers,
    ),
    retention.Category(
        key="learning.packages",
        title=gettext_lazy("Ways through packages, scores and places, after the last time"),
        period=kept.KEEP_RUNS,
        grace=timedelta(days=7),
        due=kept.runs_due,
        erase=forgetting.erase_runs,
    ),
    retention.Category(
        key="learning.codes",
        title=gettext_lazy(
            "Codes of certificates that were erased, without names, after their end"
        ),
        period=kept.KEEP_CODES,
        grace=timedelta(0),
        due=kept.codes_due,
        erase=forgetting.erase_codes,
    ),
    retention.Category(
        key="learning.turned_down",
        title=gettext_lazy("Certificates from elsewhere that were turned down"),
        period=kept.KEEP_TURNED_DOWN,
        grace=timedelta(0),
        due=kept.turned_down_due,
        erase=forgetting.erase_brought,
    ),
    retention.Category(
        key="learning.brought",
        title=gettext_lazy("Certificates from elsewhere, after their end"),
        period=kept.KEEP_SEATS,
        grace=timedelta(days=30),
        due=kept.brought_due,
        erase=forgetting.erase_brought,
    ),
    retention.Category(
        key="learning.seats",
        title=gettext_lazy("Seats, attendance and certificates, after their end"),
        period=kept.KEEP_SEATS,
        grace=timedelta(days=30),
        due=kept.seats_due,
        erase=lambda keys: forgetting.erase_seats(keys, today=clock.today()),
    ),
    retention.Category(
        key="learning.hours",
        title=gettext_lazy("Refreshers and supervision that keep nothing valid any more"),
        period=kept.KEEP_HOURS,
        grace=timedelta(days=30),
        due=kept.hours_due,
        erase=forgetting.erase_hours,
    ),
)


def plug_in() -> None:
    """Called once when Django is ready."""
    add_landing(CONTEXT, _edition_page)
    listen(
        InvitationAccepted,
        lambda fact: give_asked_seat(fact, today=clock.today(), now=clock.now()),
    )
    listen(CertificateGiven, lambda fact: note_training(fact.member_id, on=clock.today()))
    listen(CertificateRevoked, lambda fact: note_training(fact.member_id, on=clock.today()))
    nav.add_item(
        "write_courses",
        gettext_lazy("Write courses"),
        "learning:write",
        icon="pen",
        order=56,
        visible=lambda actor: has(actor, WRITE_COURSES),
    )
    nav.add_item(
        "courses",
        gettext_lazy("Courses"),
        "learning:start",
        icon="course",
        order=55,
        visible=lambda actor: actor.is_signed_in and has(actor, SEE_COURSES),
    )
    today.add_source(_to_read, most=45)
    today.add_source(_asked, most=44)
    today.add_source(_to_note, most=31)
    today.add_source(_brought, most=43)
    today.add_source(_to_compare, most=42)
    today.add_source(_own_sessions, most=29)
    today.add_source(_own_course, most=28)
    today.add_first_step(_first_course, order=20)
    nav.add_user_item(
        "learning_copy",
        gettext_lazy("Data of my learning"),
        "learning:own_copy",
        order=30,
        visible=lambda actor: has(actor, OWN_COPY) and has(actor, SEE_COURSES),
    )
    listen(PersonErased, lambda fact: forgetting.forget_person(fact.person_id, today=clock.today()))
    for category in CLOCKS:
        retention.register(category)


def _edition_page(context: str) -> str:
    """Who asked for a seat comes out on the page of the edition."""
    key, _colon, _request = context.partition(":")
    return reverse("learning:edition", args=[UUID(hex=key)])


def _to_read(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Answers about made-up stories that wait for a trainer."""
    oldest = works.oldest_waiting(actor) if has(actor, READ_WORK) else None
    if oldest is None or oldest.handed_in_at is None:
        return
    number = works.number_waiting(actor)
    words = ngettext(
        "Read %(number)d answer of a learner", "Read %(number)d answers of learners", number
    )
    yield today.TodayLine(
        kind=today.Kind.WAIT,
        what=words % {"number": number},
        why=_("The oldest was handed in %(when)s.")
        % {"when": near(timezone.localdate(oldest.handed_in_at), day)},
        action_label=_("Read"),
        url=reverse("learning:works"),
        weight=45,
        count=number,
    )


def _asked(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Organisations that ask for a training and wait for an answer."""
    oldest = requests.oldest_new(actor) if has(actor, ANSWER_REQUESTS) else None
    if oldest is None:
        return
    yield today.TodayLine(
        kind=today.Kind.WAIT,
        what=_("Answer %(who)s: they ask for a training") % {"who": isolated(oldest.asking)},
        why=_("They asked %(when)s.") % {"when": near(timezone.localdate(oldest.created_at), day)},
        action_label=_("Answer"),
        url=reverse("learning:request", args=[oldest.pk]),
        weight=44,
    )


def _brought(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Certificates from elsewhere that wait for somebody to say whose they are."""
    number = elsewhere.number_waiting(actor) if has(actor, KEEP_CERTIFICATES) else 0
    if not number:
        return
    words = ngettext(
        "Say whether %(number)d certificate from elsewhere is theirs",
        "Say whether %(number)d certificates from elsewhere are theirs",
        number,
    )
    yield today.TodayLine(
        kind=today.Kind.WAIT,
        what=words % {"number": number},
        why=_("They are genuine; whose they are only a person can say."),
        action_label=_("Look at them"),
        url=reverse("learning:brought_list"),
        weight=43,
        count=number,
    )


def _to_compare(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """An achievement elsewhere of which nobody has said what it counts for."""
    one = elsewhere.undecided(actor) if has(actor, ACCEPT_ISSUERS) else None
    if one is None:
        return
    yield today.TodayLine(
        kind=today.Kind.WAIT,
        what=_("For which course does “%(title)s” count?") % {"title": isolated(one.title)},
        why=_("Somebody brought it. Until you decide, it opens nothing."),
        action_label=_("Decide"),
        url=reverse("learning:issuer_accepted", args=[one.issuer_id]),
        weight=42,
    )


def _to_note(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Live sessions of one's own of which nobody noted who took part."""
    if not has(actor, GIVE_COURSES):
        return
    for one in editions.unnoted_sessions(actor, now=clock.now()):
        yield today.TodayLine(
            kind=today.Kind.WRITE,
            what=_("Who took part in the live session of “%(edition)s”?")
            % {"edition": isolated(one.edition.title)},
            why=_("It was %(when)s. For some it is the last thing they need.")
            % {"when": near(timezone.localdate(one.starts_at), day)},
            action_label=_("Note who took part"),
            url=reverse("learning:session", args=[one.pk]),
            weight=31,
        )


def _own_sessions(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """Live sessions of one's own courses that are soon."""
    if not has(actor, LEARN):
        return
    for one in editions.next_sessions(actor, now=clock.now(), days=SOON_DAYS):
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Live session of “%(course)s”")
            % {"course": isolated(here(one.edition.course.title))},
            why=f"{moment_words(one.starts_at, one.minutes)}.",
            action_label=_("Open"),
            url=reverse("learning:edition", args=[one.edition_id]),
            weight=29,
        )


def _own_course(actor: Actor, day: date) -> Iterable[today.TodayLine]:
    """The course that somebody is in who has no page of courses in the menu."""
    if not has(actor, LEARN) or has(actor, SEE_COURSES):
        return
    seat = editions.newest_seat(actor)
    if seat is not None:
        course = isolated(here(seat.edition.course.title))
        yield today.TodayLine(
            kind=today.Kind.PLAN,
            what=_("Go on with “%(course)s”") % {"course": course},
            why=_("You have a seat in this course."),
            action_label=_("Open"),
            url=reverse("learning:seat", args=[seat.pk]),
            weight=28,
        )


def _first_course(actor: Actor) -> today.FirstStep | None:
    """A trainer takes the courses that come with Kith."""
    if not has(actor, WRITE_COURSES) or editions.has_courses(actor):
        return None
    return today.FirstStep(
        what=_("Take the two courses that come with Kith"),
        why=_("In English and Polish, with tests, stories and certificates."),
        action_label=_("Look at courses"),
        url=reverse("learning:start"),
    )
