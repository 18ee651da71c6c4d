"""The pages of people: what they show, keep and refuse, and to whom they stay closed."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from kith.base import scope
from kith.gate.roles import Role
from kith.gate.tests.factories import MembershipFactory, actor_of, sign_in
from kith.people import commands
from kith.people.models import (
    Children,
    Family,
    Group,
    GroupMember,
    MentorCheck,
    MentorProfile,
    ParticipantProfile,
    Person,
    PersonLanguage,
)
from kith.people.rules import CheckKind
from kith.people.tests.factories import (
    GroupFactory,
    MentorCheckFactory,
    MentorFactory,
    ParticipantFactory,
    PersonFactory,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def member():
    """A coordinator."""
    return MembershipFactory(name="Ewa Mostowska")


@pytest.fixture
def page(client, member):
    """The browser of a coordinator, inside the organisation."""
    sign_in(client, member)
    with scope.entered(member.organisation_id, user_id=member.user_id):
        yield client


@pytest.fixture
def oksana(page, member):
    """A participant of this organisation."""
    return commands.add_participant(actor_of(member), name="Oksana Kowalczuk", adult=True)


@pytest.fixture
def jan(page, member):
    """A mentor of this organisation."""
    return commands.add_mentor(actor_of(member), name="Jan Nowak", adult=True)


def get(page, name: str, /, *args, **query):
    return page.get(reverse(f"people:{name}", args=args), query)


def post(page, name: str, /, *args, **typed):
    return page.post(reverse(f"people:{name}", args=args), typed)


def text(answer) -> str:
    return " ".join(answer.content.decode().split())


def back_at(answer, name: str, *args) -> bool:
    return (answer.status_code, answer.headers.get("Location")) == (
        302,
        reverse(f"people:{name}", args=args),
    )


# ── Lists ────────────────────────────────────────────────────────────────────────────────────────


def test_people_begin_with_the_participants(page) -> None:
    assert back_at(get(page, "start"), "participants")


def test_an_empty_list_says_what_to_do_first(page) -> None:
    answer = get(page, "participants")

    assert text(answer).count("Bring in the list you keep today, or add people one by one.") == 1


def test_a_list_shows_people_and_a_search_finds_them_in_another_script(page, oksana, jan) -> None:
    everyone = [str(line.person.name) for line in get(page, "participants").context["part"].lines]
    found = get(page, "participants", q="Ковальчук").context["part"].lines
    nobody = get(page, "mentors", q="Ковальчук")

    assert everyone == ["Oksana Kowalczuk"]
    assert [line.person for line in found] == [oksana]
    assert text(nobody).count("Nobody of this name is here") == 1


def test_an_empty_filter_leads_back_to_everyone(page, oksana) -> None:
    assert text(get(page, "participants", show="mine")).count("Nobody here at the moment") == 1


def test_the_next_part_of_a_list_is_a_link_with_the_filter_kept(page, member, monkeypatch) -> None:
    monkeypatch.setattr("kith.people.queries.lists.LINES_AT_ONCE", 1)
    monkeypatch.setattr("kith.people.queries.lists.MOST_COUNTED", 1)
    for _number in range(2):
        ParticipantFactory(organisation=member.organisation, responsible=member)

    first = get(page, "participants", show="mine")
    following = page.get(reverse("people:participants") + first.context["next_url"])

    assert first.context["next_url"].startswith("?show=mine&after=")
    assert following.context["first_url"] == "?show=mine"
    assert len(following.context["part"].lines) == 1
    labels = [str(one.label) for one in first.context["filters"]]
    assert labels[:2] == [
        'All <span class="filters-count">1+</span>',
        'Mine <span class="filters-count">1+</span>',
    ]


@pytest.mark.parametrize("role", [Role.MENTOR, Role.PARTICIPANT, Role.PLATFORM_ADMINISTRATOR])
def test_lists_stay_closed_to_other_roles(client, role: Role) -> None:
    sign_in(client, MembershipFactory(roles=[role]))

    for name in ("participants", "mentors", "checks", "groups", "imports", "new_participant"):
        assert get(client, name).status_code == 404


def test_a_list_of_a_supervisor_says_when_nobody_is_here(client) -> None:
    sign_in(client, MembershipFactory(roles=[Role.SUPERVISOR]))

    assert text(get(client, "mentors")).count("Nobody is here yet") == 1
    assert text(get(client, "mentors", q="Anna")).count("Nobody of this name is here") == 1


# ── Someone new ──────────────────────────────────────────────────────────────────────────────────


def test_a_participant_is_added_and_belongs_to_the_one_who_wrote(page, member) -> None:
    assert get(page, "new_participant").status_code == 200

    answer = page.post(
        reverse("people:new_participant"),
        {
            "name": "Oksana Kowalczuk",
            "adult": "on",
            "channel": "signal",
            "safe_to_write": "no",
            "language": "pl",
            "languages-language": ["uk", ""],
            "languages-level": ["5", ""],
            "needs": ["work"],
            "asked_on": "2026-10-01",
        },
    )

    person = Person.objects.get()
    assert back_at(answer, "person", person.pk)
    assert (person.responsible, person.channel, person.safe_to_write) == (member, "signal", False)
    assert ParticipantProfile.objects.get().asked_on == date(2026, 10, 1)
    assert list(PersonLanguage.objects.values_list("code", "level")) == [("uk", 5)]


def test_letters_go_out_in_the_language_someone_speaks_best_unless_another_is_chosen(page) -> None:
    spoken = {"languages-language": ["uk", "ar"], "languages-level": ["5", "3"]}
    typed = {"adult": "on", "channel": "phone", "capacity": "2", **spoken}

    left_open = get(page, "new_mentor").context["form"]["language"].value()
    post(page, "new_mentor", **typed, name="Yusuf Haddad", language="")
    post(page, "new_mentor", **typed, name="Karim Aziz", language="en")

    assert left_open is None
    assert [person.language for person in Person.objects.order_by("id")] == ["ar", "en"]


def test_someone_with_a_phone_that_is_here_already_is_asked_about_before_anything_is_stored(
    page, member
) -> None:
    mother = commands.add_participant(
        actor_of(member), name="Oksana Kowalczuk", adult=True, phone="+48 600 100 200"
    )
    typed = {
        "name": "Iryna Kowalczuk",
        "adult": "on",
        "channel": "signal",
        "phone": "600100200",
        "languages-language": ["uk", ""],
        "languages-level": ["5", ""],
        "needs": ["work"],
    }

    asked = post(page, "new_participant", **typed)

    said = text(asked)
    form = asked.context["form"]
    assert Person.objects.count() == 1
    assert said.count("Someone with this phone number is already here:") == 1
    assert said.count(reverse("people:person", args=[mother.pk])) == 1
    assert [form[name].value() for name in ("name", "phone", "channel", "needs")] == [
        "Iryna Kowalczuk",
        "600100200",
        "signal",
        ["work"],
    ]

    stored = post(page, "new_participant", **typed, although_here=asked.context["contact"])

    daughter = Person.objects.exclude(pk=mother.pk).get()
    assert back_at(stored, "person", daughter.pk)
    assert daughter.name == "Iryna Kowalczuk"


def test_a_yes_to_one_shared_phone_is_no_yes_to_another(page, member) -> None:
    for name, phone in (("Oksana", "600100200"), ("Yusuf", "600100300")):
        commands.add_mentor(actor_of(member), name=name, adult=True, phone=phone)
    typed = {"name": "Jan", "adult": "on", "channel": "phone", "capacity": "2"}

    first = post(page, "new_mentor", **typed, phone="600100200")
    yes = first.context["contact"]
    second = post(page, "new_mentor", **typed, phone="600100300", although_here=yes)

    assert [str(one.person.name) for one in second.context["here"]] == ["Yusuf"]
    assert Person.objects.count() == 2


def test_someone_who_is_not_confirmed_as_an_adult_stays_out_and_what_was_typed_stays(page) -> None:
    answer = post(page, "new_mentor", name="Jan Nowak", channel="phone", language="pl", capacity=2)

    form = answer.context["form"]
    assert form.errors == {"adult": ["Tick this to go on."]}
    assert form["name"].value() == "Jan Nowak"
    assert Person.objects.count() == 0


def test_a_mentor_is_added(page) -> None:
    typed = {"name": "Jan", "adult": "on", "channel": "phone", "language": "pl", "capacity": "2"}

    answer = post(page, "new_mentor", **typed)

    assert back_at(answer, "person", Person.objects.get().pk)
    assert MentorProfile.objects.get().capacity == 2


# ── Records ──────────────────────────────────────────────────────────────────────────────────────


def test_a_record_shows_every_section(page, member, oksana) -> None:
    ewa, now = actor_of(member), timezone.now()
    commands.set_languages(ewa, person=oksana, languages={"uk": 5}, now=now)
    commands.set_availability(
        ewa,
        person=oksana,
        slots=["mon-eve", *(f"{d}-am" for d in ("mon", "tue", "wed", "thu", "fri", "sat", "sun"))],
        now=now,
    )
    commands.set_place(ewa, person=oksana, place="Wilda", max_km=5, online=False, now=now)
    commands.make_family(ewa, person=oksana, label="Kowalczuk", children={"3-6": 2}, now=now)

    said = text(get(page, "person", oksana.pk))

    for words in (
        "<h1>Oksana Kowalczuk</h1>",
        "Ukrainian",
        "like a first language",
        "every day",
        "up to 5 km away",
        "does not suit",
        "2 children, 3 to 6 years",
    ):
        assert said.count(words) == 1


def test_wishes_and_topics_stand_between_commas_because_some_hold_an_and(
    page, member, oksana, jan
) -> None:
    ewa, now = actor_of(member), timezone.now()
    needs, hobbies = ["school", "health"], ["music", "repairs"]
    commands.set_hopes(ewa, person=oksana, needs=needs, interests=hobbies, now=now)
    commands.set_offer(ewa, person=jan, topics=needs, interests=hobbies, now=now)

    pages = [text(get(page, "person", person.pk)) for person in (oksana, jan)]

    for said in pages:
        assert said.count("<p>School and childcare, health and doctors</p>") == 1
        assert said.count("music, making and repairing things") == 1


def test_a_mentors_record_shows_checks_in_words_and_the_pause(page, member, jan) -> None:
    ewa, now, today = actor_of(member), timezone.now(), timezone.localdate()
    for kind, ends in ((CheckKind.REFERENCES, 12), (CheckKind.INTERVIEW, -3)):
        MentorCheckFactory(
            person=jan,
            organisation=member.organisation,
            kind=kind,
            done_on=None,
            valid_until=today + timedelta(days=ends),
        )
    for until in (today + timedelta(days=400), None):
        commands.record_check(
            ewa,
            person=jan,
            kind=CheckKind.IDENTITY,
            done_on=today,
            valid_until=until,
            today=today,
            now=now,
        )
    commands.pause_mentor(ewa, person=jan, until=today + timedelta(days=9), today=today, now=now)

    shown = get(page, "person", jan.pk)

    found = [(one.label, one.tone, one.words) for one in shown.context["checks"]]
    assert found == [
        ("identity", "good", "done today · seen by Ewa Mostowska"),
        ("references", "warn", ""),
        ("interview", "warn", ""),
    ]
    assert text(shown).count("pausing, back in 9 days") == 1


def test_a_record_of_someone_on_both_sides_in_the_archive_says_so(page, member) -> None:
    person = ParticipantFactory(
        organisation=member.organisation,
        called="Ksenia",
        is_mentor=True,
        archived_at=timezone.now(),
    )

    context = get(page, "person", person.pk).context["head"].context

    assert context == "Participant · Mentor · likes to be called Ksenia · in the archive"


def test_a_colleagues_record_asks_why_and_opens_then(page, member) -> None:
    colleague = MembershipFactory(organisation=member.organisation)
    person = ParticipantFactory(organisation=member.organisation, responsible=colleague)
    url = reverse("people:person", args=[person.pk])

    asked = page.get(url)
    page.post(
        reverse("web:give_reason"),
        {"row_id": str(person.pk), "reason": "Zofia is ill.", "next": url},
    )

    assert asked.status_code == 403
    assert text(asked).count("Why do you open this record?") >= 1
    assert page.get(url).status_code == 200


def test_nobody_of_another_organisation_is_shown_or_changed(page) -> None:
    stranger = ParticipantFactory(name="Stranger", is_mentor=True)
    group = GroupFactory()
    check = MentorCheckFactory()

    for name in ("person", "pause", "erase", "new_check", "family", "family_adult"):
        assert get(page, name, stranger.pk).status_code == 404
    for name in ("end_pause", "take_on", "take_side", "archive", "leave_family", "erase"):
        assert post(page, name, stranger.pk, sure="on").status_code == 404
    for name in ("group", "change_group", "group_member"):
        assert get(page, name, group.pk).status_code == 404
    assert post(page, "remove_check", check.pk).status_code == 404
    assert get(page, "section", stranger.pk, "name").status_code == 404
    with scope.entered(stranger.organisation_id):
        assert Person.objects.get(pk=stranger.pk).archived_at is None


def test_people_find_their_own_record_and_change_their_times(client) -> None:
    own = MembershipFactory(roles=[Role.MENTOR])
    sign_in(client, own)
    with scope.entered(own.organisation_id, user_id=own.user_id):
        me = MentorFactory(organisation=own.organisation, user=own.user)

        assert back_at(get(client, "me"), "person", me.pk)
        shown = get(client, "person", me.pk)
        changed = post(client, "section", me.pk, "times", slots=["sat-am"])
        refused = post(client, "section", me.pk, "name", name="Else", language="pl")

        assert (shown.context["change"]["times"] != "", shown.context["change"]["name"]) == (
            True,
            "",
        )
        assert back_at(changed, "person", me.pk)
        assert refused.status_code == 404
        assert Person.objects.get(pk=me.pk).availability == ["sat-am"]


def test_someone_without_a_record_of_their_own_finds_none(page) -> None:
    assert get(page, "me").status_code == 404


# ── Sections ─────────────────────────────────────────────────────────────────────────────────────


@pytest.mark.parametrize(
    ("key", "typed", "stored"),
    [
        ("name", {"name": "Oksana N", "language": "ar"}, ("name", "Oksana N")),
        ("contact", {"channel": "sms", "safe_to_write": "yes"}, ("safe_to_write", True)),
        ("times", {"slots": ["tue-pm"]}, ("availability", ["tue-pm"])),
        ("place", {"place": "Wilda", "max_km": "7", "online": ""}, ("max_km", 7)),
    ],
)
def test_a_section_is_changed_on_its_own_page(page, oksana, key, typed, stored) -> None:
    assert get(page, "section", oksana.pk, key).status_code == 200

    answer = post(page, "section", oksana.pk, key, **typed)

    assert back_at(answer, "person", oksana.pk)
    assert getattr(Person.objects.get(pk=oksana.pk), stored[0]) == stored[1]


def test_hopes_are_changed(page, oksana) -> None:
    get(page, "section", oksana.pk, "hopes")

    post(page, "section", oksana.pk, "hopes", needs=["work", "health"], gender_wish="woman")

    row = ParticipantProfile.objects.get()
    assert (row.needs, row.gender_wish) == (["work", "health"], "woman")


def test_an_offer_is_changed(page, jan) -> None:
    get(page, "section", jan.pk, "offer")

    post(page, "section", jan.pk, "offer", topics=["work"], capacity="3", settled_here="on")

    row = MentorProfile.objects.get()
    assert (row.topics, row.capacity, row.settled_here) == (["work"], 3, True)


def test_languages_are_changed_and_one_must_be_left(page, oksana) -> None:
    typed = {"languages-language": ["uk"], "languages-level": ["5"]}
    page.post(reverse("people:section", args=[oksana.pk, "languages"]), typed)
    empty = post(page, "section", oksana.pk, "languages")

    assert get(page, "section", oksana.pk, "languages").status_code == 200
    assert empty.context["form"].errors == {"languages": ["Add at least one language."]}
    assert list(PersonLanguage.objects.values_list("code", "level")) == [("uk", 5)]


def test_a_section_of_the_other_side_is_not_there(page, oksana, jan) -> None:
    assert get(page, "section", oksana.pk, "offer").status_code == 404
    assert get(page, "section", jan.pk, "hopes").status_code == 404
    assert get(page, "section", jan.pk, "nationality").status_code == 404


def test_what_was_typed_stays_when_a_section_is_refused(page, oksana) -> None:
    answer = post(page, "section", oksana.pk, "contact", email="no address", channel="phone")

    assert answer.context["form"]["email"].value() == "no address"
    assert answer.status_code == 200


# ── Acts of a record ─────────────────────────────────────────────────────────────────────────────


def test_a_pause_begins_and_ends(page, jan, oksana) -> None:
    until = timezone.localdate() + timedelta(days=20)
    past = post(page, "pause", jan.pk, until=timezone.localdate().isoformat())
    begun = post(page, "pause", jan.pk, until=until.isoformat())

    assert past.context["form"].non_field_errors() == ["Choose a day after today."]
    assert back_at(begun, "person", jan.pk)
    assert get(page, "pause", jan.pk).context["form"]["until"].value() == until
    assert get(page, "pause", oksana.pk).status_code == 404
    post(page, "end_pause", jan.pk)
    assert MentorProfile.objects.get().paused_until is None


def test_someone_is_taken_on_archived_and_takes_the_other_side(page, member, oksana, jan) -> None:
    post(page, "take_on", oksana.pk, mine="yes")
    assert Person.objects.get(pk=oksana.pk).responsible == member
    post(page, "take_on", oksana.pk, mine="no")
    assert Person.objects.get(pk=oksana.pk).responsible is None

    post(page, "archive", oksana.pk)
    assert Person.objects.get(pk=oksana.pk).archived_at is not None
    post(page, "archive", oksana.pk)
    assert Person.objects.get(pk=oksana.pk).archived_at is None

    post(page, "take_side", oksana.pk)
    post(page, "take_side", jan.pk)
    assert Person.objects.filter(is_mentor=True, is_participant=True).count() == 2


def test_erasing_asks_first_and_leads_back_to_the_list(page, oksana, jan) -> None:
    assert get(page, "erase", oksana.pk).status_code == 200
    unsure = post(page, "erase", oksana.pk)
    assert unsure.context["form"].errors == {"sure": ["Tick this to go on."]}

    assert back_at(post(page, "erase", oksana.pk, sure="on"), "participants")
    assert back_at(post(page, "erase", jan.pk, sure="on"), "mentors")

    assert get(page, "person", oksana.pk).status_code == 404
    assert get(page, "participants").context["part"].lines == []


# ── Checks ───────────────────────────────────────────────────────────────────────────────────────


def test_a_check_is_noted_and_taken_back(page, member, jan) -> None:
    today = timezone.localdate()
    offered = get(page, "new_check", jan.pk, kind="references").context["form"]

    wrong = post(page, "new_check", jan.pk, kind="references", done_on="2999-01-01")
    noted = post(page, "new_check", jan.pk, kind="references", done_on=today.isoformat())

    assert (offered["kind"].value(), offered["done_on"].value()) == ("references", today)
    assert wrong.context["form"].non_field_errors() == ["The day of the check cannot lie ahead."]
    assert back_at(noted, "person", jan.pk)
    check = MentorCheck.objects.get()
    assert check.seen_by == member
    assert back_at(post(page, "remove_check", check.pk), "person", jan.pk)
    assert MentorCheck.objects.count() == 0


def test_participants_have_no_checks(page, oksana) -> None:
    assert get(page, "new_check", oksana.pk).status_code == 404


def test_checks_to_renew_stand_on_one_page_and_on_today(page, member, jan) -> None:
    assert text(get(page, "checks")).count("All checks hold") == 1
    for kind in list(CheckKind)[:4]:
        MentorCheckFactory(
            person=jan,
            organisation=member.organisation,
            kind=kind,
            done_on=None,
            valid_until=timezone.localdate(),
        )

    said = text(get(page, "checks"))
    today = text(page.get("/"))

    assert said.count("ends today") == 4
    assert today.count("4 mentor checks end soon") >= 1
    assert today.count("and 1 more.") == 1


# ── Families and groups ──────────────────────────────────────────────────────────────────────────


def test_a_family_is_made_changed_joined_and_left(page, oksana, jan) -> None:
    assert back_at(get(page, "family_adult", oksana.pk), "family", oksana.pk)
    made = post(page, "family", oksana.pk, label="Kowalczuk", **{"children_3-6": "1"})
    get(page, "family", oksana.pk)
    post(page, "family", oksana.pk, label="Nowak", **{"children_3-6": "2", "children_": "1"})
    found = get(page, "family_adult", oksana.pk, q="Nowak").context["found"]
    joined = post(page, "family_adult", oksana.pk, person=str(jan.pk))

    assert back_at(made, "person", oksana.pk)
    assert (Family.objects.get().label, found) == ("Nowak", [jan])
    assert sorted(Children.objects.values_list("age_band", "count")) == [("", 1), ("3-6", 2)]
    assert back_at(joined, "person", oksana.pk)
    assert back_at(post(page, "leave_family", oksana.pk), "person", oksana.pk)


@pytest.mark.parametrize("wrong", ["", "nobody", "01a204a4-ae00-7de3-970b-ac77fd94d5b6"])
def test_a_person_who_is_not_there_joins_no_family(page, oksana, wrong: str) -> None:
    post(page, "family", oksana.pk, label="Kowalczuk")

    assert post(page, "family_adult", oksana.pk, person=wrong).status_code == 404


def test_a_group_is_made_filled_led_and_left(page, jan) -> None:
    assert text(get(page, "groups")).count("No group yet") == 1
    get(page, "new_group")
    made = post(page, "new_group", name="Wilda")
    group = Group.objects.get()
    assert text(get(page, "group", group.pk)).count("Nobody is in this group yet") == 1
    found = get(page, "group_member", group.pk, q="Nowak").context["found"]
    post(page, "group_member", group.pk, person=str(jan.pk))
    member = GroupMember.objects.get()
    get(page, "group_role", member.pk)
    post(page, "group_role", member.pk, role="housing")
    get(page, "change_group", group.pk)
    post(page, "change_group", group.pk, name="Wilda welcome", lead=str(jan.pk))

    assert back_at(made, "group", group.pk)
    assert found == [jan]
    assert Group.objects.get().lead == jan
    assert text(get(page, "groups")).count("led by Jan Nowak") == 1
    assert text(get(page, "group", group.pk)).count("housing") == 1
    assert text(get(page, "person", jan.pk)).count("Wilda welcome") == 1
    post(page, "change_group", group.pk, name="Wilda", lead="")
    assert Group.objects.get().lead is None
    assert back_at(post(page, "leave_group", member.pk), "group", group.pk)
    assert GroupMember.objects.count() == 0


# ── In the house ─────────────────────────────────────────────────────────────────────────────────


def test_the_search_of_the_house_finds_people(page, member, oksana) -> None:
    commands.set_place(
        actor_of(member), person=oksana, place="Wilda", max_km=None, online=None, now=timezone.now()
    )
    MentorFactory(organisation=member.organisation)

    said = text(page.get(reverse("web:search"), {"q": "Ковальчук"}))

    assert said.count("Participant · Wilda") == 1


def test_the_first_step_of_an_empty_organisation_is_the_list(page) -> None:
    assert text(page.get("/")).count("Bring in the list you keep today") >= 1


def test_the_data_protection_lead_reads_numbers_on_today(client) -> None:
    lead = MembershipFactory(roles=[Role.DATA_PROTECTION_LEAD])
    PersonFactory(organisation=lead.organisation, participant=True)
    sign_in(client, lead)

    assert text(client.get("/")).count("1 participants and 0 mentors are kept here.") == 1
