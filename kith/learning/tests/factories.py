"""Records of this room for tests, one factory for each table; and a small course."""

from datetime import date, datetime
from uuid import uuid4
from zoneinfo import ZoneInfo

import factory

from kith.base import permit, scope
from kith.base.tests.factories import RowFactory
from kith.gate.tests.factories import MembershipFactory
from kith.learning.commands.courses import keep_version
from kith.learning.models import (
    Announcement,
    BadgeKey,
    Certificate,
    Course,
    CourseVersion,
    Edition,
    LearningPage,
    LiveSession,
    Package,
    PackageRun,
    PublicCode,
    Seat,
    SeatRequest,
    TrainingRequest,
    Work,
    XapiState,
    XapiStatement,
)
from kith.learning.rules.states import VersionState
from kith.methods.learning.courses.schema import Course as Written
from kith.methods.learning.courses.schema import Module, Opens, Screen, Vignette
from kith.methods.learning.questions.schema import ALL, Criterion, Essay, Multiple, Option, Single

WARSAW = ZoneInfo("Europe/Warsaw")
NOW = datetime(2026, 12, 1, 10, 0, tzinfo=WARSAW)
TODAY = date(2026, 12, 1)
QUESTIONS = 6


def words(text: str) -> dict[str, str]:
    return {"en": text, "pl": f"{text} (pl)", "ar": f"{text} (ar)"}


def question(number: int) -> Single | Multiple:
    """The right options are always a and, where more than one is right, b."""
    options = (
        Option("a", words(f"right {number}"), weight=ALL, why=words("Yes.")),
        Option("b", words(f"wrong {number}"), why=words("No.")),
        Option("c", words(f"wrong too {number}"), why=words("Not that.")),
    )
    return Single(key=f"q{number}", stem=words(f"Question {number}?"), options=options)


def module(key: str) -> Module:
    return Module(
        key=key,
        title=words(key.title()),
        aim=words("You can do it."),
        minutes=30,
        screens=(
            Screen("first", words("First"), words("One *idea*.")),
            Screen("second", words("Second"), words("Another.")),
        ),
        questions=tuple(question(number) for number in range(QUESTIONS)),
    )


def vignette(key: str) -> Vignette:
    task = Essay(
        key="act",
        stem=words("What do you do?"),
        words=100,
        criteria=(Criterion("asks", words("Asks first."), "first/second"),),
        example=words("I ask."),
    )
    screens = (Screen("letter", words("A letter"), words("It came on Friday.")),)
    return Vignette(key=key, title=words("A letter"), minutes=30, screens=screens, tasks=(task,))


def written(**changes) -> Written:
    """Two modules, one story, quizzes of two questions, a final test of four."""
    usual = {
        "key": "small",
        "version": 1,
        "title": words("A small course"),
        "summary": words("Short."),
        "for_whom": words("For all."),
        "outcomes": (words("Do it."),),
        "licence": "CC-BY-4.0",
        "certificate_months": 24,
        "quiz_questions": 2,
        "final_questions_per_module": 2,
        "pass_percent": 80,
        "live_session": False,
        "opens": Opens.MENTORING,
        "modules": (module("one"), module("two")),
        "vignettes": (vignette("letter"),),
    }
    return Written(**{**usual, **changes})


class CourseFactory(RowFactory):
    """A course whose first wording is in use."""

    class Meta:
        model = Course

    key = "small"
    title = factory.LazyFunction(lambda: words("A small course"))
    opens = "mentoring"

    @classmethod
    def _create(cls, model_class, *args, **kwargs):
        text = kwargs.pop("text", None)
        row = super()._create(model_class, *args, **kwargs)
        with scope.entered(row.organisation_id), permit.lifted():
            version = keep_version(row, text or written(), {})
            version.state, version.in_use_at = VersionState.IN_USE.value, NOW
            version.save()
        return row


class EditionFactory(RowFactory):
    """Open from November to the end of February, for Poland and Slovakia, thirty seats."""

    class Meta:
        model = Edition

    organisation = factory.SelfAttribute("course.organisation")
    course = factory.SubFactory(CourseFactory)
    title = "Winter"
    starts_on = date(2026, 11, 1)
    closes_on = date(2027, 1, 15)
    ends_on = date(2027, 2, 28)
    countries = ["PL", "SK"]
    seats = 30


class SeatFactory(RowFactory):
    """A mentor in Poland who has just joined."""

    class Meta:
        model = Seat

    organisation = factory.SelfAttribute("edition.organisation")
    edition = factory.SubFactory(EditionFactory)
    version = factory.LazyAttribute(lambda row: version_in_use(row.edition.course))
    member = factory.SubFactory(
        MembershipFactory, mentor=True, organisation=factory.SelfAttribute("..organisation")
    )
    country = "PL"
    language = "en"
    joined_on = TODAY
    last_at = NOW


def version_in_use(course: Course) -> CourseVersion:
    with scope.entered(course.organisation_id):
        return CourseVersion.objects.get(course=course, state=VersionState.IN_USE.value)


