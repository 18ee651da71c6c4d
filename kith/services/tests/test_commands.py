"""Every act of this room: the directory, files brought in, referrals, what is said."""

import json
from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import (
    IntegrityError,
    transaction,  # noqa: TID251 - what the database refuses breaks it
)

from kith.base import permit, scope
from kith.base.errors import Denied
from kith.base.events import announce
from kith.base.files import content_of
from kith.consent.commands import AlreadyDecided, Signed
from kith.consent.queries import may_be_told
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, actor_of
from kith.people.commands import erase_person
from kith.people.events import ImportUndoAsked
from kith.people.tests.factories import PersonFactory
from kith.progress import permissions as progress_permissions
from kith.services import commands
from kith.services.commands import Sending, Source
from kith.services.models import (
    DirectoryImport,
    EntryReport,
    Feedback,
    ImportedEntry,
    Mark,
    Opening,
    Provider,
    Publisher,
    Referral,
    ReferralStep,
    Service,
    Spot,
)
from kith.services.queries import entries, referrals
from kith.services.rules.facts import ServiceState
from kith.services.rules.states import (
    Helped,
    Passed,
    Reason,
    ReferralState,
    Way,
    WrongEntry,
)
from kith.services.rules.writing import Written
from kith.services.tests.factories import FeedbackFactory, at, document, entry, open_on

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 2)
NOON = datetime(2026, 11, 2, 12, tzinfo=UTC)
CITY = Source("City of Poznań", "CC BY 4.0", "https://example.org/")
SIGNED = Signed("typed", "Amal Haddad")


@pytest.fixture
def ewa():
    member = MembershipFactory()
    with scope.entered(member.organisation_id):
        yield actor_of(member)


@pytest.fixture
def me(ewa):
    """A participant with an account."""
    member = MembershipFactory(organisation=ewa.organisation, participant=True)
    PersonFactory(organisation=ewa.organisation, is_participant=True, user=member.user)
    return actor_of(member)


@pytest.fixture
def amal(ewa, me):
    return referrals.own_record(me)


@pytest.fixture
def jan(ewa, amal, monkeypatch):
    """The mentor who accompanies Amal."""
    from django.db.models import Q

    member = MembershipFactory(organisation=ewa.organisation, mentor=True)
    reach = [lambda actor: Q(pk=amal.pk) if actor.user_id == member.user_id else Q(pk__in=[])]
    monkeypatch.setattr(progress_permissions, "_sources", reach)
    return actor_of(member)


@pytest.fixture
def course(ewa):
    return entry(ewa.organisation)


def upload(actor, *documents, source=CITY):
    content = json.dumps(list(documents)).encode()
    return commands.upload_directory(
        actor, content=content, filename="services.json", source=source
    )


def store(actor, batch):
    return commands.store_directory(actor, batch=batch, today=TODAY, now=NOON)


def names() -> list[str]:
    return list(Service.objects.order_by("sort_key").values_list("name", flat=True))


def offered(actor, person, service, **said):
    said = {"need": "", "wish": "", **said}
    return commands.offer_referral(
        actor, person=person, service=service, today=TODAY, now=NOON, **said
    )


def accepted(actor, person, service):
    row = offered(actor, person, service)
    if row.state == "accepted":
        return row
    return commands.answer_offer(actor, referral=row, accepts=True, today=TODAY, now=NOON)


def sent(actor, row, sending=Sending(Way.TOGETHER), on=TODAY):  # noqa: B008 - it cannot change
    return commands.note_sent(actor, referral=row, sending=sending, on=on, today=TODAY, now=NOON)


def answered(actor, row, state, reason=None, note=""):
    return commands.note_answer(
        actor, referral=row, state=state, reason=reason, note=note, on=TODAY, today=TODAY, now=NOON
    )


def agree(actor, row, *, agrees=True):
    commands.agree_to_sharing(
        actor,
        referral=row,
        agrees=agrees,
        language="en",
        signed=SIGNED if agrees else Signed("none"),
        now=NOON,
    )


BY_PHONE = Sending(Way.PHONE, [Passed.NAME, Passed.NEED], "Ms Nowak", TODAY + timedelta(days=90))


# ── The directory ────────────────────────────────────────────────────────────────────────────────


