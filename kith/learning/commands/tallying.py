"""Adding the first answers of a learner to what is known about questions."""

from collections.abc import Mapping
from fractions import Fraction
from uuid import UUID

from kith.learning.models import Attempt, Tally
from kith.learning.queries.content import modules_of
from kith.methods.learning.questions.schema import Choosing, Question


def count_answers(
    version_id: UUID,
    attempt: Attempt,
    asked: Mapping[str, Question],
    points: Mapping[str, Fraction],
) -> None:
    """Add one attempt to the sums of its questions. Only inside a command."""
    total = float(sum(points.values()))
    parts = {part.key: part for part in modules_of(version_id)}
    for key in sorted(asked):
        module, _slash, name = key.partition("/")
        tally, _new = Tally.objects.select_for_update().get_or_create(
            part=parts[module], question=name
        )
        own = float(points[key])
        rest = (total - own) / max(1, len(asked) - 1)
        tally.number += 1
        tally.points += own
        tally.points_squared += own * own
        tally.rest += rest
        tally.rest_squared += rest * rest
        tally.product += own * rest
        for option in _chosen(asked[key], attempt.answers.get(key)):
            tally.chosen[option] = tally.chosen.get(option, 0) + 1
        tally.save()


def _chosen(question: Question, answer: object) -> list[str]:
    """The options that somebody took, each once."""
    if not isinstance(question, Choosing):
        return []
    named = answer if isinstance(answer, list) else [answer]
    return [one.key for one in question.options if one.key in named]
