"""What some demo people have learned and done, and what they apply for. All made up."""

from datetime import datetime, timedelta

from django.utils import timezone

from kith.config.demo.crowd import Ground
from kith.consent.queries import in_force
from kith.gate.actor import Actor, member_actor
from kith.gate.models import Membership
from kith.people.models import Person
from kith.work import commands
from kith.work.commands import Done, InOwnWords, Learned, Outcome, Wanted
from kith.work.rules import PURPOSE, Part, Recognition, Shown, Stage, Way

R = Recognition

# For those who do not sign in: what was learned, and how far its recognition is.
OTHERS = (
    (Learned("Accountant", "School of Economics", 2012), (R.TRANSLATING,)),
    (Learned("Electrician", "Vocational school no. 4", 2009), (R.HANDED_IN, R.RECOGNISED)),
    (Learned("Primary school teacher", "Teacher training college", 2015), (R.HANDED_IN,)),
)
WORDS = {
    "en": ("Nurse", "Nursing school", "Care assistant", "Clinic", "Polish course for nurses"),
    "ar": ("ممرّضة", "معهد التمريض", "مساعدة في الرعاية", "عيادة", "دورة لغة للممرّضات"),
}

CV = {
    "en": ("I nursed for seven years and like to work in a team.", "First aid\nNight shifts"),
    "ar": (
        "عملت في التمريض سبع سنوات وأحب العمل ضمن فريق.",
        "الإسعافات الأولية\nالمناوبات الليلية",
    ),
}


def make_working(ground: Ground, actor: Actor, *, now: datetime) -> None:
    """One participant who signs in, with everything; three others with a qualification."""
    own = Person.objects.filter(is_participant=True, user__isnull=False).order_by("id").first()
    if own is not None and in_force(own, PURPOSE):
        _everything(ground, own, now=now)
    rows = Person.objects.filter(is_participant=True, user__isnull=True, consent_asked=True)
    people = [one for one in rows.order_by("id")[:12] if in_force(one, PURPOSE)]
    for person, (learned, states) in zip(people, OTHERS, strict=False):
        _learned(ground, actor, person, learned, states, now=now)


def _everything(ground: Ground, person: Person, *, now: datetime) -> None:
    """The participant writes for themselves and shows it to their mentor."""
    actor, today = _own_actor(person), ground.today
    nurse, school, care, clinic, course = WORDS.get(person.language, WORDS["en"])
    _learned(ground, actor, person, Learned(nurse, school, 2014), (R.TRANSLATING,), now=now)
    _learned(ground, actor, person, Learned(course, "", 2026), (R.NOT_NEEDED,), now=now)
    done = Done(nurse, clinic, "", 2014, 2021)
    commands.add_job(actor, person=person, done=done)
    parts = list(Part)
    commands.show_to_mentor(actor, person=person, parts=parts, today=today)
    _write_cv(actor, person, ground)
    _asked(actor, person, Wanted(Way.JOB, care, clinic), now=now, with_interview=True)
    _asked(actor, person, Wanted(Way.COURSE, course), now=now, with_interview=False)


def _write_cv(actor: Actor, person: Person, ground: Ground) -> None:
    language = person.language if person.language in CV else "en"
    about, skills = CV[language]
    contact = "\n".join(said for said in (person.phone, person.email) if said)
    words = InOwnWords(contact=contact, about=about, skills=skills, shows=list(Shown))
    commands.write_cv(actor, person=person, language=language, words=words, today=ground.today)


def _own_actor(person: Person) -> Actor:
    return member_actor(Membership.objects.get(user=person.user))


def _learned(
    ground: Ground,
    actor: Actor,
    person: Person,
    learned: Learned,
    states: tuple[Recognition, ...],
    *,
    now: datetime,
) -> None:
    begun = ground.today - timedelta(days=70)
    row = commands.add_qualification(
        actor, person=person, learned=learned, today=begun, now=now - timedelta(days=70)
    )
    for number, state in enumerate(states, start=1):
        on = begun + timedelta(days=20 * number)
        awaited = ground.today - timedelta(days=2) if state is R.HANDED_IN else None
        outcome = Outcome(state, on, "", awaited)
        commands.move_qualification(
            actor, person=person, qualification=row, outcome=outcome, now=now
        )


def _asked(
    actor: Actor, person: Person, wanted: Wanted, *, now: datetime, with_interview: bool
) -> None:
    today = timezone.localdate(now)
    row = commands.add_application(
        actor, person=person, wanted=wanted, today=today - timedelta(days=12), now=now
    )
    commands.move_application(
        actor,
        person=person,
        application=row,
        stage=Stage.SENT,
        on=today - timedelta(days=9),
        answer_due_on=today + timedelta(days=12),
        starts_on=None,
        now=now,
    )
    if with_interview:
        tomorrow = timezone.localtime(now).replace(hour=10, minute=30, second=0, microsecond=0)
        commands.add_interview(
            actor,
            person=person,
            application=row,
            starts_at=tomorrow + timedelta(days=1),
            place="ul. Szkolna 8, Poznań",
            bring="",
            today=today,
        )