def test_a_written_entry_is_stored_with_everything_it_is_found_by(ewa) -> None:
    written = Written(
        "Kurs", "Słowo", needs=("language",), latitude=52.4, longitude=16.9, hours=((0, 540, 1020),)
    )

    row = commands.write_entry(ewa, written=written, service=None, today=TODAY)

    assert (row.name, row.provider.name, row.checked_on, row.needs) == (
        "Kurs",
        "Słowo",
        TODAY,
        ["language"],
    )
    assert list(Opening.objects.values_list("weekday", "opens", "closes")) == [(0, 540, 1020)]
    assert list(Spot.objects.values_list("latitude", "longitude")) == [(52.4, 16.9)]
    assert Mark.objects.filter(service=row).exists()


def test_changing_an_entry_writes_what_it_is_found_by_anew(ewa) -> None:
    row = entry(ewa.organisation, **at(52.4, 16.9), **open_on("MO", "9:00", "12:00"))

    commands.write_entry(ewa, written=Written("Nowy", "X"), service=row, today=TODAY)

    assert (Opening.objects.count(), Spot.objects.count(), names()) == (0, 0, ["Nowy"])


def test_checking_an_entry_settles_what_was_reported(ewa, me, course) -> None:
    commands.report_entry(me, service=course, what=WrongEntry.HOURS, note=" Closed ", today=TODAY)
    before = entries.reported_number(ewa)

    row = commands.mark_checked(ewa, service=course, today=TODAY)

    report = EntryReport.objects.get()
    assert (before, entries.reported_number(ewa)) == (1, 0)
    assert (report.note, report.settled_on) == ("Closed", TODAY)
    assert (row.checked_on, row.record["assured_date"]) == (TODAY, "2026-11-02")


def test_a_paused_service_takes_nobody(ewa, amal, course) -> None:
    paused = commands.set_state(ewa, service=course, state=ServiceState.PAUSED, today=TODAY)

    with pytest.raises(commands.ServiceNotOpen):
        offered(ewa, amal, paused)

    assert paused.record["status"] == "temporarily closed"


def test_an_agreement_cannot_end_before_it_begins(ewa, course) -> None:
    with pytest.raises(commands.AgreementEndsBeforeItBegins):
        commands.note_agreement(
            ewa, provider=course.provider, agreed_on=TODAY, agreed_until=TODAY - timedelta(days=1)
        )


@pytest.mark.parametrize("role", ["mentor", "participant", "supervisor", "volunteer_matcher"])
def test_only_coordinators_keep_the_directory(ewa, course, role) -> None:
    other = actor_of(MembershipFactory(organisation=ewa.organisation, roles=[role]))
    acts = [
        lambda: commands.write_entry(other, written=Written("A", "B"), service=None, today=TODAY),
        lambda: commands.mark_checked(other, service=course, today=TODAY),
        lambda: commands.set_state(other, service=course, state=ServiceState.CLOSED, today=TODAY),
        lambda: commands.note_agreement(
            other, provider=course.provider, agreed_on=TODAY, agreed_until=TODAY
        ),
        lambda: upload(other, document()),
        lambda: commands.save_as_json(other),
        lambda: commands.save_as_csv(other),
    ]

    for act in acts:
        with pytest.raises(Denied):
            act()

    assert names() == ["Język bez granic"]


# ── Files brought in ─────────────────────────────────────────────────────────────────────────────


def test_a_file_is_only_looked_at_before_the_yes(ewa) -> None:
    known = document("Known", id="k")
    store(ewa, upload(ewa, known))
    changed = {**known, "name": "Known better"}

    batch = upload(ewa, document("New", id="n"), changed, known | {"id": "k2"}, {"name": "Bad"})

    assert batch.counts == {"new": 2, "changed": 1, "same": 0, "unreadable": 1, "stayed": 0}
    assert names() == ["Known"]


def test_storing_brings_in_new_and_changed_entries_with_their_source(ewa) -> None:
    batch = store(ewa, upload(ewa, document("A"), document("B"), {"name": "Bad"}))

    assert (batch.state, batch.progress, names()) == ("stored", 2, ["A", "B"])
    publisher = Publisher.objects.get()
    assert (publisher.name, publisher.licence, publisher.brought_in_on) == (
        "City of Poznań",
        "CC BY 4.0",
        TODAY,
    )
    assert set(Service.objects.values_list("publisher", flat=True)) == {publisher.pk}


def test_a_file_cannot_be_stored_twice(ewa) -> None:
    batch = store(ewa, upload(ewa, document()))

    with pytest.raises(commands.ImportMoved):
        store(ewa, batch)


