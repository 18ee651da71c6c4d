"""The shape of what people type in this room."""

from collections.abc import Iterable, Mapping
from datetime import date, datetime
from typing import Any, TypeVar

from django import forms
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.base import clock
from kith.people.models import Person
from kith.web.forms import Choices, KithForm, ManyChoices
from kith.work.commands import Done, InOwnWords, Learned, Outcome, Wanted
from kith.work.models import Application, Cv, Job, Qualification
from kith.work.rules import (
    ANSWER_OPEN,
    ASKS_NEXT_STEP,
    AWAITED,
    FIRST_YEAR,
    NEXT_OF_RECOGNITION,
    NEXT_OF_STAGE,
    PARTS,
    RECOGNITIONS,
    SHOWN,
    STAGES,
    WAYS,
    Part,
    Recognition,
    Shown,
    Stage,
    Way,
    Words,
)

LINE, TEXT = 200, 2000
FURTHEST_YEARS = 3
Code = TypeVar("Code")


def _line(label: Any, **more: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=LINE, **{"required": False, **more})


def _day(label: Any, **more: Any) -> forms.DateField:
    return forms.DateField(label=label, widget=forms.DateInput, **{"required": False, **more})


def _year(label: Any, **more: Any) -> forms.IntegerField:
    widget = forms.TextInput(attrs={"inputmode": "numeric", "dir": "ltr", "maxlength": "4"})
    return forms.IntegerField(label=label, required=False, widget=widget, **more)


def _words(codes: Iterable[Code], words: Mapping[Code, Words]) -> list[tuple[str, Words]]:
    return [(str(code), words[code]) for code in codes]


def _choose(field: forms.Field, choices: list[tuple[str, Words]]) -> None:
    field.choices = choices  # type: ignore[attr-defined]


class _WithYears(KithForm):
    """Years lie between 1940 and the near future."""

    year_fields: tuple[str, ...] = ()

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        last = clock.today().year + FURTHEST_YEARS
        for name in self.year_fields:
            year = typed.get(name)
            if year is not None and not FIRST_YEAR <= year <= last:
                self.add_error(name, _("Write a year with four digits, such as 2015."))
        return typed


class QualificationForm(_WithYears):
    """Something a person has learned."""

    year_fields = ("finished_in",)
    title = _line(
        gettext_lazy("What did you learn?"),
        required=True,
        help_text=gettext_lazy("Such as: nurse, electrician, driving licence for lorries"),
    )
    school = _line(gettext_lazy("Where?"), help_text=gettext_lazy("School, university or firm"))
    finished_in = _year(gettext_lazy("Finished in"), help_text=gettext_lazy("The year is enough."))

    def learned(self) -> Learned:
        """What the command needs to know."""
        return Learned(**self.cleaned_data)


def learned_before(row: Qualification) -> dict[str, Any]:
    """What stands in the fields before somebody changes them."""
    return {"title": row.title, "school": row.school, "finished_in": row.finished_in}


