"""What counts and what must hold in a round, each in a sentence, with the evidence behind it."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from kith.matching.rules.marks import CHILDREN, PROGRAMME
from kith.methods.matching.problem import Gate

Words = str | Promise


@dataclass(frozen=True)
class Weighed:
    """One criterion on the page of a new round."""

    name: Words
    sentence: Words
    evidence: Words


@dataclass(frozen=True)
class Required:
    """One soft rule that a programme may switch off."""

    name: Words
    sentence: Words


CRITERIA: dict[str, Weighed] = {
    "need": Weighed(
        _("Help that is wished and offered"),
        _("A mentor offers the help for which the participant asks."),
        _(
            "Help with a goal does more than twice as much as company alone, in the studies that"
            " the Center for Evidence-Based Mentoring has put together."
        ),
    ),
    "language": Weighed(
        _("A language in common"),
        _("The better they can talk, the more this counts."),
        _("Nobody has measured this alone. Without talking, there is no meeting."),
    ),
    "distance": Weighed(
        _("A short way"),
        _("They live near each other, or both like to meet online."),
        _(
            "In a trial with 446 newcomers in Germany, effects were seen only in the 30 pairs that"
            " met the most. Short ways make meeting likely."
        ),
    ),
    "availability": Weighed(
        _("Times in common"),
        _("The more times of the week both are free, the easier it is to find one."),
        _("The same trial: pairs that meet often are the ones that help."),
    ),
    "gender": Weighed(
        _("A wish about the mentor"),
        _("The participant would rather have a woman, or a man. A firm wish is always kept."),
        _("No study decides this. The participant knows best."),
    ),
    "age": Weighed(
        _("About the same age"),
        _("Counts where the programme looks for people in a similar time of life."),
        _(
            "In 173 samples with 40,737 people, shared views went with good pairs far more than"
            " age or background did (Eby and others, 2013)."
        ),
    ),
}
"""By the name of the weight, in the order of an explanation."""

RULES: dict[str, Required] = {
    Gate.LANGUAGE.value: Required(
        _("They share a language"),
        _("At a level for everyday talk, or an interpreter comes along."),
    ),
    Gate.TOPICS.value: Required(
        _("The mentor offers wished help"),
        _("At least one thing that the participant asks for."),
    ),
    Gate.RANGE.value: Required(
        _("They are in reach of each other"),
        _("Within the way that both would go, or both online."),
    ),
    Gate.AVAILABILITY.value: Required(
        _("They share a time of the week"),
        _("At least one morning, afternoon or evening."),
    ),
}
"""Soft rules by the gate they stand for. All other gates protect somebody and always stand."""

ALWAYS: tuple[Words, ...] = (
    _("Consent to mentoring is in force on both sides, and both are adults."),
    _("The mentor's checks and training are in force today."),
    _("A firm wish for a woman or a man is kept."),
    _(
        "Nobody is proposed to someone they do not want, and families only to mentors who are"
        " checked for it."
    ),
)
"""What holds in every round and cannot be switched off."""


GATE_WORDS: dict[str, Words] = {
    Gate.LANGUAGE.value: _("They share no language."),
    Gate.TOPICS_REQUIRED.value: _("The mentor does not offer the help that is needed."),
    Gate.TOPICS.value: _("The mentor offers other help than is wished."),
    Gate.TRAINING.value: _("The mentor's training is not in force."),
    Gate.CHECK.value: _("A check of the mentor is not in force."),
    Gate.RANGE.value: _("They live too far from each other."),
    Gate.AVAILABILITY.value: _("They are free at different times."),
    Gate.GENDER.value: _("A firm wish for a woman or a man is not met."),
    Gate.ADULT.value: _("One of them is not noted as an adult."),
    CHILDREN: _("The mentor lacks the check for families with children."),
    PROGRAMME: _("The mentor does not take part in this programme now."),
    Gate.EXCLUDED.value: _("This pair was left out earlier."),
    "rejected": _("This pair was left out in this round."),
    "floor": _("They share less than this round asks for."),
}
"""Why two people are not proposed to each other, by the rule that speaks against it."""