def test_taking_a_file_back_leaves_the_directory_as_it_was(ewa) -> None:
    first = document("First", id="f", **at(52.4, 16.9))
    store(ewa, upload(ewa, first))
    batch = upload(ewa, {**first, "name": "First changed"}, document("Second"))
    store(ewa, batch)

    commands.undo_directory(ewa, batch=batch)

    assert names() == ["First"]
    assert Service.objects.get().record == first
    assert Provider.objects.count() == 1


def test_what_was_changed_or_used_since_stays(ewa, amal) -> None:
    batch = upload(ewa, document("Used"), document("Changed"), document("Gone"))
    store(ewa, batch)
    offered(ewa, amal, Service.objects.get(name="Used"))
    commands.mark_checked(ewa, service=Service.objects.get(name="Changed"), today=TODAY)

    commands.undo_directory(ewa, batch=batch)

    batch.refresh_from_db()
    assert names() == ["Changed", "Used"]
    assert (batch.state, batch.counts["stayed"]) == ("undone", 2)


def test_rows_without_a_service_come_and_go_with_their_file(ewa) -> None:
    with commands.save_as_csv(ewa) as file:
        empty = file.read()
    from kith.services.rules.packing import csv_package

    rest = {"organization": [{"id": "o9", "name": "Alone", "description": "x"}]}
    with csv_package(lambda: [document()], rest, {}) as file:
        batch = commands.upload_directory(
            ewa, content=file.read(), filename="services.zip", source=CITY
        )
    store(ewa, batch)
    kept = entries.rest_to_export(ewa)

    commands.undo_directory(ewa, batch=DirectoryImport.objects.get())

    assert kept == rest
    assert entries.rest_to_export(ewa) == {}
    assert len(empty) > 0


def test_what_goes_in_comes_out_again(ewa) -> None:
    documents = [document("A", wait_time="long", extra={"ą": [1]}), document("B", **at(52.4, 16.9))]
    store(ewa, upload(ewa, *documents))

    with commands.save_as_json(ewa) as file:
        saved = json.load(file)["contents"]

    assert sorted(saved, key=lambda one: one["name"]) == documents


def test_a_file_thrown_away_leaves_nothing(ewa) -> None:
    batch = upload(ewa, document())

    commands.throw_away(ewa, batch=batch)

    assert (DirectoryImport.objects.count(), ImportedEntry.objects.count()) == (0, 0)


def test_an_unreadable_file_is_refused_with_its_reason(ewa) -> None:
    with pytest.raises(commands.UnreadableDirectory, match="There is no service in this file"):
        commands.upload_directory(ewa, content=b"[]", filename="x.json", source=CITY)

    assert DirectoryImport.objects.count() == 0


def test_a_long_file_goes_on_behind_the_page(ewa, monkeypatch) -> None:
    from kith.services.commands import imports

    asked = []
    monkeypatch.setattr(imports, "BIG_FILE", 1)
    monkeypatch.setattr(imports, "MOST_AT_ONCE", 2)
    monkeypatch.setattr(imports.jobs, "ask_for", lambda *said, **keys: asked.append((said, keys)))
    batch = store(ewa, upload(ewa, *(document(f"S{n}") for n in range(3))))
    before = names()

    parts = [commands.store_part(ewa, batch=batch, today=TODAY, now=NOON) for _again in range(3)]

    batch.refresh_from_db()
    assert (before, parts, batch.state, len(names())) == ([], [True, True, False], "stored", 3)
    assert asked == [(("services.work_on_import", ewa.organisation_id), {"batch_id": batch.pk})]


def test_old_files_are_forgotten_and_the_entries_stay(ewa) -> None:
    batch = store(ewa, upload(ewa, document("A")))
    stored = batch.file

    with permit.lifted():
        count = commands.forget_files([batch.pk])

    batch.refresh_from_db()
    assert (count, batch.file, names()) == (1, None, ["A"])
    with pytest.raises(FileNotFoundError):
        content_of(stored)


# ── Referrals ────────────────────────────────────────────────────────────────────────────────────


def test_an_offer_waits_for_the_person(ewa, amal, course) -> None:
    row = offered(ewa, amal, course, need="language", wish=" Evenings ")

    assert (row.state, row.ask_on, row.closed_on) == ("offered", date(2026, 11, 16), None)
    assert Referral.objects.get().wish == "Evenings"
    assert list(ReferralStep.objects.values_list("state", flat=True)) == ["offered"]


