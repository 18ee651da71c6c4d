"""The words of this room on pages."""

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from kith.methods.instruments.schema import Kind
from kith.methods.trajectories.change import Outcome
from kith.people.rules import Side
from kith.questionnaires.rules import Moment, Occasion, Readers, Source, VersionState
from kith.questionnaires.rules.editing import QuestionKind
from kith.web.components import Tone
from kith.web.words import Text, full_day

MOMENTS: dict[Moment, Text] = {
    Moment.APPLICATION: _("With the application"),
    Moment.WELCOME: _("At the welcome talk"),
    Moment.START: _("When someone gets a place"),
    Moment.WEEKS: _("In certain weeks"),
    Moment.REQUEST: _("Whenever someone likes"),
}
MOMENT_HELP: dict[Moment, Text] = {
    Moment.APPLICATION: _("On the page on which someone asks for a place."),
    Moment.WELCOME: _("The coordinator asks, in the talk."),
    Moment.START: _("On the phone, in the first weeks. The question passes by itself."),
    Moment.WEEKS: _("On the phone, counted from the first meeting with the mentor."),
    Moment.REQUEST: _("It waits among “My answers” and reminds nobody."),
}
READERS: dict[Readers, Text] = {
    Readers.COORDINATOR: _("The coordinator reads the answers"),
    Readers.NOBODY: _("Nobody reads the answers with a name"),
}
READERS_HELP: dict[Readers, Text] = {
    Readers.COORDINATOR: _("For what you need to know to find the right mentor."),
    Readers.NOBODY: _(
        "For how the mentoring goes. The person sees them over time. You see them only together "
        "with those of others, from ten people on who agreed to counting."
    ),
}
READERS_TOLD: dict[Readers, Text] = {
    Readers.COORDINATOR: _("Your coordinator reads your answers. Nobody else does."),
    Readers.NOBODY: _(
        "Only you read your answers. If you agreed to counting, they are also counted together "
        "with those of others, without your name."
    ),
}
"""What the person who answers is told."""
SIDES: dict[Side, Text] = {
    Side.PARTICIPANT: _("Participants"),
    Side.MENTOR: _("Mentors"),
}
SOURCES: dict[Source, Text] = {
    Source.PACK: _("Pack with a licence"),
    Source.FILE: _("From a file"),
    Source.WRITTEN: _("Written here"),
}
VERSION_STATES: dict[VersionState, tuple[Text, Tone]] = {
    VersionState.DRAFT: (_("Draft"), "info"),
    VersionState.READY: (_("Ready"), "good"),
}
QUESTION_KINDS: dict[QuestionKind, Text] = {
    QuestionKind.SHORT_TEXT: _("A few words"),
    QuestionKind.LONG_TEXT: _("Several sentences"),
    QuestionKind.ONE_CHOICE: _("One answer of several"),
    QuestionKind.SEVERAL_CHOICES: _("Several answers"),
    QuestionKind.YES_NO: _("Yes or no"),
    QuestionKind.NUMBER: _("A whole number"),
    QuestionKind.DAY: _("A day"),
    QuestionKind.NOTE: _("A text to read, no question"),
}
ITEM_KINDS: dict[Kind, Text] = {
    Kind.TEXT: _("Text"),
    Kind.INTEGER: _("Whole number"),
    Kind.DECIMAL: _("Number"),
    Kind.RANGE: _("Number from a range"),
    Kind.DATE: _("Day"),
    Kind.TIME: _("Time"),
    Kind.DATETIME: _("Day and time"),
    Kind.SELECT_ONE: _("One answer of several"),
    Kind.SELECT_MULTIPLE: _("Several answers"),
    Kind.RANK: _("Order of answers"),
    Kind.NOTE: _("Text to read"),
    Kind.ACKNOWLEDGE: _("Tick"),
    Kind.CALCULATE: _("Worked out, never kept"),
    Kind.HIDDEN: _("Not shown"),
    Kind.GROUP: _("Group"),
    Kind.REPEAT: _("Repeated group"),
}
SINCE_LAST: dict[Outcome, Text] = {
    Outcome.UP: _(
        "Since the last time there is a clear change up: more than these questions waver by "
        "themselves."
    ),
    Outcome.DOWN: _(
        "Since the last time there is a clear change down: more than these questions waver by "
        "themselves."
    ),
    Outcome.NO_CLEAR_CHANGE: _(
        "Since the last time there is no clear change: a difference of this size also comes by "
        "chance."
    ),
}
SINCE_FIRST: dict[Outcome, Text] = {
    Outcome.UP: _("Since the first time there is a clear change up."),
    Outcome.DOWN: _("Since the first time there is a clear change down."),
    Outcome.NO_CLEAR_CHANGE: _("Since the first time there is no clear change."),
}


def occasion_words(occasion: Occasion) -> str:
    """When something was asked: in week 12."""
    if occasion.week:
        return gettext("In week %(week)d") % {"week": occasion.week}
    return full_day(occasion.day) if occasion.day else str(MOMENTS[occasion.moment])


def weeks_words(weeks: list[int]) -> str:
    """In the weeks 6, 12 and 24 — as numbers, in any language."""
    return gettext("Weeks: %(weeks)s") % {"weeks": ", ".join(map(str, weeks))}
