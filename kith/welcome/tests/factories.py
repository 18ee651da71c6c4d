"""Records of this room for tests."""

from datetime import date

import factory

from kith.base.tests.factories import OrganisationFactory, RowFactory
from kith.programmes.tests.factories import ProgrammeFactory
from kith.questionnaires.tests.factories import AskingFactory, version_of
from kith.welcome.models import Application, Door, Front, IntakeAnswers, Step, WelcomeTalk
from kith.welcome.rules.codes import kept_code

TODAY = date(2026, 11, 2)
CODE = "ABCDEFGHJKMNPQRS"


class FrontFactory(RowFactory):
    """An open public page."""

    class Meta:
        model = Front

    organisation = factory.SubFactory(OrganisationFactory)
    slug = factory.Sequence(lambda n: f"mosty-{n}")
    contact = "+48 61 000 00 00"
    is_open = True


class DoorFactory(RowFactory):
    """A programme that is open for both sides."""

    class Meta:
        model = Door

    organisation = factory.SelfAttribute("programme.organisation")
    programme = factory.SubFactory(ProgrammeFactory)
    slug = factory.Sequence(lambda n: f"programme-{n}")
    for_mentors = True
    for_participants = True


class ApplicationFactory(RowFactory):
    """Someone who wants to be a mentor; `asks` would like one. CODE leads to it."""

    class Meta:
        model = Application

    organisation = factory.SubFactory(OrganisationFactory)
    side = "mentor"
    programme = factory.SubFactory(
        ProgrammeFactory, organisation=factory.SelfAttribute("..organisation")
    )
    received_on = TODAY
    due_on = date(2026, 11, 16)
    language = "en"
    name = factory.Sequence(lambda n: f"Zofia Nowak {n}")
    phone = "+48 600 700 800"
    answers = factory.LazyFunction(
        lambda: {
            "languages": {"pl": 5, "en": 3},
            "topics": ["language"],
            "times": ["mon-eve"],
            "place": "Wilda",
            "online": True,
            "why": "I have time.",
        }
    )

    class Params:
        asks = factory.Trait(
            side="participant",
            due_on=date(2026, 11, 9),
            answers=factory.LazyFunction(
                lambda: {
                    "languages": {"uk": 5},
                    "interpreter": True,
                    "needs": ["work"],
                    "place": "Wilda",
                }
            ),
        )
        with_code = factory.Trait(
            code=factory.LazyAttribute(lambda one: kept_code(one.organisation.pk, CODE))
        )

    code = factory.Sequence(lambda n: f"kept-{n}")


class StepFactory(RowFactory):
    """One thing that happened."""

    class Meta:
        model = Step

    organisation = factory.SelfAttribute("application.organisation")
    application = factory.SubFactory(ApplicationFactory)
    deed = "received"
    on = TODAY


class IntakeAnswersFactory(RowFactory):
    """Answers to a questionnaire of the programme, given with an application."""

    class Meta:
        model = IntakeAnswers

    organisation = factory.SelfAttribute("application.organisation")
    application = factory.SubFactory(ApplicationFactory)
    asking = factory.SubFactory(
        AskingFactory,
        programme=factory.SelfAttribute("..application.programme"),
        side=factory.SelfAttribute("..application.side"),
        moment="application",
    )
    version = factory.LazyAttribute(lambda one: version_of(one.asking.questionnaire))
    language = "en"
    given = factory.LazyFunction(lambda: {"often": "1", "why": "The bus"})


class WelcomeTalkFactory(RowFactory):
    """A welcome talk."""

    class Meta:
        model = WelcomeTalk

    organisation = factory.SelfAttribute("person.organisation")
    on = TODAY
    language = "uk"
    explained = ["mentoring"]
    wishes = "Someone patient"
