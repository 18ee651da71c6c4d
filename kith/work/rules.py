"""States of a recognition and of an application, as tables of transitions; years; clocks."""

from datetime import date, timedelta
from enum import StrEnum

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = str | Promise

# What people write here is kept for this purpose alone.
PURPOSE = "mentoring"


class Part(StrEnum):
    """What a person may show their mentor, each by itself."""

    QUALIFICATIONS = "qualifications"
    JOBS = "jobs"
    APPLICATIONS = "applications"
    CV = "cv"


class Recognition(StrEnum):
    """Where the recognition of a qualification stands."""

    AT_HOME = "at_home"
    NOT_NEEDED = "not_needed"
    TRANSLATING = "translating"
    HANDED_IN = "handed_in"
    MORE_ASKED = "more_asked"
    RECOGNISED = "recognised"
    PARTLY = "partly"
    NOT_RECOGNISED = "not_recognised"


class Shown(StrEnum):
    """What stands in a CV beside the person's own words, if they like."""

    LANGUAGES = "languages"
    JOBS = "jobs"
    QUALIFICATIONS = "qualifications"


class Way(StrEnum):
    """What an application is for."""

    JOB = "job"
    TRAINING = "training"
    COURSE = "course"
    STUDIES = "studies"
    VOLUNTEERING = "volunteering"


class Stage(StrEnum):
    """Where an application stands."""

    PLANNED = "planned"
    SENT = "sent"
    INVITED = "invited"
    OFFERED = "offered"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    LET_GO = "let_go"


R, S = Recognition, Stage

DECIDED = frozenset({R.RECOGNISED, R.PARTLY, R.NOT_RECOGNISED})
NEXT_OF_RECOGNITION: dict[Recognition, tuple[Recognition, ...]] = {
    R.AT_HOME: (R.TRANSLATING, R.HANDED_IN, R.NOT_NEEDED),
    R.NOT_NEEDED: (R.AT_HOME,),
    R.TRANSLATING: (R.HANDED_IN, R.AT_HOME),
    R.HANDED_IN: (R.MORE_ASKED, R.RECOGNISED, R.PARTLY, R.NOT_RECOGNISED, R.AT_HOME),
    R.MORE_ASKED: (R.HANDED_IN, R.RECOGNISED, R.PARTLY, R.NOT_RECOGNISED, R.AT_HOME),
    R.RECOGNISED: (),
    R.PARTLY: (R.HANDED_IN, R.RECOGNISED),
    R.NOT_RECOGNISED: (R.HANDED_IN, R.AT_HOME),
}
NEXT_OF_STAGE: dict[Stage, tuple[Stage, ...]] = {
    S.PLANNED: (S.SENT, S.LET_GO),
    S.SENT: (S.INVITED, S.OFFERED, S.DECLINED, S.LET_GO),
    S.INVITED: (S.OFFERED, S.DECLINED, S.LET_GO),
    S.OFFERED: (S.ACCEPTED, S.LET_GO),
    S.ACCEPTED: (),
    S.DECLINED: (),
    S.LET_GO: (),
}
# Somebody else has to answer now.
AWAITED = frozenset({R.HANDED_IN})
ANSWER_OPEN = frozenset({S.SENT, S.INVITED})
OVER = frozenset(stage for stage, following in NEXT_OF_STAGE.items() if not following)
# A no, or half a yes, is followed by a step: a course, a test, another office, another way to work.
ASKS_NEXT_STEP = frozenset({R.PARTLY, R.NOT_RECOGNISED})

PARTS: dict[Part, Words] = {
    Part.QUALIFICATIONS: _("My qualifications and how their recognition stands"),
    Part.JOBS: _("The work I have done"),
    Part.APPLICATIONS: _("My applications and interviews"),
    Part.CV: _("My CV, also to save it as a file"),
}
SHOWN: dict[Shown, Words] = {
    Shown.LANGUAGES: _("The languages I speak"),
    Shown.JOBS: _("The work I have done"),
    Shown.QUALIFICATIONS: _("What I have learned"),
}
RECOGNITIONS: dict[Recognition, Words] = {
    R.AT_HOME: _("Kept at home"),
    R.NOT_NEEDED: _("No recognition needed"),
    R.TRANSLATING: _("Being translated"),
    R.HANDED_IN: _("Handed in"),
    R.MORE_ASKED: _("The office asks for more"),
    R.RECOGNISED: _("Recognised"),
    R.PARTLY: _("Recognised in part"),
    R.NOT_RECOGNISED: _("Not recognised"),
}
WAYS: dict[Way, Words] = {
    Way.JOB: _("Work"),
    Way.TRAINING: _("Vocational training"),
    Way.COURSE: _("A course"),
    Way.STUDIES: _("Studies"),
    Way.VOLUNTEERING: _("Volunteering"),
}
STAGES: dict[Stage, Words] = {
    S.PLANNED: _("Planned"),
    S.SENT: _("Sent, waiting for an answer"),
    S.INVITED: _("Invited to an interview"),
    S.OFFERED: _("A place is offered"),
    S.ACCEPTED: _("I said yes"),
    S.DECLINED: _("They said no"),
    S.LET_GO: _("I do not go on with it"),
}

MOST_ENTRIES = 60
CV_LANGUAGES = ("en", "pl", "ar")
MOST_INTERVIEWS = 12
FIRST_YEAR = 1940
SOON = timedelta(days=2)
KEEP_APPLICATIONS = timedelta(days=730)


def may_become(before: Recognition, after: Recognition) -> bool:
    """Whether a recognition may take this step."""
    return after in NEXT_OF_RECOGNITION[before]


def may_move(before: Stage, after: Stage) -> bool:
    """Whether an application may take this step."""
    return after in NEXT_OF_STAGE[before]


def is_overdue(due_on: date | None, today: date) -> bool:
    """Whether an answer was due before today."""
    return due_on is not None and due_on < today


def years(begun: int | None, ended: int | None) -> str:
    """Years as a CV writes them: 2015–2019, 2021–, 2019."""
    if begun is None or begun == ended:
        return str(ended or "")
    return f"{begun}–{ended or ''}"
