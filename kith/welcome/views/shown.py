"""Applications in words, and the short mail that there is news; used by several views."""

from datetime import datetime
from typing import Any

from django.contrib import messages
from django.http import HttpRequest
from django.urls import reverse
from django.utils import translation
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from kith.base import clock
from kith.people.rules import Side
from kith.people.rules.labels import LEVELS, children_in_words, in_words, language_name
from kith.web.acts import actor_of
from kith.web.forms import slot_label
from kith.web.words import comma_list, full_day, isolated
from kith.welcome import commands
from kith.welcome.models import Application
from kith.welcome.queries import door as door_queries
from kith.welcome.rules import words
from kith.welcome.rules.states import Agreed, AskedBy, State, is_our_turn
from kith.welcome.views.mail import tell_news

TONES = {State.ACCEPTED: "good", State.RECEIVED: "info", State.PLANNED: "info"}


def line_context(row: Application) -> list[str]:
    """What kind of application it is, for which programme, and who looks after it."""
    said = [str(words.SIDES[Side(row.side)])]
    if row.programme:
        said.append(row.programme.name)
    if row.responsible:
        said.append(_("looked after by %(name)s") % {"name": isolated(row.responsible.name)})
    return said


def is_late(row: Application) -> bool:
    """Whether the promised day is over."""
    return row.due_on is not None and row.due_on < clock.today()


def _talk_day(row: Application) -> Any:
    return commands.local_day(row.talk_at) if row.talk_at else None


def standing_of(row: Application) -> tuple[str, str]:
    """Where an application stands, in a word and its tone."""
    stands, today = State(row.state), clock.today()
    is_ours = is_our_turn(stands, talk=_talk_day(row), today=today)
    tone = "warn" if is_ours and is_late(row) else TONES.get(stands, "calm")
    return words.stands_words(stands, is_ours=is_ours), tone


def page_language() -> str:
    """The language of the page."""
    return translation.get_language() or "en"


def answers_in_words(row: Application) -> list[tuple[str, str]]:
    """What was written, as facts."""
    said = row.answers or {}
    spoken = [_spoken(code, level) for code, level in said.get("languages", {}).items()]
    topics = said.get("topics") or said.get("needs") or ()
    helps = _("Can help with") if row.side == Side.MENTOR else _("What would help")
    online = said.get("online")
    facts = [
        (_("Languages"), comma_list(spoken)),
        (helps, comma_list(in_words(topics, words.NEED_WORDS))),
        (_("When meetings suit"), comma_list([slot_label(one) for one in said.get("times", ())])),
        (_("District or town"), said.get("place", "")),
        (_("Meetings online"), "" if online is None else _("Yes") if online else _("No")),
        (_("Family"), comma_list(family_in_words(said.get("family") or {}))),
        (_("Interpreter in the first talk"), _("Yes") if said.get("interpreter") else ""),
        (_("Could begin"), _day(said.get("from_on", ""))),
        (_("Why"), said.get("why", "")),
        (_("When to call, and what to know"), said.get("note", "")),
    ]
    return [(label, value) for label, value in facts if value]


def family_in_words(family: dict[str, Any]) -> list[str]:
    """Who else is here: how many adults, and children by age."""
    adults = int(family.get("adults", 0))
    more = ngettext("%(number)d more adult", "%(number)d more adults", adults)
    said = [more % {"number": adults}] if adults else []
    children = family.get("children") or {}
    return [*said, *children_in_words((band, int(count)) for band, count in children.items())]


def _spoken(code: str, level: int) -> str:
    return f"{language_name(code)} ({LEVELS.get(int(level), '')})"


def _day(text: str) -> str:
    try:
        return full_day(datetime.fromisoformat(text).date())
    except ValueError:
        return ""


def helper_in_words(row: Application) -> list[tuple[str, str]]:
    """Who asks for somebody else, and how the person said that they want it."""
    said = row.helper or {}
    agreed = said.get("agreed", "")
    facts = [
        (_("Who asks"), str(words.ASKED_BY[AskedBy(row.asked_by)]) if said else ""),
        (_("Name"), said.get("name", "")),
        (_("Organisation"), said.get("organisation", "")),
        (_("Contact"), said.get("contact", "")),
        (_("The person's own word"), str(words.AGREED[Agreed(agreed)]) if agreed else ""),
        (_("Said on"), _day(said.get("agreed_on", ""))),
    ]
    return [(label, value) for label, value in facts if value]


def tell(request: HttpRequest, row: Application) -> None:
    """Send a short mail that there is news; where none can be sent, say that a call is needed."""
    front = door_queries.own_front(actor_of(request))
    if front is not None:
        path = reverse("welcome:state", args=[front.slug, row.language])
        name = str(actor_of(request).organisation)
        if tell_news(row, organisation=name, link=request.build_absolute_uri(path)):
            messages.success(request, _("Noted. A short mail says that there is news."))
            return
    messages.info(
        request,
        _("Noted. No mail was sent: please tell the person yourself, by phone or message."),
    )
