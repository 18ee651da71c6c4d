"""Records of this room for tests, one factory for each table."""

import factory

from kith.base.tests.factories import RowFactory
from kith.mentoring.tests.factories import NOW, TODAY, MatchFactory
from kith.papers.models import Letter, Paper, Writing, Yes


class PaperFactory(RowFactory):
    """A tandem agreement in which one section was written."""

    class Meta:
        model = Paper

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    document = "tandem_agreement"
    version = 1
    written_at = NOW


class WritingFactory(RowFactory):
    """What somebody wrote about how to meet."""

    class Meta:
        model = Writing

    organisation = factory.SelfAttribute("paper.organisation")
    paper = factory.SubFactory(PaperFactory)
    match = factory.SelfAttribute("paper.match")
    number = 1
    section = "rhythm"
    content = factory.LazyFunction(
        lambda: {"rows": [{"id": "a1", "day": "tue", "place": "Library"}]}
    )
    written_at = NOW


class YesFactory(RowFactory):
    """The participant's yes to the first version."""

    class Meta:
        model = Yes

    organisation = factory.SelfAttribute("paper.organisation")
    paper = factory.SubFactory(PaperFactory)
    person = factory.SelfAttribute("paper.match.participant")
    version = 1
    said_on = TODAY


class LetterFactory(RowFactory):
    """A letter of achievement in the participant's own words."""

    class Meta:
        model = Letter

    organisation = factory.SelfAttribute("match.organisation")
    match = factory.SubFactory(MatchFactory)
    person = factory.SelfAttribute("match.participant")
    kind = "achievement"
    language = "en"
    words = "I go to the doctor on my own."
    given_on = TODAY
