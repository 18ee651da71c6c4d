"""Records of this room for tests, one factory for each table."""

from datetime import date
from typing import cast

import factory

from kith.base import scope
from kith.base.tests.factories import RowFactory
from kith.methods.instruments.schema import Instrument
from kith.methods.instruments.stored import to_plain
from kith.methods.instruments.tests.factories import AGREEMENT, form, question
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import ProgrammeFactory
from kith.questionnaires.models import Answers, AnswersFile, Asking, Questionnaire, Version

MONDAY = date(2026, 11, 2)
HOW_IT_GOES: Instrument = form(
    question("select_one agree", "often", "Do you meet often enough?", required="yes"),
    question("text", "why", "What gets in the way?", relevant="${often} = '1'"),
    question("integer", "hours", "How many hours a week?", constraint=". < 40"),
    question("calculate", "sum", "", calculation="${hours} * 4"),
    choices=AGREEMENT,
    settings=[{"form_title": "How it goes", "form_id": "how", "version": "1"}],
)


class QuestionnaireFactory(RowFactory):
    """A questionnaire from a file."""

    class Meta:
        model = Questionnaire

    title = "How it goes"
    titles = factory.LazyAttribute(lambda one: {"en": one.title})
    source = "file"


class VersionFactory(RowFactory):
    """A version that is ready; `draft` is a trait."""

    class Meta:
        model = Version

    organisation = factory.SelfAttribute("questionnaire.organisation")
    questionnaire = factory.SubFactory(QuestionnaireFactory)
    number = 1
    state = "ready"
    ready_on = MONDAY
    content = factory.LazyFunction(lambda: to_plain(HOW_IT_GOES))

    class Params:
        draft = factory.Trait(state="draft", ready_on=None)


def version_of(questionnaire: Questionnaire) -> Version:
    """The version of a questionnaire, made when it has none."""
    with scope.entered(questionnaire.organisation_id):
        known = Version.objects.filter(questionnaire=questionnaire).first()
    return cast(Version, known or VersionFactory(questionnaire=questionnaire))


class AskingFactory(RowFactory):
    """Asked of participants when they get a place; the coordinator reads the answers."""

    class Meta:
        model = Asking

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory)
    questionnaire = factory.SubFactory(
        QuestionnaireFactory, organisation=factory.SelfAttribute("..organisation")
    )
    side = "participant"
    moment = "start"
    readers = "coordinator"
    begun_on = MONDAY

    class Params:
        for_nobody = factory.Trait(readers="nobody")


class AnswersFactory(RowFactory):
    """Answers that were begun; `sent` is a trait."""

    class Meta:
        model = Answers

    organisation = factory.SelfAttribute("asking.organisation")
    asking = factory.SubFactory(AskingFactory)
    version = factory.LazyAttribute(lambda one: version_of(one.asking.questionnaire))
    person = factory.SubFactory(
        PersonFactory, organisation=factory.SelfAttribute("..organisation"), is_participant=True
    )
    occasion = "start"
    language = "en"
    begun_on = MONDAY
    changed_on = MONDAY

    class Params:
        sent = factory.Trait(state="sent", sent_on=MONDAY, given={"often": "2", "hours": "3"})


class AnswersFileFactory(RowFactory):
    """A file that somebody asked for and that is being made."""

    class Meta:
        model = AnswersFile

    organisation = factory.SelfAttribute("asking.organisation")
    asking = factory.SubFactory(AskingFactory)
    form = "xlsx"
    asked_on = MONDAY