class LiveSessionFactory(RowFactory):
    """Two hours online, yesterday."""

    class Meta:
        model = LiveSession

    organisation = factory.SelfAttribute("edition.organisation")
    edition = factory.SubFactory(EditionFactory)
    starts_at = datetime(2026, 11, 30, 10, 0, tzinfo=WARSAW)
    minutes = 120
    link = "https://example.org/room"


class CertificateFactory(RowFactory):
    """A certificate for mentors, given on 1 December 2026 for two years."""

    class Meta:
        model = Certificate

    organisation = factory.SelfAttribute("seat.organisation")
    seat = factory.SubFactory(SeatFactory, state="passed", passed_on=TODAY)
    course = factory.SelfAttribute("seat.edition.course")
    member = factory.SelfAttribute("seat.member")
    user = factory.SelfAttribute("member.user_id")
    code = factory.Sequence(lambda n: f"ABCDEFGH{n:04d}")
    name = "Ewa Mostowska"
    title = factory.LazyFunction(lambda: words("A small course"))
    language = "en"
    opens = "mentoring"
    issued_on = TODAY
    valid_until = date(2028, 12, 1)
    listed = factory.Sequence(int)


class PublicCodeFactory(RowFactory):
    """The code of a certificate."""

    class Meta:
        model = PublicCode

    organisation = factory.SelfAttribute("certificate.organisation")
    certificate = factory.SubFactory(CertificateFactory)
    code = factory.SelfAttribute("certificate.code")


class AnnouncementFactory(RowFactory):
    """Something for everybody in an edition."""

    class Meta:
        model = Announcement

    organisation = factory.SelfAttribute("edition.organisation")
    edition = factory.SubFactory(EditionFactory)
    title = "News"
    body = "We begin at nine."


class WorkFactory(RowFactory):
    """An answer to the story of the small course that waits to be read."""

    class Meta:
        model = Work

    organisation = factory.SelfAttribute("seat.organisation")
    seat = factory.SubFactory(SeatFactory)
    user = factory.SelfAttribute("seat.member.user_id")
    part = "letter"
    state = "handed_in"
    answers = '{"act": "I ask her first."}'
    handed_in_at = NOW


class LearningPageFactory(RowFactory):
    """A public page that is open."""

    class Meta:
        model = LearningPage

    slug = factory.Sequence(lambda n: f"page{n}")
    is_open = True


class TrainingRequestFactory(RowFactory):
    """A school asks for a training."""

    class Meta:
        model = TrainingRequest

    asking = "School 7"
    name = "Iga Nowak"
    email = "iga@example.org"
    country = "PL"
    language = "pl"
    people = 20
    wish = "How do we help new pupils?"


class BadgeKeyFactory(RowFactory):
    """A key of 32 bytes, as no organisation should have it."""

    class Meta:
        model = BadgeKey

    kid = factory.Sequence(lambda n: f"https://kith.example.org/keys.json#{n}")
    private = "A" * 43 + "="
    public = factory.LazyFunction(dict)


class PackageRunFactory(RowFactory):
    """Somebody in the middle of a package."""

    class Meta:
        model = PackageRun

    package = factory.SubFactory(
        "kith.learning.tests.factories.PackageFactory",
        organisation=factory.SelfAttribute("..organisation"),
    )
    member = factory.SubFactory(
        MembershipFactory, mentor=True, organisation=factory.SelfAttribute("..organisation")
    )
    user = factory.SelfAttribute("member.user_id")
    item = "one"
    location = "page 3"


class PackageFactory(RowFactory):
    """A package of one part, without its files."""

    class Meta:
        model = Package

    title = "Made elsewhere"
    standard = "cmi5"
    items = factory.LazyFunction(list)
    files = 1
    size = 100


class XapiStatementFactory(RowFactory):
    """Something that a unit of cmi5 said."""

    class Meta:
        model = XapiStatement

    run = factory.SubFactory(
        PackageRunFactory, organisation=factory.SelfAttribute("..organisation")
    )
    user = factory.SelfAttribute("run.user")
    statement = factory.LazyFunction(uuid4)
    verb = "http://adlnet.gov/expapi/verbs/completed"
    thing = "https://example.org/unit"
    content = "{}"


class XapiStateFactory(RowFactory):
    """Where somebody stopped in a unit of cmi5."""

    class Meta:
        model = XapiState

    run = factory.SubFactory(
        PackageRunFactory, organisation=factory.SelfAttribute("..organisation")
    )
    user = factory.SelfAttribute("run.user")
    name = "place"
    media_type = "text/plain"
    content = "page 3"


class SeatRequestFactory(RowFactory):
    """A seat asked for without an account; nobody knows its code."""

    class Meta:
        model = SeatRequest

    token = factory.LazyFunction(lambda: uuid4().hex)
    mark = factory.LazyFunction(lambda: uuid4().hex)
    name = "Iga Nowak"
    email = "iga@example.org"
    country = "PL"
    language = "en"
    asked_at = NOW
