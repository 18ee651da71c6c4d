"""Made-up content for the style page, so that every component can be looked at."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms

from kith.web.components import Event, Filter
from kith.web.forms import (
    CardText,
    ChoiceCards,
    Choices,
    KithForm,
    LanguageLevel,
    LanguagesField,
    ManyChoices,
    SignatureField,
    WeekField,
)
from kith.web.today import Kind, TodayLine

LANGUAGES = [("pl", "Polish"), ("uk", "Ukrainian"), ("ar", "Arabic"), ("fa", "Persian")]
FORMATS = [("pair", "One to one"), ("group", "A group"), ("family", "A family with two mentors")]
FORMAT_TEXTS = {
    "pair": CardText("One mentor and one participant meet, most often every week.", "match"),
    "group": CardText("One mentor and up to eight people meet on a fixed day.", "people"),
    "family": CardText("Two mentors stand by one family.", "housing"),
}
LADDER = [
    ("Language", "language", 3, 2, "everyday talk", "a few words"),
    ("Work and income", "work", 1, 1, "looking for work", ""),
    ("Learning", "learning", None, None, "", ""),
    ("Housing", "housing", 4, 4, "own lease", ""),
    ("Health", "health", 3, 3, "knows where to go", ""),
    ("People and ties", "people", 4, 2, "has someone to call", "knows a few people"),
    ("Offices and papers", "offices", 2, 3, "needs someone along", "goes alone"),
    ("Belonging", "belonging", 2, 1, "has a place to go", "not yet"),
]


class SampleForm(KithForm):
    """A form with each kind of field."""

    name = forms.CharField(label="Full name", help_text="As the person writes it.")
    phone = forms.CharField(label="Phone", required=False)
    held_on = forms.DateField(label="Day of the meeting", widget=forms.DateInput)
    minutes = forms.IntegerField(label="How long", min_value=1, max_value=600)
    language = forms.ChoiceField(label="Language of letters", choices=[("", "Choose"), *LANGUAGES])
    format = forms.ChoiceField(
        label="Kind of match", widget=ChoiceCards(FORMAT_TEXTS), choices=FORMATS
    )
    channel = forms.ChoiceField(
        label="How to be in touch",
        widget=Choices,
        choices=[("phone", "Phone call"), ("sms", "Short message"), ("mail", "E-mail")],
    )
    topics = forms.MultipleChoiceField(
        label="What you spoke about",
        widget=ManyChoices,
        required=False,
        choices=[(key, label) for label, key, *_rest in LADDER],
    )
    week = WeekField(label="When meetings suit", help_text="Mark every part of the day that suits.")
    languages = LanguagesField(label="Languages", languages=LANGUAGES)
    note = forms.CharField(label="Note", widget=forms.Textarea, required=False)
    is_safe = forms.BooleanField(label="It is safe to write to this phone", required=False)
    signature = SignatureField(label="Signature")


def samples(today: date) -> dict[str, Any]:
    initial = {
        "name": "Olena Kowalczuk",
        "week": ["mon-eve", "wed-eve", "sat-am"],
        "languages": [LanguageLevel("uk", "native"), LanguageLevel("pl", "a2")],
        "format": "pair",
    }
    return {
        "form": SampleForm(initial=initial, auto_id="empty_%s"),
        "wrong": SampleForm({"minutes": "900", "held_on": "tomorrow"}, auto_id="wrong_%s"),
        "lines": _lines(),
        "events": _events(today),
        "filters": _filters(),
        "ladder": LADDER,
        "today": today,
        "dates": [today - timedelta(days=days) for days in (400, 23, 1, 0, -1, -12)],
        "names": ["Olena", "Marta", "Yusuf"],
        "step_names": ["The list", "The columns", "What will be stored", "Done"],
        "tones": ["calm", "info", "warn", "good"],
    }


def _lines() -> list[TodayLine]:
    return [
        TodayLine(
            kind=Kind.CALL,
            what="Call Olena and Marta",
            why="No meeting for 23 days. The programme plans one every week. "
            "Marta's new shifts began on 2 November.",
            action_label="Open match",
            url="#olena",
        ),
        TodayLine(
            kind=Kind.CALL,
            what="Ask Yusuf how it is going",
            why="His answer in week 6: “I do not feel free to disagree.” "
            "He agreed that you may ask.",
            action_label="Open",
            url="#yusuf",
        ),
        TodayLine(
            kind=Kind.WAIT,
            what="14 people wait for a mentor",
            why="The longest since 3 September. "
            "9 mentors are free; a round now would reach 9 people.",
            action_label="Start a round",
            url="#round",
            count=14,
        ),
        TodayLine(
            kind=Kind.NOTICE,
            what="Two mentor checks end this month",
            why="Jan Kowalski's references, Zofia Lis's training.",
            action_label="See checks",
            url="#checks",
        ),
        TodayLine(
            kind=Kind.PLAN,
            what="Plan a good ending for Amal and Piotr",
            why="26 weeks are over on 12 December. Closing talk not planned yet.",
            action_label="Plan it",
            url="#ending",
        ),
    ]


def _events(today: date) -> list[Event]:
    return [
        Event(
            on=today - timedelta(days=1),
            what="Meeting, 60 minutes",
            text="At the library. Next step: the form for the course.",
            icon="people",
        ),
        Event(on=today - timedelta(days=23), what="Goal set by Amal: join a choir", icon="goal"),
        Event(
            on=today - timedelta(days=120), what="Agreement signed by both", icon="pen", url="#a"
        ),
    ]


def _filters() -> list[Filter]:
    return [
        Filter(label="All", url="?", count=57, is_current=True),
        Filter(label="Waiting", url="?state=waiting", count=14),
        Filter(label="With a mentor", url="?state=matched", count=41),
        Filter(label="Paused", url="?state=paused", count=2),
    ]