def test_who_asks_for_themself_has_said_yes(me, amal, course) -> None:
    row = offered(me, amal, course)

    assert (row.state, row.ask_on) == ("accepted", date(2026, 11, 9))


def test_a_mentor_offers_to_those_they_accompany_and_to_nobody_else(ewa, jan, amal, course) -> None:
    other = PersonFactory(organisation=ewa.organisation, is_participant=True)

    row = offered(jan, amal, course)
    with pytest.raises(Denied):
        offered(jan, other, course)

    assert list(Referral.objects.all()) == [row]


def test_one_referral_to_a_service_at_a_time(ewa, amal, course) -> None:
    first = offered(ewa, amal, course)

    with pytest.raises(commands.AlreadyOnTheWay):
        offered(ewa, amal, course)
    commands.answer_offer(ewa, referral=first, accepts=False, today=TODAY, now=NOON)
    again = offered(ewa, amal, course)

    assert (again.state, Referral.objects.count()) == ("offered", 2)


def test_a_no_needs_no_reason_and_ends_it(me, ewa, amal, course) -> None:
    row = offered(ewa, amal, course)

    row = commands.answer_offer(me, referral=row, accepts=False, today=TODAY, now=NOON)

    assert (row.state, row.closed_on, row.ask_on) == ("declined", TODAY, None)


def test_going_together_passes_nothing_on_and_needs_no_papers(ewa, amal, course) -> None:
    together = Sending(Way.TOGETHER, [Passed.NAME], "Ms Nowak", TODAY)

    row = sent(ewa, accepted(ewa, amal, course), together)

    step = ReferralStep.objects.get(state="sent")
    assert (row.state, step.way, step.passed, step.recipient, step.until) == (
        "sent",
        "together",
        [],
        "",
        None,
    )


def test_nothing_is_passed_on_without_a_yes_to_this_service(ewa, amal, course) -> None:
    row = accepted(ewa, amal, course)
    other = accepted(ewa, amal, entry(ewa.organisation, "Another one"))
    agree(ewa, other)

    with pytest.raises(commands.NoYesToSharing):
        sent(ewa, row, BY_PHONE)


def test_nothing_is_passed_on_without_an_agreement_in_force(ewa, amal, course) -> None:
    row = accepted(ewa, amal, course)
    agree(ewa, row)
    with pytest.raises(commands.NoAgreement):
        sent(ewa, row, BY_PHONE)

    commands.note_agreement(
        ewa,
        provider=course.provider,
        agreed_on=TODAY - timedelta(days=30),
        agreed_until=TODAY - timedelta(days=1),
    )
    with pytest.raises(commands.NoAgreement):
        sent(ewa, row, BY_PHONE)

    assert ReferralStep.objects.filter(state="sent").count() == 0


def ready_to_send(ewa, amal, course):
    row = accepted(ewa, amal, course)
    agree(ewa, row)
    commands.note_agreement(
        ewa, provider=course.provider, agreed_on=TODAY, agreed_until=TODAY + timedelta(days=365)
    )
    return row


def test_with_both_papers_it_is_noted_what_was_passed_on(ewa, amal, course) -> None:
    row = sent(ewa, ready_to_send(ewa, amal, course), BY_PHONE)

    step = ReferralStep.objects.get(state="sent")
    assert (row.state, row.ask_on) == ("sent", date(2026, 11, 16))
    assert (step.passed, step.recipient, step.until, step.by_id) == (
        ["name", "need"],
        "Ms Nowak",
        date(2027, 1, 31),
        ewa.membership.pk,
    )


@pytest.mark.parametrize(
    "sending",
    [
        Sending(Way.PHONE, [], "x", TODAY),
        Sending(Way.PHONE, [Passed.NAME], "x", None),
        Sending(Way.PHONE, [Passed.NAME], "x", TODAY - timedelta(days=1)),
        Sending(Way.PHONE, [Passed.NAME], "x", TODAY + timedelta(days=366)),
    ],
)
def test_what_was_passed_on_is_named_and_ends(ewa, amal, course, sending) -> None:
    row = ready_to_send(ewa, amal, course)

    with pytest.raises(commands.NothingChosen):
        sent(ewa, row, sending)


