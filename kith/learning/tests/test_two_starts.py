"""A page is loaded again while its unit says its last words: nobody stands in the other's way."""

from collections.abc import Callable
from threading import Event, Thread
from uuid import uuid4

import pytest
from django.db import connections

from kith.base import scope
from kith.gate.tests.factories import MembershipFactory, OrganisationFactory, actor_of
from kith.learning.commands import packages, xapi
from kith.learning.models import PackageLaunch
from kith.learning.queries import packages as queries
from kith.learning.queries.xapi import party_of
from kith.learning.rules.xapi import CMI5, said_in
from kith.learning.tests.factories import NOW
from kith.methods.learning.tests.package_files import cmi5, unit

VERBS = "http://adlnet.gov/expapi/verbs/"


@pytest.fixture
def run(fresh_database):
    organisation = OrganisationFactory()
    with scope.entered(organisation.pk):
        trainer = MembershipFactory(roles=["trainer"], organisation=organisation)
        mentor = MembershipFactory(mentor=True, organisation=organisation)
        package = packages.take_package(actor_of(trainer), content=cmi5(units=unit()))
        item = queries.items_of(package)[0]
        return packages.begin_run(actor_of(mentor), package=package, item=item, now=NOW)


@pytest.fixture
def at_once(run):
    """Does something on a connection of its own; what goes wrong is told in `faults`."""
    faults = []

    def begin(act: Callable[[], object]) -> Thread:
        def do() -> None:
            try:
                with scope.entered(run.organisation_id):
                    act()
            except Exception as fault:
                faults.append(fault)
            connections.close_all()

        thread = Thread(target=do)
        thread.start()
        return thread

    begin.faults = faults
    return begin


def say(run, launch, verb: str) -> None:
    party = party_of(run)
    statement = {
        "actor": party.agent,
        "verb": {"id": VERBS + verb},
        "object": {"id": party.activity},
        "context": {
            "registration": str(run.pk),
            "contextActivities": {"category": [{"id": CMI5}]},
        },
    }
    words = [said_in(statement, party, key=uuid4())]
    xapi.say(actor_of(run.member), run=run, launch=launch, statements=words, now=NOW)


def start(run) -> PackageLaunch:
    return xapi.launch(actor_of(run.member), run=run, now=NOW)[0]


def test_a_start_waits_for_the_last_words_of_the_one_before(run, at_once, monkeypatch) -> None:
    take, speaks, go_on = xapi._take, Event(), Event()
    with scope.entered(run.organisation_id):
        before = start(run)
        say(run, before, "initialized")

    def slowly(*args):
        speaks.set()
        assert go_on.wait(20)
        take(*args)

    monkeypatch.setattr(xapi, "_take", slowly)
    speaker = at_once(lambda: say(run, before, "terminated"))
    assert speaks.wait(20)
    starter = at_once(lambda: start(run))
    starter.join(1)
    is_waiting = starter.is_alive()
    go_on.set()
    for thread in (speaker, starter):
        thread.join(20)

    with scope.entered(run.organisation_id):
        starts = list(PackageLaunch.objects.filter(run=run).order_by("id"))
    assert at_once.faults == []
    assert is_waiting
    assert [one.is_over for one in starts] == [True, False]
