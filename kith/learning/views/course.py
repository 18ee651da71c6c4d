"""The page of a course for one who has a seat: states and times in words."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from django.utils.crypto import salted_hmac
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from kith.learning.models import LiveSession, Seat
from kith.learning.queries.player import PartHad, Standing
from kith.learning.rules.durations import about, minutes_words
from kith.learning.rules.onward import Onward, Step
from kith.learning.rules.passing import FINAL
from kith.learning.rules.states import SeatState, WorkState
from kith.learning.views.texts import Tongue, direction, tongues
from kith.methods.learning.questions.schema import ENGLISH, say
from kith.people.rules.labels import language_name
from kith.web.acts import actor_of
from kith.web.components import Tone
from kith.web.words import near

READER_SALT = "kith.learning.reader"


@dataclass(frozen=True)
class Frame:
    """What every page of the player has: whose course it is and in which language it is read.

    reader  tells a browser whose pages it keeps, so that nobody else's stay with them
    """

    seat: Seat
    language: str
    wished: str
    reader: str

    def say(self, words: Mapping[str, str]) -> str:
        return say(words, self.language)

    @property
    def title(self) -> str:
        return self.say(self.seat.version.frame["title"])

    @property
    def direction(self) -> str:
        return direction(self.language)

    @property
    def tongues(self) -> list[Tongue]:
        return tongues(self.seat.version.languages, self.language)

    @property
    def missing(self) -> str:
        """The language wished for, by name, where the course does not have it."""
        return "" if self.wished == self.language else language_name(self.wished)

    @property
    def url(self) -> str:
        return reverse("learning:seat", args=[self.seat.pk])

    @property
    def scope(self) -> str:
        """Every address of the player begins so."""
        return self.url.removesuffix(f"{self.seat.pk}/")

    @property
    def has_left(self) -> bool:
        return self.seat.state == SeatState.LEFT.value


def frame_for(request: HttpRequest, seat: Seat) -> Frame:
    """The frame of a page; English where the course lacks the language of the seat."""
    known = seat.language in seat.version.languages
    return Frame(
        seat=seat,
        language=seat.language if known else ENGLISH,
        wished=seat.language,
        reader=salted_hmac(READER_SALT, str(actor_of(request).user_id)).hexdigest()[:16],
    )


@dataclass(frozen=True)
class Line:
    """A module, a story or the final test as the page of the course shows it."""

    title: str
    url: str
    context: str
    state: str
    tone: Tone


WORK_WORDS: dict[WorkState | None, tuple[str | Promise, Tone]] = {
    None: (gettext_lazy("Not begun"), "calm"),
    WorkState.DRAFT: (gettext_lazy("Begun"), "info"),
    WorkState.HANDED_IN: (gettext_lazy("A trainer is reading"), "info"),
    WorkState.RETURNED: (gettext_lazy("The trainer asks for more"), "warn"),
    WorkState.ACCEPTED: (gettext_lazy("Accepted"), "good"),
}
STEP_LABELS: dict[Step, str | Promise] = {
    Step.READ: gettext_lazy("Go on where you stopped"),
    Step.QUIZ: gettext_lazy("Go on to the quiz"),
    Step.WRITE: gettext_lazy("Go on with your answer"),
    Step.FINAL: gettext_lazy("Go on to the final test"),
}


def course_page(standing: Standing, frame: Frame, *, today: date) -> dict[str, Any]:
    """Everything that the page of a course prints."""
    onward, words = standing.onward, frame.say
    has_begun = bool(frame.seat.part or standing.minutes_read)
    return {
        "frame": frame,
        "summary": words(standing.frame.summary),
        "outcomes": [words(one) for one in standing.frame.outcomes],
        "modules": [_module_line(one, frame) for one in standing.modules],
        "stories": [_story_line(one, frame) for one in standing.stories],
        "final": _final_line(standing, frame),
        "live": _live_words(standing, today) if standing.frame.live_session else None,
        "step": onward.step,
        "onward_url": _onward_url(frame.seat, onward),
        "onward_label": STEP_LABELS.get(onward.step, "") if has_begun else _("Begin"),
        "onward_to": _onward_to(standing, frame),
        "done": _done_words(standing),
        "left": minutes_words(about(standing.minutes_left)) if standing.minutes_left else "",
        "read": minutes_words(standing.minutes_read) if standing.minutes_read else "",
        "passed": near(frame.seat.passed_on, today) if frame.seat.passed_on else "",
    }


def _done_words(standing: Standing) -> str:
    done = sum(one.is_done for one in standing.modules)
    said = ngettext(
        "%(done)d of %(total)d module is done.",
        "%(done)d of %(total)d modules are done.",
        len(standing.modules),
    )
    return said % {"done": done, "total": len(standing.modules)}


def _module_line(had: PartHad, frame: Frame) -> Line:
    have = had.have
    if had.is_done:
        state, tone = _("Done"), "good"
    elif not have.unread:
        state, tone = _("Read; the quiz is open"), "info"
    elif have.read or had.tries:
        state, tone = _read_words(len(have.read), len(have.screens)), "info"
    else:
        state, tone = _("Not begun"), "calm"
    best = had.progress.best_percent if had.progress else None
    note = "" if best is None else _("Best quiz: %(percent)d percent.") % {"percent": best}
    return _line(had, frame, state, tone, note)


def _read_words(read: int, total: int) -> str:
    said = ngettext(
        "%(read)d of %(total)d screen read", "%(read)d of %(total)d screens read", total
    )
    return said % {"read": read, "total": total}


def _story_line(had: PartHad, frame: Frame) -> Line:
    state, tone = WORK_WORDS[had.work_state]
    if had.work_state is None and had.have.read:
        state, tone = WORK_WORDS[WorkState.DRAFT]
    return _line(had, frame, str(state), tone, "")


def _line(had: PartHad, frame: Frame, state: str, tone: Any, note: str) -> Line:
    have = had.have
    first = next(iter([*have.unread, *have.screens]), "")
    if not had.is_module and not have.unread:
        url = reverse("learning:story", args=[frame.seat.pk, have.part])
    else:
        first = have.screens[0] if had.is_done else first
        url = reverse("learning:screen", args=[frame.seat.pk, have.part, first])
    context = " · ".join(one for one in (minutes_words(had.row.minutes), note) if one)
    return Line(frame.say(had.row.title), url, context, state, tone)


def _final_line(standing: Standing, frame: Frame) -> Line:
    if standing.final_passed:
        state, tone = _("Passed"), "good"
    elif not standing.may_take_final:
        state, tone = _("Not open yet"), "calm"
    elif standing.final_tries:
        state, tone = _("Not passed yet"), "info"
    else:
        state, tone = _("Open"), "info"
    url = reverse("learning:quiz", args=[frame.seat.pk, FINAL])
    said = [minutes_words(standing.final_minutes)]
    if not standing.may_take_final:
        said.append(_("opens when every module is done"))
    return Line(_("Final test"), url, " · ".join(said), state, _tone(tone))


def _tone(tone: Any) -> Tone:
    found: Tone = tone
    return found


def _live_words(standing: Standing, today: date) -> dict[str, Any]:
    now = [one for one in standing.sessions if timezone.localdate(one.starts_at) >= today]
    return {
        "is_attended": standing.live_attended,
        "sessions": [] if standing.live_attended else [_session(one, today) for one in now],
    }


def _session(row: LiveSession, today: date) -> dict[str, str]:
    begin = timezone.localtime(row.starts_at)
    said = {"day": near(begin.date(), today), "time": f"{begin:%H:%M}"}
    return {
        "when": _("%(day)s, at %(time)s") % said,
        "minutes": minutes_words(row.minutes),
        "place": row.place,
        "link": row.link,
    }


def _onward_url(seat: Seat, onward: Onward) -> str:
    names = {Step.QUIZ: "quiz", Step.WRITE: "story"}
    if onward.step is Step.READ:
        return reverse("learning:screen", args=[seat.pk, onward.part, onward.screen])
    if onward.step in names:
        return reverse(f"learning:{names[onward.step]}", args=[seat.pk, onward.part])
    return reverse("learning:quiz", args=[seat.pk, FINAL]) if onward.step is Step.FINAL else ""


def _onward_to(standing: Standing, frame: Frame) -> str:
    """The title of what comes next."""
    key = standing.onward.part
    titles = (one.row.title for one in standing.parts if one.row.key == key)
    title = next(titles, None)
    return frame.say(title) if title and key else ""
