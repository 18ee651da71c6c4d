"""The record of units of cmi5: secrets, statements, documents."""

import base64
import json
from urllib.parse import parse_qs, urlsplit
from uuid import uuid4

import pytest
from django.urls import reverse

from kith.base import permit, scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, OrganisationFactory, actor_of, sign_in
from kith.learning.commands import packages as commands
from kith.learning.models import PackageLaunch, PackageRun, XapiState, XapiStatement
from kith.learning.queries import packages as queries
from kith.learning.queries.xapi import party_of
from kith.learning.rules.packages import Completion, Success, is_satisfied
from kith.learning.rules.xapi import CMI5, LAUNCH_DATA
from kith.learning.tests.factories import NOW
from kith.methods.learning.packages.schema import MoveOn
from kith.methods.learning.tests.package_files import cmi5, unit

pytestmark = pytest.mark.django_db
VERBS = "http://adlnet.gov/expapi/verbs/"


@pytest.fixture
def organisation():
    organisation = OrganisationFactory()
    with scope.entered(organisation.pk):
        yield organisation


@pytest.fixture
def run(organisation):
    trainer = MembershipFactory(roles=[Role.TRAINER.value], organisation=organisation)
    mentor = MembershipFactory(mentor=True, organisation=organisation)
    units = unit(attrs='moveOn="CompletedAndPassed" masteryScore="0.8"')
    package = commands.take_package(actor_of(trainer), content=cmi5(units=units))
    item = queries.items_of(package)[0]
    return commands.begin_run(actor_of(mentor), package=package, item=item, now=NOW)


class Unit:
    """A unit as it speaks to its record: without cookies, with its token."""

    def __init__(self, client, run) -> None:
        self.client, self.run, self.party = client, run, party_of(run)
        sign_in(client, run.member)
        answer = client.post(reverse("learning:package_launch", args=[run.pk]))
        self.url = answer["Location"]
        client.cookies.clear()
        self.fetch_url = self.given("fetch")
        self.token = ""

    def given(self, name: str) -> str:
        return parse_qs(urlsplit(self.url).query)[name][0]

    def fetch(self) -> dict:
        found = self.client.post(self.fetch_url.removeprefix("http://testserver")).json()
        self.token = found.get("auth-token", self.token)
        return found

    def headers(self) -> dict:
        return {"Authorization": f"Basic {self.token}", "X-Experience-API-Version": "1.0.3"}

    def statement(self, verb: str, /, **changes) -> dict:
        context = {
            "registration": str(self.run.pk),
            "contextActivities": {"category": [{"id": CMI5}]},
        }
        return {
            "id": str(uuid4()),
            "actor": self.party.agent,
            "verb": {"id": VERBS + verb},
            "object": {"id": self.party.activity},
            "context": context,
            **changes,
        }

    def send(self, *statements: dict):
        return self.client.post(
            reverse("learning:xapi_statements", args=[self.run.pk]),
            json.dumps(statements),
            content_type="application/json",
            headers=self.headers(),
        )

    def say(self, verb: str, /, **changes):
        return self.send(self.statement(verb, **changes))

    def state(self, method: str, name: str = "", body: str = "", **changes):
        query = {
            "activityId": self.party.activity,
            "agent": json.dumps(self.party.agent),
            "registration": str(self.run.pk),
            **({"stateId": name} if name else {}),
            **changes,
        }
        address = reverse("learning:xapi_state", args=[self.run.pk])
        return self.client.generic(
            method,
            address,
            body,
            content_type="application/json",
            query_params=query,
            headers=self.headers(),
        )


@pytest.fixture
def spoken(client, run) -> Unit:
    """A unit that has its token and has begun."""
    found = Unit(client, run)
    found.fetch()
    assert found.say("initialized").status_code == 200
    return found


def test_a_secret_gives_its_token_once(client, run) -> None:
    unit_ = Unit(client, run)

    first, second = unit_.fetch(), unit_.fetch()

    row = PackageLaunch.objects.get()
    assert base64.b64decode(first["auth-token"]).decode().count(":") == 1
    assert second == {"error-code": "1", "error-text": "It was used."}
    assert first["auth-token"] not in {row.token_hash, row.fetch_hash}


@pytest.mark.parametrize("secret", ["x", "~", "0" * 64 + "~x"])
def test_an_unknown_secret_gives_none(client, run, secret) -> None:
    answer = client.post(reverse("learning:xapi_fetch", args=[run.pk, secret]))

    assert answer.json()["error-code"] == "2"


def test_a_secret_of_another_start_gives_no_token(client, run) -> None:
    unit_ = Unit(client, run)
    wrong = unit_.fetch_url.rpartition("~")[0] + "~wrong"

    answer = client.post(wrong.removeprefix("http://testserver"))

    assert answer.json()["error-code"] == "1"
    assert unit_.fetch().keys() == {"auth-token"}


