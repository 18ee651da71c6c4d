"""Parts of a package and remarks about it, as the templates print them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from django.utils import timezone

from kith.learning.models import Package, PackageRun
from kith.learning.queries.packages import items_of
from kith.learning.rules.package_words import COMPLETIONS, REMARKS, SUCCESSES
from kith.learning.rules.packages import Completion, Success, is_satisfied
from kith.methods.learning.packages.schema import Item, MoveOn
from kith.web.words import near


@dataclass(frozen=True)
class PartLine:
    """A part with where one stands in it."""

    key: str
    title: str
    headings: tuple[str, ...]
    state: str
    tone: str = "calm"
    percent: int | None = None
    last: str = ""
    is_begun: bool = False


def part_lines(package: Package, runs: Mapping[str, PackageRun], *, today: date) -> list[PartLine]:
    """All parts of a package, in its order."""
    return [_line(one, runs.get(one.key), today) for one in items_of(package)]


def _line(item: Item, run: PackageRun | None, today: date) -> PartLine:
    if run is None:
        words = str(COMPLETIONS[Completion.NOT_BEGUN])
        return PartLine(item.key, item.title, item.headings, words)
    scaled = run.score_scaled
    return PartLine(
        item.key,
        item.title,
        item.headings,
        state_words(run),
        tone_of(item, run),
        None if scaled is None or scaled < 0 else round(scaled * 100),
        near(timezone.localdate(run.last_at), today),
        is_begun=True,
    )


def state_words(run: PackageRun) -> str:
    """Passed or not where the package says so, else how far."""
    success = SUCCESSES.get(Success(run.success))
    return str(success or COMPLETIONS[Completion(run.completion)])


def tone_of(item: Item, run: PackageRun) -> str:
    """Good where nothing is left to do: for cmi5 what the unit asks for, else whatever is done."""
    completion, success = Completion(run.completion), Success(run.success)
    if success is Success.FAILED:
        return "info"
    if item.move_on is not MoveOn.NOT_APPLICABLE:
        return "good" if is_satisfied(item.move_on, completion, success) else "calm"
    is_done = success is Success.PASSED or completion is Completion.COMPLETED
    return "good" if is_done else "calm"


def remark_lines(package: Package) -> list[tuple[str, str]]:
    """Title of a part, and what works otherwise there."""
    return [(one["item"], str(REMARKS[one["code"]])) for one in package.remarks]