class OutcomeForm(KithForm):
    """Where the recognition stands now."""

    state = forms.TypedChoiceField(
        label=gettext_lazy("How does it stand now?"), coerce=Recognition, widget=Choices()
    )
    on = _day(gettext_lazy("Since when?"), required=True)
    office = _line(
        gettext_lazy("Office or school that decides"),
        help_text=gettext_lazy("Leave it open while nothing is handed in."),
    )
    answer_due_on = _day(
        gettext_lazy("Answer expected by"),
        help_text=gettext_lazy("Only when it is handed in. We remind you when the day is over."),
    )
    next_step = _line(
        gettext_lazy("What comes next?"),
        help_text=gettext_lazy("Such as: ask for a course that fills the gap"),
    )
    next_on = _day(gettext_lazy("By when?"))

    def __init__(self, *args: Any, state: Recognition, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        _choose(self.fields["state"], _words(NEXT_OF_RECOGNITION[state], RECOGNITIONS))

    def clean(self) -> dict[str, Any]:
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        if typed.get("state") in ASKS_NEXT_STEP and not typed.get("next_step"):
            self.add_error("next_step", _("Write what comes next. There is always a way on."))
        return typed

    def outcome(self) -> Outcome:
        """What the command needs to know."""
        return Outcome(**self.cleaned_data)


def outcome_before(row: Qualification, *, today: date) -> dict[str, Any]:
    """What stands in the fields before the recognition moves on."""
    return {
        "on": today,
        "office": row.office,
        "answer_due_on": row.answer_due_on if Recognition(row.state) in AWAITED else None,
        "next_step": row.next_step,
        "next_on": row.next_on,
    }


class NextStepForm(KithForm):
    """What comes next, or nothing more."""

    next_step = _line(gettext_lazy("What comes next?"))
    next_on = _day(gettext_lazy("By when?"))


class JobForm(_WithYears):
    """Work someone has done."""

    year_fields = ("begun_in", "ended_in")
    title = _line(
        gettext_lazy("What was your work?"),
        required=True,
        help_text=gettext_lazy("Paid or not: looking after a family is work too."),
    )
    employer = _line(gettext_lazy("Where or for whom?"))
    begun_in = _year(gettext_lazy("From the year"))
    ended_in = _year(
        gettext_lazy("Until the year"), help_text=gettext_lazy("Leave it open if you still do it.")
    )
    what = forms.CharField(
        label=gettext_lazy("What did you do there?"),
        required=False,
        max_length=TEXT,
        widget=forms.Textarea(attrs={"rows": "4"}),
        help_text=gettext_lazy("In your own words. It stands in your CV as you write it."),
    )

    def clean(self) -> dict[str, Any]:
        typed = super().clean()
        begun, ended = typed.get("begun_in"), typed.get("ended_in")
        if begun and ended and ended < begun:
            self.add_error("ended_in", _("This year lies before the first one."))
        return typed

    def done(self) -> Done:
        """What the command needs to know."""
        return Done(**self.cleaned_data)


def done_before(row: Job) -> dict[str, Any]:
    """What stands in the fields before somebody changes them."""
    return {name: getattr(row, name) for name in JobForm.base_fields}


class ApplicationForm(KithForm):
    """Work or a place someone applies for."""

    way = forms.TypedChoiceField(
        label=gettext_lazy("What is it for?"),
        coerce=Way,
        choices=_words(Way, WAYS),
        widget=Choices(),
    )
    title = _line(
        gettext_lazy("Which work or place?"),
        required=True,
        help_text=gettext_lazy("Such as: kitchen help, nursing course"),
    )
    employer = _line(gettext_lazy("Firm, school or organisation"))
    next_step = _line(
        gettext_lazy("What comes next?"),
        help_text=gettext_lazy("Such as: write the letter together"),
    )
    next_on = _day(gettext_lazy("By when?"))

    def wanted(self) -> Wanted:
        """What the command needs to know."""
        return Wanted(**self.cleaned_data)


def wanted_before(row: Application) -> dict[str, Any]:
    """What stands in the fields before somebody changes them."""
    return {name: getattr(row, name) for name in ApplicationForm.base_fields}


class StageForm(KithForm):
    """Where the application stands now."""

    stage = forms.TypedChoiceField(
        label=gettext_lazy("How does it stand now?"), coerce=Stage, widget=Choices()
    )
    on = _day(gettext_lazy("Since when?"), required=True)
    answer_due_on = _day(
        gettext_lazy("Answer expected by"),
        help_text=gettext_lazy("We remind you when the day is over."),
    )
    starts_on = _day(gettext_lazy("First day of the work or course"))

    def __init__(self, *args: Any, stage: Stage, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        following = NEXT_OF_STAGE[stage]
        _choose(self.fields["stage"], _words(following, STAGES))
        if not ANSWER_OPEN & set(following):
            del self.fields["answer_due_on"]
        if not {Stage.OFFERED, Stage.ACCEPTED} & set(following):
            del self.fields["starts_on"]

    def move(self) -> dict[str, Any]:
        """What the command needs to know."""
        return {"answer_due_on": None, "starts_on": None, **self.cleaned_data}


class InterviewForm(KithForm):
    """When and where somebody is invited to talk."""

    day = _day(gettext_lazy("Day"), required=True)
    time = forms.TimeField(label=gettext_lazy("Time"), widget=forms.TimeInput)
    place = _line(gettext_lazy("Where?"), help_text=gettext_lazy("Address, or a link"))
    bring = _line(
        gettext_lazy("What to bring"), help_text=gettext_lazy("Such as: CV, certificates, passport")
    )

    def interview(self) -> dict[str, Any]:
        """What the command needs to know."""
        typed = self.cleaned_data
        starts_at = timezone.make_aware(datetime.combine(typed["day"], typed["time"]))
        return {"starts_at": starts_at, "place": typed["place"], "bring": typed["bring"]}


class SharingForm(KithForm):
    """What the mentor sees. Nothing is ticked before."""

    parts = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What may my mentor see and write?"),
        coerce=Part,
        choices=_words(Part, PARTS),
        widget=ManyChoices(),
        required=False,
        help_text=gettext_lazy("Tick what you like, or nothing. You can change it at any time."),
    )


def _text(label: Any, *, rows: str, help_text: Any) -> forms.CharField:
    widget = forms.Textarea(attrs={"rows": rows, "dir": "auto"})
    return forms.CharField(
        label=label, required=False, max_length=TEXT, widget=widget, help_text=help_text
    )


class CvForm(KithForm):
    """What the person writes about themselves, and what shall stand beside it."""

    contact = _text(
        gettext_lazy("How to reach me"),
        rows="3",
        help_text=gettext_lazy("What you want to stand below your name, one thing in a line."),
    )
    about = _text(
        gettext_lazy("A few words about me"),
        rows="4",
        help_text=gettext_lazy("Two or three sentences in your own words, in this language."),
    )
    skills = _text(
        gettext_lazy("What I can do well"),
        rows="4",
        help_text=gettext_lazy("One thing in a line, such as: I drive a van."),
    )
    shows = forms.TypedMultipleChoiceField(
        label=gettext_lazy("What else shall stand in it?"),
        coerce=Shown,
        choices=_words(Shown, SHOWN),
        widget=ManyChoices(),
        required=False,
    )

    def words(self) -> InOwnWords:
        """What the command needs to know."""
        return InOwnWords(**self.cleaned_data)


def cv_before(row: Cv | None, person: Person) -> dict[str, Any]:
    """What stands in the fields before somebody changes them."""
    if row is None:
        return {
            "contact": "\n".join(said for said in (person.phone, person.email) if said),
            "shows": list(Shown),
        }
    return {name: getattr(row, name) for name in CvForm.base_fields}
