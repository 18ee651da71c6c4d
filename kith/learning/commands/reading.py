"""Reading a course: which screens, how long, where somebody stopped."""

from datetime import date, datetime

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.learning.commands.finishing import settle
from kith.learning.models import CoursePart, Progress, Seat
from kith.learning.permissions import LEARN
from kith.learning.queries.content import frame_of
from kith.learning.rules.passing import LONGEST_SCREEN
from kith.learning.rules.states import PartKind, SeatState


class NoSuchScreen(Refused):
    """The address names a screen that the wording begun does not have."""

    sentence = _("This page does not exist in your edition of the course.")


class NoSuchLanguage(Refused):
    """The course is not written in it."""

    sentence = _("This course does not have this language.")


class HasLeft(Refused):
    """Who left an edition joins again first."""

    sentence = _("You have left this edition. Join it again to go on.")


def progress_of(seat: Seat, part: str) -> Progress:
    """What somebody has of a part; a row to be saved where there is none. Only in a command."""
    found = Progress.objects.select_for_update().filter(seat=seat, part=part).first()
    return found or Progress(seat=seat, part=part)


@command(LEARN, on="seat")
def read_screen(
    actor: Actor, *, seat: Seat, part: CoursePart, screen: str, seconds: int, now: datetime
) -> Progress:
    """Note that a screen was read, and that one goes on from there.

    seconds  time since the screen before; long pauses count as fifteen minutes at most

    Raises NoSuchScreen, HasLeft.
    """
    if screen not in part.screens:
        raise NoSuchScreen
    if seat.state == SeatState.LEFT.value:
        raise HasLeft
    progress = progress_of(seat, part.key)
    if screen not in progress.screens:
        progress.screens = [*progress.screens, screen]
    progress.seconds += max(0, min(seconds, int(LONGEST_SCREEN.total_seconds())))
    progress.save()
    seat.part, seat.screen, seat.last_at = part.key, screen, now
    seat.save(update_fields=["part", "screen", "last_at"])
    close_part(actor, seat, part, progress, today=now.date())
    return progress


def close_part(
    actor: Actor, seat: Seat, part: CoursePart, progress: Progress, *, today: date
) -> None:
    """Note a module as done when everything is read and its quiz is passed. Inside a command."""
    if progress.done_on or part.kind != PartKind.MODULE.value:
        return
    needed = frame_of(seat.version_id).pass_percent
    if set(part.screens) <= set(progress.screens) and (progress.best_percent or 0) >= needed:
        progress.done_on = today
        progress.save(update_fields=["done_on"])
        seat.modules_done = Progress.objects.filter(seat=seat, done_on__isnull=False).count()
        seat.save(update_fields=["modules_done"])
        settle(actor, seat, today=today)


@command(LEARN, on="seat")
def read_in(actor: Actor, *, seat: Seat, language: str) -> Seat:
    """Read the course in another of its languages from now on, on every device.

    Raises NoSuchLanguage.
    """
    if language not in seat.version.languages:
        raise NoSuchLanguage
    seat.language = language
    seat.save(update_fields=["language"])
    return seat
