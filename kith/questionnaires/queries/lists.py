"""Questionnaires, their versions, and the programmes that ask them."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, Q, QuerySet

from kith.gate.actor import Actor
from kith.gate.permissions import visible
from kith.people.rules import Side
from kith.programmes.models import Programme
from kith.programmes.queries import running
from kith.questionnaires.models import Answers, AnswersFile, Asking, Questionnaire, Version
from kith.questionnaires.permissions import (
    ASK_IN_PROGRAMME,
    EXPORT_ANSWERS,
    SEE_QUESTIONNAIRES,
    WRITE_QUESTIONNAIRES,
)
from kith.questionnaires.rules import AnswersState, Moment, VersionState

LINES_AT_ONCE = 40


@dataclass(frozen=True)
class Line:
    """One questionnaire of the list: what is ready, what is being written, where it is asked."""

    questionnaire: Questionnaire
    is_ready: bool
    has_draft: bool
    programmes: int


@dataclass(frozen=True)
class Numbers:
    """How many people answered, have begun, or would rather not."""

    sent: int = 0
    open: int = 0
    declined: int = 0

    @property
    def total(self) -> int:
        return self.sent + self.open + self.declined


def questionnaires(actor: Actor) -> "QuerySet[Questionnaire]":
    """Questionnaires this actor may see, the newest first."""
    return visible(actor, SEE_QUESTIONNAIRES, Questionnaire.objects.all()).order_by("-id")


def part_of_list(
    actor: Actor, *, after: UUID | None, retired: bool = False
) -> tuple[list[Line], UUID | None]:
    """The next lines of the list, and the key after which the one behind them begins."""
    rows = questionnaires(actor).filter(retired_on__isnull=not retired)
    if after is not None:
        rows = rows.filter(pk__lt=after)
    found = list(rows[: LINES_AT_ONCE + 1])
    shown = found[:LINES_AT_ONCE]
    following = shown[-1].pk if len(found) > LINES_AT_ONCE else None
    return _lines(shown), following


def _lines(found: Sequence[Questionnaire]) -> list[Line]:
    versions = Version.objects.filter(questionnaire__in=found).values_list(
        "questionnaire_id", "state"
    )
    states = set(versions)
    asked = Asking.objects.filter(questionnaire__in=found, ended_on__isnull=True).order_by()
    numbers = dict(
        asked.values_list("questionnaire_id").annotate(n=Count("programme", distinct=True))
    )
    return [
        Line(
            one,
            is_ready=(one.pk, VersionState.READY.value) in states,
            has_draft=(one.pk, VersionState.DRAFT.value) in states,
            programmes=numbers.get(one.pk, 0),
        )
        for one in found
    ]


def packs_taken(actor: Actor) -> set[str]:
    """Keys of the packs this organisation uses."""
    rows = questionnaires(actor).exclude(pack_key="").order_by()
    return set(rows.values_list("pack_key", flat=True))


def versions(actor: Actor) -> "QuerySet[Version]":
    """Versions this actor may see."""
    rows = visible(actor, SEE_QUESTIONNAIRES, Version.objects.all())
    return rows.select_related("questionnaire").order_by("-number")


def drafts(actor: Actor) -> "QuerySet[Version]":
    """Drafts this actor may change."""
    rows = visible(actor, WRITE_QUESTIONNAIRES, Version.objects.all())
    return rows.filter(state=VersionState.DRAFT.value).select_related("questionnaire")


def versions_of(actor: Actor, questionnaire: Questionnaire) -> list[Version]:
    """All versions of one questionnaire, the newest first."""
    return list(versions(actor).filter(questionnaire=questionnaire)[:100])


def askings(actor: Actor) -> "QuerySet[Asking]":
    """Where questionnaires are asked, as far as this actor may see it."""
    rows = visible(actor, SEE_QUESTIONNAIRES, Asking.objects.all())
    return rows.select_related("questionnaire", "programme").order_by("place", "id")


def askings_to_change(actor: Actor) -> "QuerySet[Asking]":
    """Askings this actor may end."""
    rows = visible(actor, ASK_IN_PROGRAMME, Asking.objects.filter(ended_on__isnull=True))
    return rows.select_related("questionnaire", "programme")


def programmes_to_ask_in(actor: Actor) -> "QuerySet[Programme]":
    """Running programmes that may ask something."""
    return running(actor).filter(
        pk__in=visible(actor, ASK_IN_PROGRAMME, Programme.objects.all()).values("pk")
    )


def ready_to_ask(actor: Actor) -> "QuerySet[Questionnaire]":
    """Questionnaires with a version that is ready, by title."""
    ready = Version.objects.filter(state=VersionState.READY.value).values("questionnaire")
    return questionnaires(actor).filter(pk__in=ready, retired_on__isnull=True).order_by("title")


def asked_at(programme: Programme, moment: Moment, side: Side) -> list[Asking]:
    """What a programme asks one side at a moment, in its order. For the rooms that hold it."""
    rows = Asking.objects.filter(
        programme=programme, moment=moment.value, side=side.value, ended_on__isnull=True
    )
    return list(rows.select_related("questionnaire", "programme").order_by("place", "id"))


def numbers_of(found: Iterable[Asking]) -> dict[UUID, Numbers]:
    """How many people answered each of these, in one query."""
    keys = [one.pk for one in found]
    rows = Answers.objects.filter(asking__in=keys).order_by().values_list("asking_id")
    counted = rows.annotate(
        sent=Count("id", filter=Q(state=AnswersState.SENT.value)),
        open=Count("id", filter=Q(state=AnswersState.OPEN.value)),
        declined=Count("id", filter=Q(state=AnswersState.DECLINED.value)),
    )
    numbers = {key: Numbers(*counts) for key, *counts in counted}
    return {key: numbers.get(key, Numbers()) for key in keys}


def files_of(actor: Actor, asking: Asking) -> list[AnswersFile]:
    """The files of answers that are kept, the newest first."""
    return list(files(actor).filter(asking=asking).order_by("-id")[:20])


def files(actor: Actor) -> "QuerySet[AnswersFile]":
    """Files of answers this actor may open."""
    rows = visible(actor, EXPORT_ANSWERS, AnswersFile.objects.all())
    return rows.select_related("asking__questionnaire", "asking__programme", "file", "asked_by")