def test_a_yes_taken_back_counts_at_once_and_for_this_service_alone(me, ewa, amal, course) -> None:
    row = ready_to_send(ewa, amal, course)
    other = accepted(ewa, amal, entry(ewa.organisation, "Another one"))
    agree(me, other)

    commands.take_back_sharing(me, referral=row, now=NOON)

    told = [may_be_told(amal, commands.recipient_of(one.service)) for one in (row, other)]
    assert told == [False, True]
    with pytest.raises(commands.NoYesToSharing):
        sent(ewa, row, BY_PHONE)
    with pytest.raises(AlreadyDecided):
        commands.take_back_sharing(me, referral=row, now=NOON)


def test_a_no_to_sharing_leaves_the_referral_as_it_is(me, amal, course) -> None:
    row = accepted(me, amal, course)

    agree(me, row, agrees=False)

    row.refresh_from_db()
    assert (row.state, may_be_told(amal, commands.recipient_of(course))) == ("accepted", False)


def test_a_day_that_has_not_come_is_refused(ewa, amal, course) -> None:
    with pytest.raises(commands.InTheFuture):
        sent(ewa, accepted(ewa, amal, course), on=TODAY + timedelta(days=1))


@pytest.mark.parametrize(
    ("states", "over"),
    [
        ([ReferralState.TAKEN_ON, ReferralState.DONE], True),
        ([ReferralState.WAITING, ReferralState.TAKEN_ON], False),
        ([ReferralState.WAITING, ReferralState.FULL], True),
        ([ReferralState.FULL], True),
        ([ReferralState.TAKEN_ON, ReferralState.NOT_SUITABLE], True),
    ],
)
def test_a_service_answers(ewa, jan, amal, course, states, over) -> None:
    row = sent(ewa, accepted(ewa, amal, course))

    for state in states:
        row = answered(jan, row, state, note="Thursday")

    assert (row.state, row.closed_on is not None) == (states[-1].value, over)


def test_a_reason_is_kept_only_where_it_does_not_suit(ewa, amal, course) -> None:
    row = sent(ewa, accepted(ewa, amal, course))

    answered(ewa, row, ReferralState.WAITING, Reason.COST)
    answered(ewa, row, ReferralState.NOT_SUITABLE, Reason.COST)

    steps = ReferralStep.objects.order_by("id").values_list("state", "reason")
    assert list(steps)[-2:] == [("waiting", ""), ("not_suitable", "cost")]


@pytest.mark.parametrize("state", [ReferralState.DONE, ReferralState.ACCEPTED])
def test_a_step_that_does_not_follow_is_refused(ewa, amal, course, state) -> None:
    row = sent(ewa, accepted(ewa, amal, course))

    with pytest.raises(commands.MovedOn):
        answered(ewa, row, state)

    assert Referral.objects.get().state == "sent"


def test_the_person_takes_it_back_at_any_time(me, ewa, amal, course) -> None:
    row = sent(ewa, accepted(ewa, amal, course))

    row = commands.withdraw_referral(me, referral=row, today=TODAY, now=NOON)

    assert (row.state, row.closed_on) == ("withdrawn", TODAY)
    with pytest.raises(commands.MovedOn):
        commands.withdraw_referral(me, referral=row, today=TODAY, now=NOON)


def test_without_news_the_question_comes_again_later(ewa, amal, course) -> None:
    row = sent(ewa, accepted(ewa, amal, course))
    limits = [date(2026, 11, 15), date(2026, 11, 16)]
    before = [len(referrals.to_ask_about(ewa, day, 5)) for day in limits]

    commands.ask_later(ewa, referral=row, today=limits[1])

    after = [len(referrals.to_ask_about(ewa, day, 5)) for day in (limits[1], date(2026, 11, 30))]
    assert (before, after) == ([0, 1], [0, 1])


@pytest.mark.parametrize("who", ["mentor", "participant", "volunteer_matcher", "supervisor"])
def test_only_coordinators_note_that_something_was_sent(ewa, amal, course, who) -> None:
    row = accepted(ewa, amal, course)
    other = actor_of(MembershipFactory(organisation=ewa.organisation, roles=[who]))

    with pytest.raises(Denied):
        sent(other, row)
    with pytest.raises(Denied):
        commands.answer_offer(other, referral=row, accepts=False, today=TODAY, now=NOON)

    assert list(referrals.referrals(other)) == []


def test_a_mentor_does_not_sign_for_the_person(ewa, jan, amal, course) -> None:
    row = accepted(ewa, amal, course)

    with pytest.raises(Denied):
        agree(jan, row)


