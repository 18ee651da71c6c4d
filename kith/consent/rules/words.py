"""What people read about their decisions, in words."""

from dataclasses import dataclass
from datetime import date, timedelta

from babel import Locale
from babel.dates import format_timedelta
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from kith.consent.rules.purposes import Purpose, State
from kith.people.rules.labels import language_name
from kith.web.words import VARIANTS, day_and_month, full_day

Words = str | Promise

# Asked on the record and on a participant's own pages. Sharing is asked about each recipient, and
# assessment before a sheet is opened: by the rooms that need it, when they need it.
ASKED_ON_THE_RECORD = ("mentoring", "contact_by_message", "statistics", "follow_up", "photos")

STOPS: dict[str, Words] = {
    "mentoring": gettext_lazy(
        "From this moment no match is proposed any more. Meetings end unless you agree again; "
        "the coordinator talks with you both about a good ending."
    ),
    "contact_by_message": gettext_lazy("From this moment no messages are sent any more."),
    "statistics": gettext_lazy("From this moment you are no longer counted in new figures."),
    "follow_up": gettext_lazy("From this moment nobody calls after the end of the programme."),
    "photos": gettext_lazy(
        "From this moment no new photo is taken or shown. Photos in our own places are taken down."
    ),
    "sharing": gettext_lazy("From this moment nothing is passed on any more."),
    "assessment": gettext_lazy("From this moment nobody writes in the sheet any more."),
}
STAYS: dict[str, Words] = {
    "mentoring": gettext_lazy(
        "Courses, advice and all other help stay open. What was written down is kept for the time "
        "named in the text and then erased."
    ),
    "contact_by_message": gettext_lazy("Mentoring stays as it is. Calls and meetings go on."),
    "statistics": gettext_lazy(
        "Mentoring stays as it is. Figures already published name nobody and stay."
    ),
    "follow_up": gettext_lazy("Mentoring stays as it is."),
    "photos": gettext_lazy("Mentoring stays as it is. Printed matter cannot be called back."),
    "sharing": gettext_lazy("Mentoring stays as it is."),
    "assessment": gettext_lazy("Mentoring, courses and all services stay as they are."),
}


@dataclass(frozen=True)
class PurposeText:
    """The text of a purpose in one language, with its names filled in."""

    key: str
    version: str
    language: str
    language_name: str
    direction: str
    icon: str
    title: str
    easy: tuple[str, ...]
    paragraphs: tuple[tuple[str, str], ...]


def text_of(
    purpose: Purpose, *, language: str, organisation: str, partner: str = "", months: int = 0
) -> PurposeText:
    """A purpose as it is read out. The headings are in the language of the text."""
    names = {
        "organisation": organisation,
        "partner": partner,
        "period": period_words(months or purpose.retention.months, language),
    }
    said = {name: names[name] for name in purpose.names}
    headings = HEADINGS[language] if language in HEADINGS else HEADINGS["en"]
    parts = ("what_for", "what_we_keep", "who_sees", "how_long", "your_choice")
    return PurposeText(
        key=purpose.key,
        version=purpose.version,
        language=language,
        language_name=own_name(language),
        direction=Locale.parse(language).text_direction,
        icon=purpose.pictogram.key,
        title=purpose.title.say(language, **said),
        easy=purpose.easy.say(language, **said),
        paragraphs=tuple(
            (heading, getattr(purpose, part).say(language, **said))
            for heading, part in zip(headings, parts, strict=True)
        ),
    )


# In the language of the text, which need not be the one of the page around it.
HEADINGS: dict[str, tuple[str, str, str, str, str]] = {
    "en": (
        "What it is for",
        "What we write down",
        "Who sees it",
        "How long we keep it",
        "Your choice",
    ),
    "pl": (
        "Do czego to służy",
        "Co zapisujemy",
        "Kto to widzi",
        "Jak długo to przechowujemy",
        "Twój wybór",
    ),
    "ar": ("ما الغرض", "ما نكتبه", "من يراه", "كم نحتفظ به", "القرار لك"),
}


def period_words(months: int, language: str) -> str:
    """ "24 months" in a language."""
    # Not format_unit: it has no Arabic month. The threshold keeps 24 months from being 2 years.
    return format_timedelta(
        timedelta(days=30 * months),
        granularity="month",
        threshold=1000,
        locale=VARIANTS.get(language, language),
    )


def own_name(language: str) -> str:
    """A language under its own name."""
    locale = Locale.parse(language)
    return (locale.get_display_name(locale) or language).capitalize()


def state_words(
    state: State | None,
    *,
    on: date | None,
    today: date,
    explained_by: str,
    language: str,
    interpreter: bool,
) -> str:
    """ "Yes, on 3 September, explained by Ewa in Ukrainian".

    explained_by  empty when the person answered alone
    """
    if state is None or on is None:
        return _("Not asked yet")
    day = day_and_month(on) if on.year == today.year else full_day(on)
    if state is State.WITHDRAWN:
        return _("Taken back on %(date)s") % {"date": day}
    names = {
        "answer": _("Yes") if state is State.GIVEN else _("No"),
        "date": day,
        "name": explained_by,
        "language": language_name(language),
    }
    if not explained_by:
        return _("%(answer)s, on %(date)s, answered alone, read in %(language)s") % names
    if interpreter:
        return (
            _("%(answer)s, on %(date)s, explained by %(name)s in %(language)s, with an interpreter")
            % names
        )
    return _("%(answer)s, on %(date)s, explained by %(name)s in %(language)s") % names