def test_the_unit_learns_no_name(client, run) -> None:
    unit_ = Unit(client, run)

    assert json.loads(unit_.given("actor"))["account"]["name"] == run.pk.hex
    assert run.member.name not in unit_.url
    assert unit_.given("registration") == str(run.pk)
    assert unit_.given("endpoint") == f"http://testserver/learning/packages/xapi/{run.pk}/"


def test_what_a_unit_says_becomes_the_learners_result(spoken) -> None:
    spoken.say("completed", result={"completion": True})
    score = {"scaled": 0.9, "raw": 45, "min": 0, "max": 50}
    spoken.say("passed", result={"success": True, "score": score})

    row = PackageRun.objects.get()
    assert (row.completion, row.success) == ("completed", "passed")
    assert (row.score_raw, row.score_scaled) == (45.0, 0.9)
    verbs = XapiStatement.objects.order_by("id").values_list("verb", flat=True)
    assert [one.rpartition("/")[2] for one in verbs] == [
        "launched",
        "initialized",
        "completed",
        "passed",
    ]


def test_a_unit_that_ended_says_nothing_more(spoken) -> None:
    assert spoken.say("terminated").status_code == 200
    assert spoken.say("passed").status_code == 403
    assert PackageRun.objects.get().success == "unknown"


def test_a_unit_says_nothing_before_its_beginning_and_begins_once(client, run) -> None:
    unit_ = Unit(client, run)
    unit_.fetch()

    assert unit_.say("completed").status_code == 403
    assert unit_.say("initialized").status_code == 200
    assert unit_.say("initialized").status_code == 403


def test_a_new_start_ends_the_one_before(client, run) -> None:
    first = Unit(client, run)
    first.fetch()
    first.say("initialized")
    Unit(client, run)

    assert first.say("passed").status_code == 403


@pytest.mark.parametrize(
    "changes",
    [
        {"actor": {"account": {"homePage": "https://kith.invalid/learners", "name": "x"}}},
        {"actor": {"mbox": "mailto:x@example.org"}},
        {"object": {"id": "https://example.org/other"}},
        {"context": {"registration": str(uuid4())}},
        {"context": {}},
        {"verb": {"id": "x" * 301}},
        {"verb": "passed"},
        {"id": "no key"},
        {"context": []},
    ],
)
def test_statements_about_others_or_other_things_are_refused(spoken, changes) -> None:
    assert spoken.say("passed", **changes).status_code == 400
    assert PackageRun.objects.get().success == "unknown"


def test_statements_of_the_units_own_kind_are_kept_and_change_no_result(spoken) -> None:
    context = {"registration": str(spoken.run.pk)}

    answer = spoken.say("passed", context=context, object={"id": "https://example.org/q/1"})

    assert answer.status_code == 200
    assert PackageRun.objects.get().success == "unknown"


def test_a_statement_said_twice_is_kept_once_and_never_changed(spoken) -> None:
    said = spoken.statement("completed")

    first, again = spoken.send(said), spoken.send(said)
    other = spoken.send({**said, "result": {"completion": False}})

    assert [one.status_code for one in (first, again, other)] == [200, 200, 409]
    assert XapiStatement.objects.filter(statement=said["id"]).count() == 1


def test_statements_are_told_back(spoken) -> None:
    said = spoken.statement("completed")
    spoken.send(said)
    address = reverse("learning:xapi_statements", args=[spoken.run.pk])

    one = spoken.client.get(address, {"statementId": said["id"]}, headers=spoken.headers())
    all_ = spoken.client.get(address, headers=spoken.headers())

    assert one.json() == said
    assert len(all_.json()["statements"]) == 3


def test_a_statement_may_be_put_under_its_key(spoken) -> None:
    said = spoken.statement("completed")
    address = reverse("learning:xapi_statements", args=[spoken.run.pk])

    def put(key: str) -> int:
        return spoken.client.put(
            f"{address}?statementId={key}",
            json.dumps(said),
            content_type="application/json",
            headers=spoken.headers(),
        ).status_code

    assert put(str(uuid4())) == 400
    assert put(said["id"]) == 204
    assert PackageRun.objects.get().completion == "completed"


def test_a_unit_reads_its_launch_data_and_may_not_write_it(spoken) -> None:
    found = spoken.state("GET", LAUNCH_DATA).json()

    assert found["moveOn"] == "CompletedAndPassed"
    assert found["masteryScore"] == 0.8
    assert found["launchMode"] == "Normal"
    grouping = found["contextTemplate"]["contextActivities"]["grouping"]
    assert grouping[0]["id"] == "https://example.org/safe/1"
    assert spoken.state("PUT", LAUNCH_DATA, "{}").status_code == 403


