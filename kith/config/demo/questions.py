"""What the demo's programme asks, and what some made-up people answered."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from pathlib import Path
from random import Random

from kith import questionnaires
from kith.config.demo.crowd import Ground
from kith.consent.models import Consent
from kith.gate.actor import Actor
from kith.mentoring.models import Match
from kith.people.models import Person
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.questionnaires.commands import (
    ask_in_programme,
    make_ready,
    put_question,
    take_file,
    take_pack,
    write_questionnaire,
)
from kith.questionnaires.models import Answers, Asking, Version
from kith.questionnaires.rules import OPEN_WEEKS, Moment, Readers
from kith.questionnaires.rules.editing import Draft, QuestionKind
from kith.welcome.models import Application, IntakeAnswers

EXAMPLE = Path(questionnaires.__file__).parent / "content" / "examples"
FORM = "before-the-first-meeting.md"
PACK = "how-our-mentoring-goes"
WEEKS = (6, 12, 24)
MOST_ANSWERED = 40
STEPS = ("1", "2", "3", "3", "4", "4", "4", "5", "5")
TOLD = (
    "I would like to speak on the phone without fear.",
    "My son comes along, he is four.",
    "Please not in the morning, I work at night.",
    "",
)
WISHES = ("talk", "work", "offices", "town", "company")


def make_questionnaires(ground: Ground, actor: Actor, programme: Programme) -> list[Asking]:
    """Our own pack, an XLSForm, and one that is being written; two of them are asked."""
    pack = take_pack(actor, key=PACK, today=ground.today)
    form = take_file(actor, content=(EXAMPLE / FORM).read_bytes(), filename=FORM, language="en")
    make_ready(actor, version=form, today=ground.today)
    _write_one(actor)
    _ask_at_the_door(ground, actor, programme)
    how_it_goes = ask_in_programme(
        actor,
        programme=programme,
        questionnaire=pack.questionnaire,
        side=Side.PARTICIPANT,
        moment=Moment.WEEKS,
        weeks=WEEKS,
        readers=Readers.NOBODY,
        today=ground.today,
    )
    first_meeting = ask_in_programme(
        actor,
        programme=programme,
        questionnaire=form.questionnaire,
        side=Side.PARTICIPANT,
        moment=Moment.START,
        readers=Readers.COORDINATOR,
        today=ground.today,
    )
    return [how_it_goes, first_meeting]


def _write_one(actor: Actor) -> None:
    draft = write_questionnaire(
        actor, title={"en": "After the first month", "pl": "Po pierwszym miesiącu"},
        languages=("en", "pl"),
    )  # fmt: skip
    questions = (
        (QuestionKind.YES_NO, "Would you like another training evening?",
         "Czy przyda Ci się jeszcze jeden wieczór szkoleniowy?"),
        (QuestionKind.LONG_TEXT, "What should it be about?", "O czym powinien być?"),
    )  # fmt: skip
    for kind, english, polish in questions:
        put_question(actor, version=draft, draft=Draft(kind, {"en": english, "pl": polish}))


INTAKE = (
    (
        QuestionKind.LONG_TEXT,
        {
            "en": "When did somebody last help you, and what was good about it?",
            "pl": "Kiedy ostatnio ktoś Ci pomógł i co było w tym dobre?",
            "ar": "متى ساعدك أحد آخر مرة، وما الجيد في ذلك؟",
        },
    ),
    (
        QuestionKind.YES_NO,
        {
            "en": "Can you come to the evening for new mentors?",
            "pl": "Czy możesz przyjść na wieczór dla nowych mentorów i mentorek?",
            "ar": "هل يمكنك حضور أمسية المرشدين الجدد؟",
        },
    ),
)
INTAKE_SAID = "A neighbour carried my wardrobe upstairs. She did not ask for anything."


def _ask_at_the_door(ground: Ground, actor: Actor, programme: Programme) -> None:
    """Two questions that whoever wants to be a mentor finds at the end of the public page."""
    title = {"en": "Before we talk", "pl": "Zanim porozmawiamy", "ar": "قبل أن نتحدث"}
    draft = write_questionnaire(actor, title=title, languages=("en", "pl", "ar"))
    for kind, words in INTAKE:
        put_question(actor, version=draft, draft=Draft(kind, words))
    make_ready(actor, version=draft, today=ground.today)
    ask_in_programme(
        actor,
        programme=programme,
        questionnaire=draft.questionnaire,
        side=Side.MENTOR,
        moment=Moment.APPLICATION,
        readers=Readers.COORDINATOR,
        today=ground.today,
    )


def _answer_at_the_door() -> None:
    """The first who knocked has answered one of the two."""
    asking = Asking.objects.filter(moment=Moment.APPLICATION.value).first()
    knocked = Application.objects.filter(side=Side.MENTOR.value, decided_on__isnull=True)
    first = knocked.order_by("id").first()
    if asking is None or first is None:
        return
    version = Version.objects.get(questionnaire=asking.questionnaire)
    told, evening = (item["name"] for item in version.content["items"])
    IntakeAnswers(
        application=first,
        asking=asking,
        version=version,
        language="en",
        given={told: INTAKE_SAID},
        passed_over=[evening],
    ).save()


def answer_questions(ground: Ground, askings: Iterable[Asking]) -> None:
    """Answers of those who have met for some weeks, and of some who wait. Only when founding."""
    how_it_goes, first_meeting = askings
    rng = Random(ground.today.toordinal())  # noqa: S311 - made-up answers, no secrets
    rows = [*_how_it_goes(ground, how_it_goes, rng), *_first_meeting(ground, first_meeting, rng)]
    for row in rows:
        row.save()
    _answer_at_the_door()


def _how_it_goes(ground: Ground, asking: Asking, rng: Random) -> Iterator[Answers]:
    """One answers at each of the weeks that lie behind them, some less willingly."""
    version = Version.objects.get(questionnaire=asking.questionnaire)
    items = [item["name"] for item in version.content["items"]]
    rows = Match.objects.filter(state="active", started_on__isnull=False)
    for match in rows.select_related("participant").order_by("-last_event_at")[:MOST_ANSWERED]:
        for week in WEEKS:
            day = match.started_on + timedelta(weeks=week, days=rng.randrange(9))
            is_over = day <= ground.today - timedelta(weeks=OPEN_WEEKS)
            if is_over and (match.participant.user_id or rng.random() < 0.75):
                given = (
                    _steps(items, rng, week)
                    if match.participant.user_id
                    else {name: rng.choice(STEPS) for name in items}
                )
                yield _sent(asking, version, match.participant, f"week-{week}", given, day)


def _steps(items: list[str], rng: Random, week: int) -> dict[str, str]:
    """Someone for whom it goes better and better; who is hard to reach becomes easier to reach."""
    likely = ("2", "3") if week < 10 else ("4", "5")
    turned = {"2": "4", "3": "4", "4": "2", "5": "1"}
    found = {name: rng.choice(likely) for name in items}
    return {name: turned[step] if name == "hard_to_reach" else step for name, step in found.items()}


def _first_meeting(ground: Ground, asking: Asking, rng: Random) -> Iterator[Answers]:
    version = Version.objects.get(questionnaire=asking.questionnaire)
    agreed = Consent.objects.filter(purpose="mentoring", state="given", latest=True)
    waiting = Person.objects.filter(is_participant=True, pk__in=agreed.values("person"))
    for person in waiting.order_by("-id")[:12]:
        kids = rng.choice(("0", "0", "1", "2"))
        given = {
            "first_steps": " ".join(rng.sample(WISHES, rng.choice((1, 2, 3)))),
            "had_mentor": "no",
            "part_of_town": "centre",
            "spot": rng.choice(("library", "cafe")),
            "kids": kids,
            "please_know": rng.choice(TOLD),
        }
        given = {name: text for name, text in given.items() if text}
        day = ground.today - timedelta(days=rng.randrange(2, 20))
        yield _sent(asking, version, person, "start", given, day)


def _sent(
    asking: Asking,
    version: Version,
    person: Person,
    occasion: str,
    given: dict[str, str],
    day: date,
) -> Answers:
    return Answers(
        asking=asking,
        version=version,
        person=person,
        occasion=occasion,
        state="sent",
        language=person.language if person.language in {"en", "pl", "ar"} else "en",
        given=given,
        begun_on=day,
        changed_on=day,
        sent_on=day,
    )