def test_another_organisation_reaches_nothing(ewa, amal, course) -> None:
    row = offered(ewa, amal, course)
    stranger = actor_of(MembershipFactory())

    with pytest.raises(Denied):
        commands.mark_checked(stranger, service=course, today=TODAY)
    with pytest.raises(Denied):
        commands.answer_offer(stranger, referral=row, accepts=True, today=TODAY, now=NOON)

    with scope.entered(stranger.organisation_id):
        found = [Service.objects.count(), Referral.objects.count(), Mark.objects.count()]
    assert found == [0, 0, 0]


def test_the_database_keeps_what_must_hold(ewa, amal, course) -> None:
    row = offered(ewa, amal, course)
    broken = [
        {"state": "lost"},
        {"closed_on": TODAY},
    ]

    for change in broken:
        with pytest.raises(IntegrityError), transaction.atomic(), permit.lifted():
            Referral.objects.filter(pk=row.pk).update(**change)


def test_each_step_leaves_a_line_without_words(ewa, amal, course) -> None:
    row = offered(ewa, amal, course, wish="secret wish")
    sent(ewa, commands.answer_offer(ewa, referral=row, accepts=True, today=TODAY, now=NOON))

    lines = AuditEvent.objects.order_by("seq").values_list("verb", "changes")
    verbs = [verb for verb, _changes in lines if verb.startswith("services.")]
    assert verbs == ["services.offer", "services.answer", "services.send"]
    assert "secret" not in str(list(lines))


# ── Letting go, and what is said ─────────────────────────────────────────────────────────────────


def test_an_erased_person_has_no_referral(ewa, amal, course) -> None:
    offered(ewa, amal, course)

    erase_person(ewa, person=amal, today=TODAY, now=NOON)

    assert (Referral.objects.count(), ReferralStep.objects.count()) == (0, 0)


def test_referrals_are_erased_two_years_after_their_end(ewa, amal, course) -> None:
    row = offered(ewa, amal, course)
    commands.answer_offer(ewa, referral=row, accepts=False, today=TODAY, now=NOON)

    due = [list(referrals.closed_before(day)) for day in (TODAY - timedelta(days=1), TODAY)]
    with permit.lifted():
        count = commands.remove_closed(due[1])

    assert (due, count, Referral.objects.count()) == ([[], [row.pk]], 1, 0)


def test_who_has_a_referral_stays_when_a_list_is_taken_back(ewa, amal, course) -> None:
    offered(ewa, amal, course)
    fact = ImportUndoAsked(amal.pk, [amal.pk])

    with permit.lifted():
        announce(fact)

    assert str(fact.stays[amal.pk]) == "has a referral"


def say(actor, row, helped=Helped.YES, **said):
    said = {"hard_to_reach": None, "comment": "", **said}
    commands.say_how_it_was(actor, referral=row, helped=helped, today=TODAY, **said)


def test_what_is_said_is_kept_without_the_person(ewa, me, amal, course) -> None:
    row = answered(ewa, sent(ewa, accepted(ewa, amal, course)), ReferralState.TAKEN_ON)

    say(me, row, hard_to_reach=True, comment=" Kind people ")

    kept = Feedback.objects.get()
    fields = {field.name for field in Feedback._meta.concrete_fields}
    assert (kept.helped, kept.hard_to_reach, kept.comment) == ("yes", True, "Kind people")
    assert kept.created_at == datetime(2026, 11, 1, tzinfo=UTC)
    assert kept.pk.version == 4
    assert fields == {
        "id",
        "created_at",
        "organisation",
        "service",
        "helped",
        "hard_to_reach",
        "comment",
    }


def test_each_referral_is_asked_about_once_and_not_before_the_answer(ewa, me, amal, course) -> None:
    row = sent(ewa, accepted(ewa, amal, course))

    with pytest.raises(commands.NotYetKnown):
        say(me, row)
    row = answered(ewa, row, ReferralState.FULL)
    say(me, row)
    with pytest.raises(commands.AlreadySaid):
        say(me, row)

    assert Feedback.objects.count() == 1


def test_counts_are_shown_from_ten_answers_on(ewa, me, course) -> None:
    for _nine in range(9):
        FeedbackFactory(service=course, hard_to_reach=True)
    before = entries.voices_of(me, course)
    FeedbackFactory(service=course, helped="no", comment="Bring papers")

    after, mine = entries.voices_of(ewa, course), entries.voices_of(me, course)

    assert before is None
    assert (after.total, after.helped[Helped.YES], after.helped[Helped.NO]) == (10, 9, 1)
    assert (after.hard_to_reach, after.comments, mine.comments) == (9, ["Bring papers"], [])