def test_documents_are_kept_joined_listed_and_dropped(spoken) -> None:
    assert spoken.state("GET", "bookmark").status_code == 404
    assert spoken.state("PUT", "bookmark", '{"page": 3, "a": 1}').status_code == 204
    assert spoken.state("POST", "bookmark", '{"page": 4}').status_code == 204
    assert spoken.state("PUT", "other", "[1]").status_code == 204

    assert spoken.state("GET", "bookmark").json() == {"page": 4, "a": 1}
    assert spoken.state("GET").json() == [LAUNCH_DATA, "bookmark", "other"]
    assert spoken.state("POST", "other", "{}").status_code == 400
    assert spoken.state("DELETE", "bookmark").status_code == 204
    assert spoken.state("GET").json() == [LAUNCH_DATA, "other"]
    assert spoken.state("DELETE").status_code == 204
    assert list(XapiState.objects.all()) == []


def test_too_large_documents_and_documents_of_others_are_refused(spoken) -> None:
    agent = json.dumps({"account": {"homePage": "https://kith.invalid/learners", "name": "x"}})

    assert spoken.state("PUT", "a", '"' + "x" * 64_000 + '"').status_code == 413
    assert spoken.state("PUT", "a", "{}", agent=agent).status_code == 400
    assert spoken.state("PUT", "a", "{}", agent="[").status_code == 400
    assert spoken.state("PUT", "a", "{}", registration=str(uuid4())).status_code == 400
    assert spoken.state("PUT", "a", "{}", activityId="urn:x").status_code == 400
    assert list(XapiState.objects.all()) == []


def test_a_unit_is_told_the_language_and_nothing_else_about_the_person(spoken) -> None:
    address = reverse("learning:xapi_profile", args=[spoken.run.pk])
    agent = json.dumps(spoken.party.agent)

    def get(name: str):
        query = {"agent": agent, "profileId": name}
        return spoken.client.get(address, query, headers=spoken.headers())

    assert get("cmi5LearnerPreferences").json().keys() == {"languagePreference", "audioPreference"}
    assert get("other").status_code == 404


def test_without_the_token_nothing_is_told_even_to_the_one_who_is_signed_in(spoken) -> None:
    sign_in(spoken.client, spoken.run.member)
    good = spoken.token
    names, _sign, _token = base64.b64decode(good).decode().partition(":")

    for token in ("", "x", base64.b64encode(f"{names}:x".encode()).decode(), good[:-4]):
        spoken.token = token
        assert spoken.say("passed").status_code == 401
        assert spoken.state("GET").status_code == 401


def test_who_left_the_organisation_has_no_record_any_more(spoken) -> None:
    with permit.lifted():
        spoken.run.member.active = False
        spoken.run.member.save()

    assert spoken.say("passed").status_code == 401


def test_closed_frames_may_ask_and_send_no_cookies(client, run) -> None:
    address = reverse("learning:xapi_statements", args=[run.pk])

    asked = client.options(address, headers={"Origin": "null"})
    wrong = client.delete(address)

    assert asked.status_code == 204
    assert asked["Access-Control-Allow-Origin"] == "*"
    assert "Authorization" in asked["Access-Control-Allow-Headers"]
    assert "Access-Control-Allow-Credentials" not in asked
    assert wrong.status_code == 405


def test_files_of_a_unit_may_speak_to_its_own_record_alone(client, run) -> None:
    address = reverse("learning:package_file", args=[run.package_id, queries.pass_for(run), "x"])

    answer = client.get(f"{address[:-1]}index.html")

    policy = dict(one.split(" ", 1) for one in answer["Content-Security-Policy"].split("; "))
    record = f"http://testserver/learning/packages/xapi/{run.pk}/"
    assert policy["connect-src"].split() == [f"http://testserver{address[:-1]}", "data:", "blob:",
                                             record]  # fmt: skip


def test_a_unit_counts_as_done_when_it_says_so() -> None:
    assert is_satisfied(MoveOn.COMPLETED_AND_PASSED, Completion.COMPLETED, Success.PASSED)
    assert not is_satisfied(MoveOn.COMPLETED_AND_PASSED, Completion.COMPLETED, Success.UNKNOWN)
    assert is_satisfied(MoveOn.COMPLETED_OR_PASSED, Completion.BEGUN, Success.PASSED)
    assert is_satisfied(MoveOn.NOT_APPLICABLE, Completion.NOT_BEGUN, Success.UNKNOWN)
    assert not is_satisfied(MoveOn.PASSED, Completion.COMPLETED, Success.FAILED)
    assert is_satisfied(MoveOn.COMPLETED, Completion.COMPLETED, Success.FAILED)


def test_a_start_leads_to_files_under_the_key_of_its_page_alone(client, run) -> None:
    sign_in(client, run.member)
    address = reverse("learning:package_launch", args=[run.pk])
    key = queries.pass_for(run)

    own = client.post(address, {"key": key}, headers={"Accept": "application/json"}).json()
    strange = client.post(address, {"key": "x"}, headers={"Accept": "application/json"}).json()

    assert f"/files/{key}/index.html?endpoint=" in own["url"]
    assert "/files/x/" not in strange["url"]
