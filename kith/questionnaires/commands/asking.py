"""Letting a programme ask a questionnaire, and stopping it."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.questionnaires.models import Asking, Questionnaire, Version
from kith.questionnaires.permissions import ASK_IN_PROGRAMME
from kith.questionnaires.rules import MOST_WEEK, Moment, Readers, VersionState


class NothingToAsk(Refused):
    """No version of the questionnaire is ready."""

    sentence = _("This questionnaire is not ready yet. Make a version ready first.")


class AskedAlready(Refused):
    """The programme asks this at that moment already."""

    sentence = _("This programme asks these questions at that moment already.")


class WeeksMissing(Refused):
    """Weeks are needed, and only there."""

    sentence = _("Say in which weeks these questions are asked, such as 6, 12, 24.")


class ParticipantsOnly(Refused):
    """Weeks are counted from a participant's first meeting."""

    sentence = _(
        "Weeks are counted from a participant's first meeting. Ask mentors at another time."
    )


@command(ASK_IN_PROGRAMME, on="programme")
def ask_in_programme(
    actor: Actor,
    *,
    programme: Programme,
    questionnaire: Questionnaire,
    side: Side,
    moment: Moment,
    readers: Readers,
    today: date,
    weeks: Sequence[int] = (),
) -> Asking:
    """Let a programme ask a questionnaire at a moment.

    Raises NothingToAsk, WeeksMissing, ParticipantsOnly, AskedAlready.
    """
    ready = Version.objects.filter(questionnaire=questionnaire, state=VersionState.READY.value)
    if questionnaire.retired_on or not ready.exists():
        raise NothingToAsk()
    _check_weeks(moment, side, weeks)
    asked = Asking.objects.filter(programme=programme, ended_on__isnull=True)
    same = asked.filter(questionnaire=questionnaire, side=side.value, moment=moment.value)
    if same.exists():
        raise AskedAlready()
    made: Asking = Asking.objects.create(
        programme=programme,
        questionnaire=questionnaire,
        side=side.value,
        moment=moment.value,
        readers=readers.value,
        weeks=sorted(set(weeks)),
        place=asked.count(),
        begun_on=today,
    )
    return made


@command(ASK_IN_PROGRAMME, on="asking")
def stop_asking(actor: Actor, *, asking: Asking, today: date) -> Asking:
    """Ask no more from today on; what was answered stays."""
    if asking.ended_on is None:
        asking.ended_on = today
        asking.save()
    return asking


def _check_weeks(moment: Moment, side: Side, weeks: Sequence[int]) -> None:
    in_weeks = moment is Moment.WEEKS
    if in_weeks != bool(weeks) or not all(1 <= week <= MOST_WEEK for week in weeks):
        raise WeeksMissing()
    if in_weeks and side is not Side.PARTICIPANT:
        raise ParticipantsOnly()
