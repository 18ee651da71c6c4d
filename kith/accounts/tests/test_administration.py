"""Jobs for the platform administrator, the audit for the data protection lead."""

from datetime import timedelta

import pytest
from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext

from kith.accounts.jobs import nightly
from kith.accounts.models import Draft, Invitation, Visit
from kith.accounts.permissions import TIDYING
from kith.accounts.rules import RECORDS
from kith.accounts.tests.factories import (
    DraftFactory,
    InvitationFactory,
    VisitFactory,
    verbs,
)
from kith.base import clock, jobs, scope
from kith.gate import jobs as runner
from kith.gate.actor import job_actor
from kith.gate.commands import note
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in

pytestmark = pytest.mark.django_db


def test_every_periodic_job_is_listed_with_its_last_run(client) -> None:
    root = MembershipFactory(administrator=True)
    runner.run(TIDYING, root.organisation_id)
    sign_in(client, root)

    page = client.get("/administration/")

    lines = {line.job.name: line.run for line in page.context["lines"]}
    assert sorted(lines) == sorted(job.name for job in jobs.registered() if job.cron)
    assert (lines[TIDYING].state, lines[TIDYING].result) == ("done", "cleared 0")


def test_a_failed_job_is_said_on_top(client, monkeypatch) -> None:
    root = MembershipFactory(administrator=True)

    def stumble(_actor):
        raise ZeroDivisionError

    monkeypatch.setitem(jobs._register, TIDYING, jobs.Job(TIDYING, "x", stumble, jobs.DAILY))
    with pytest.raises(ZeroDivisionError):
        runner.run(TIDYING, root.organisation_id)
    sign_in(client, root)

    page = client.get("/administration/")

    assert page.context["health"]["failed"] == 1
    assert "1 job failed at its last run." in page.content.decode()


@pytest.mark.parametrize("role", ["coordinator", "mentor", "data_protection_lead"])
def test_others_see_no_administration(client, role) -> None:
    sign_in(client, MembershipFactory(roles=[role]))

    assert client.get("/administration/").status_code == 404


# ── Audit ────────────────────────────────────────────────────────────────────────────────────────


def lead(**traits):
    return MembershipFactory(roles=["data_protection_lead"], **traits)


def seen(client, query=""):
    page = client.get(f"/audit/{query}")
    return [(line.event.verb, line.who) for line in page.context["lines"]]


def test_the_lead_reads_who_did_what_with_names(client) -> None:
    zofia = lead(name="Zofia")
    ewa = MembershipFactory(organisation=zofia.organisation, name="Ewa")
    note(actor_of(ewa), "people.see_person", ewa)
    sign_in(client, zofia)

    assert seen(client) == [("people.see_person", "Ewa")]


def test_what_a_line_is_about_stands_in_the_language_of_the_page(client) -> None:
    zofia = lead()
    note(actor_of(zofia), "a", zofia)
    note(actor_of(zofia), "b", zofia.user)
    sign_in(client, zofia)

    page = client.get("/audit/", headers={"accept-language": "pl"})

    assert [line.record for line in page.context["lines"]] == ["Konto", "Członek, członkini"]


def test_every_kind_of_record_with_words_is_a_table() -> None:
    tables = {model._meta.label for model in apps.get_models()}

    assert set(RECORDS) - tables == set()


def test_looking_at_the_audit_is_written_down_too(client) -> None:
    zofia = lead()
    sign_in(client, zofia)

    client.get("/audit/")

    assert verbs(zofia) == ["accounts.read_audit"]


def test_lines_are_found_by_record_and_by_person(client) -> None:
    zofia = lead(name="Zofia")
    ewa = MembershipFactory(organisation=zofia.organisation, name="Ewa")
    jan = MembershipFactory(organisation=zofia.organisation, name="Jan")
    note(actor_of(ewa), "a", ewa)
    note(actor_of(jan), "b", ewa)
    note(actor_of(jan), "c", jan)
    sign_in(client, zofia)

    by_row = seen(client, f"?row={ewa.pk}")
    by_who = seen(client, f"?who={jan.user_id}")

    assert by_row == [("b", "Jan"), ("a", "Ewa")]
    assert by_who == [("c", "Jan"), ("b", "Jan")]


def test_a_refusal_reads_as_one(client) -> None:
    zofia = lead()
    note(actor_of(zofia), "refused: accounts.invite")
    sign_in(client, zofia)

    [line] = client.get("/audit/").context["lines"]

    assert line.sentence == "Tried in vain: Invite someone and give roles"


def test_the_lines_of_another_organisation_stay_there(client) -> None:
    zofia, stranger = lead(), lead()
    note(actor_of(stranger), "a", stranger)
    sign_in(client, zofia)

    assert seen(client) == []
    assert seen(client, f"?row={stranger.pk}") == []


def test_a_long_audit_goes_on_where_it_stopped_with_the_same_number_of_queries(client) -> None:
    zofia = lead()
    for number in range(60):
        note(actor_of(zofia), f"act {number:02}")
    sign_in(client, zofia)
    client.get("/account/")

    with CaptureQueriesContext(connection) as first_queries:
        first = client.get("/audit/")
    with CaptureQueriesContext(connection) as second_queries:
        second = client.get(f"/audit/{first.context['next_url']}")

    pages = [[line.event.verb for line in page.context["lines"]] for page in (first, second)]
    assert pages[0] == [f"act {number:02}" for number in range(59, 9, -1)]
    assert pages[1] == [f"act {number:02}" for number in range(9, -1, -1)]
    assert len(first_queries) == len(second_queries)


@pytest.mark.parametrize(
    "query", ["?row=x", "?before=x", "?before=99999999999999999999", "?who=%00"]
)
def test_nonsense_in_the_address_does_not_break_the_page(client, query) -> None:
    sign_in(client, lead())

    assert client.get(f"/audit/{query}").status_code == 200


@pytest.mark.parametrize("role", ["coordinator", "platform_administrator", "mentor"])
def test_others_read_no_audit(client, role) -> None:
    sign_in(client, MembershipFactory(roles=[role]))

    assert client.get("/audit/").status_code == 404


# ── Tidying ──────────────────────────────────────────────────────────────────────────────────────


def test_the_night_clears_ended_sessions_old_links_and_old_drafts() -> None:
    ewa = MembershipFactory()
    organisation, user, now = ewa.organisation, ewa.user, clock.now()
    Session.objects.create(session_key="live", expire_date=now + timedelta(hours=1))
    Session.objects.create(session_key="ended", expire_date=now - timedelta(hours=1))
    VisitFactory(organisation=organisation, user=user, session_key="live")
    VisitFactory(organisation=organisation, user=user, session_key="ended")
    DraftFactory(organisation=organisation, user=user, expires_at=now - timedelta(minutes=1))
    InvitationFactory(organisation=organisation, expires_at=now - timedelta(days=8))
    kept = InvitationFactory(organisation=organisation, expires_at=now - timedelta(days=6))

    result = nightly(job_actor(TIDYING, organisation))

    with scope.entered(organisation.pk):
        assert [visit.session_key for visit in Visit.objects.all()] == ["live"]
        assert list(Draft.objects.all()) == []
        assert [one.pk for one in Invitation.objects.all()] == [kept.pk]
    assert result == "cleared 3"
