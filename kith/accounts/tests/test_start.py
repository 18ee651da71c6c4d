"""The first page of an empty Kith, and further organisations."""

import pytest

from kith.accounts.commands.founding import AlreadyBegun, Beginning, begin
from kith.accounts.queries import start_key
from kith.accounts.rules import demo_address
from kith.accounts.tests.factories import code_now, verbs
from kith.base import jobs, scope
from kith.base.models import Organisation
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.gate.tests.factories import PASSWORD, MembershipFactory, sign_in

pytestmark = pytest.mark.django_db

ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}
TYPED = {
    "organisation": "Mosty",
    "country": "PL",
    "languages": ["pl", "en"],
    "name": "Ewa Mostowska",
    "address": "ewa@example.org",
    "password": PASSWORD,
}
called = []


def choose_demo():
    called.append("demo")


def half_way():
    return {"step": "Preparing the database", "share_percent": 50, "problem": ""}


def prove(client):
    from kith.base import clock

    session = client.session
    session["proved_at"] = clock.now().timestamp()
    session.save()


@pytest.mark.parametrize("path", ["/", "/sign-in/", "/people/", "/no/such/page/", "/account/"])
def test_every_address_of_an_empty_kith_leads_to_the_start(client, path) -> None:
    assert client.get(path).headers["Location"] == "/start/"


def test_the_start_offers_both_on_the_machine_itself(client) -> None:
    page = client.get("/start/")

    assert (page.context["may_begin"], page.context["may_look"]) == (True, True)


def test_the_first_coordinator_begins_and_goes_on_to_second_factor_and_list(client) -> None:
    begun = client.post("/start/begin/", TYPED)
    [organisation_id] = jobs.organisations()
    at_first = client.get(begun.headers["Location"])
    secret = client.get("/account/second-factor/app/").context["letters"].replace(" ", "")
    app = client.post("/account/second-factor/app/", {"code": code_now(secret)})
    then = client.post("/account/recovery-codes/")

    with scope.entered(organisation_id):
        organisation = Organisation.objects.get()
        ewa = Membership.objects.get()
        assert (organisation.name, organisation.country) == ("Mosty", "PL")
        assert organisation.languages == ["pl", "en"]
        assert ewa.roles == ["coordinator", "data_protection_lead", "platform_administrator"]
        assert (str(ewa.name), str(ewa.email)) == ("Ewa Mostowska", "ewa@example.org")
    assert at_first.headers["Location"] == "/account/second-factor/"
    assert app.headers["Location"] == "/account/recovery-codes/"
    assert then.headers["Location"] in ("/people/imports/", "/account/")
    assert verbs(ewa)[:2] == ["accounts.founded", "accounts.sign_in"]


def test_a_kith_that_has_begun_is_not_begun_again(client) -> None:
    MembershipFactory()

    answers = [client.get("/start/begin/"), client.post("/start/begin/", TYPED)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert client.get("/start/").headers["Location"] == "/"
    assert len(jobs.organisations()) == 1
    with pytest.raises(AlreadyBegun):
        begin(
            Beginning("Second", "PL", ["pl"]),
            name="X",
            address="x@example.org",
            password=PASSWORD,
            language="en",
        )


def test_from_elsewhere_one_begins_only_with_the_key_that_was_printed(client) -> None:
    without = client.post("/start/begin/", TYPED, **ELSEWHERE)
    wrong = client.get("/start/?key=0123456789", **ELSEWHERE)
    right = client.get(f"/start/?key={start_key()}", **ELSEWHERE)
    begun = client.post("/start/begin/", TYPED, **ELSEWHERE)

    assert without.headers["Location"] == "/start/"
    assert (wrong.context["may_begin"], right.context["may_begin"]) == (False, True)
    assert begun.headers["Location"] == "/"
    assert len(jobs.organisations()) == 1


def test_a_proxy_in_between_is_not_this_machine(client) -> None:
    page = client.get("/start/", headers={"X-Forwarded-For": "192.0.2.7"})

    assert page.context["may_begin"] is False


def test_a_weak_first_password_is_refused(client) -> None:
    page = client.post("/start/begin/", TYPED | {"password": "password1234"})

    assert "password" in page.context["form"].errors
    assert jobs.organisations() == []


# ── Demo ─────────────────────────────────────────────────────────────────────────────────────────


def test_the_demo_is_asked_for_where_the_supervisor_listens(client, settings) -> None:
    settings.KITH_CHOOSE_DEMO = f"{__name__}.choose_demo"
    settings.KITH_CHANGE_PROGRESS = f"{__name__}.half_way"
    called.clear()

    answer = client.post("/start/demo/")
    page = client.get("/start/waiting/")

    assert called == ["demo"]
    assert answer.headers["Location"] == "/start/waiting/"
    assert (page.status_code, page.headers["Refresh"]) == (200, "2")
    assert "Preparing the database · 50 %" in page.content.decode()


def test_without_a_supervisor_the_page_says_what_to_type(client, settings) -> None:
    settings.KITH_CHOOSE_DEMO = ""

    assert b"kith run --demo" in client.post("/start/demo/").content


def test_nobody_elsewhere_opens_the_demo(client, settings) -> None:
    settings.KITH_CHOOSE_DEMO = f"{__name__}.choose_demo"
    called.clear()

    assert client.post("/start/demo/", **ELSEWHERE).status_code == 404
    assert called == []


def demo_mentor():
    return MembershipFactory(mentor=True, user__address=demo_address(Role.MENTOR))


def test_one_click_signs_in_as_a_role_of_the_demo(client, settings) -> None:
    settings.KITH_DEMO = True
    marta = demo_mentor()

    offered = client.get("/sign-in/").context["demo_roles"]
    answer = client.post("/sign-in/demo/", {"role": "mentor"})

    assert [key for key, _text in offered] == ["mentor"]
    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(marta.user_id)


def test_a_visitor_of_the_demo_reads_on_in_their_own_language(client, settings) -> None:
    settings.KITH_DEMO = True
    MembershipFactory(mentor=True, user__address=demo_address(Role.MENTOR), user__language="pl")

    client.post("/sign-in/demo/", {"role": "mentor"})
    answer = client.get("/", headers={"Accept-Language": "ar"})

    assert answer.headers["Content-Language"] == "ar"


def test_one_click_does_not_exist_outside_the_demo(client, settings) -> None:
    settings.KITH_DEMO = False
    demo_mentor()

    offered = client.get("/sign-in/").context["demo_roles"]
    answer = client.post("/sign-in/demo/", {"role": "mentor"})

    assert (offered, answer.status_code) == ([], 404)
    assert "_auth_user_id" not in client.session


@pytest.mark.parametrize("extra", [ELSEWHERE, {"HTTP_X_FORWARDED_FOR": "127.0.0.1"}])
def test_one_click_works_on_this_machine_alone(client, settings, extra) -> None:
    settings.KITH_DEMO = True
    demo_mentor()

    assert client.post("/sign-in/demo/", {"role": "mentor"}, **extra).status_code == 404


@pytest.mark.parametrize("role", ["", "supervisor", "nonsense"])
def test_a_role_nobody_plays_cannot_be_entered(client, settings, role) -> None:
    settings.KITH_DEMO = True
    demo_mentor()

    assert client.post("/sign-in/demo/", {"role": role}).status_code == 404


@pytest.mark.parametrize(("is_demo", "shown"), [(True, 1), (False, 0)])
def test_each_page_of_the_demo_says_that_people_are_made_up(
    client, settings, is_demo, shown
) -> None:
    settings.KITH_DEMO = is_demo
    sign_in(client, demo_mentor())

    for path in ("/", "/account/", "/sign-in/"):
        page = client.get(path).content.decode()
        assert page.count("This is the demo. All people here are made up.") == shown


# ── Further organisations ────────────────────────────────────────────────────────────────────────

SECOND = {
    "organisation": "Brücken",
    "country": "DE",
    "languages": ["en"],
    "name": "Hanna",
    "email": "hanna@example.org",
}


def test_a_platform_administrator_adds_an_organisation_with_its_first_coordinator(
    client, client_of_another
) -> None:
    root = MembershipFactory(administrator=True)
    sign_in(client, root)
    prove(client)

    page = client.post("/administration/organisations/new/", SECOND)
    code = page.context["link"].rstrip("/").rpartition("/")[2]
    client_of_another.post(
        f"/invitation/{code}/", {"name": "Hanna", "address": "h@example.org", "password": PASSWORD}
    )

    second = next(key for key in jobs.organisations() if key != root.organisation_id)
    with scope.entered(second):
        assert Organisation.objects.get(pk=second).name == "Brücken"
        [hanna] = Membership.objects.all()
        assert hanna.roles == ["coordinator", "data_protection_lead"]
    assert verbs(root) == ["accounts.add_organisation"]
    assert verbs(hanna)[0] == "accounts.founded"


def test_the_one_who_added_it_sees_nothing_of_it(client) -> None:
    root = MembershipFactory(administrator=True)
    sign_in(client, root)
    prove(client)
    client.post("/administration/organisations/new/", SECOND)

    members = client.get("/members/").context["members"]
    own = client.get("/organisation/").context["organisations"]

    assert [member.pk for member, _ in members] == [root.pk]
    assert own == [root.organisation]


@pytest.mark.parametrize("role", ["coordinator", "mentor", "data_protection_lead"])
def test_others_add_no_organisation(client, role) -> None:
    sign_in(client, MembershipFactory(roles=[role]))
    prove(client)

    assert client.post("/administration/organisations/new/", SECOND).status_code == 404
    assert len(jobs.organisations()) == 1


def test_someone_changes_between_own_organisations(client) -> None:
    here = MembershipFactory(mentor=True)
    there = MembershipFactory(user=here.user, participant=True)
    sign_in(client, here)

    client.post("/organisation/", {"organisation": str(there.organisation_id)})
    page = client.get("/account/")

    assert page.context["actor"].organisation == there.organisation
    assert page.context["actor"].roles == {Role.PARTICIPANT}


def test_nobody_changes_to_an_organisation_of_others(client) -> None:
    here, stranger = MembershipFactory(mentor=True), MembershipFactory()
    sign_in(client, here)

    client.post("/organisation/", {"organisation": str(stranger.organisation_id)})

    assert client.get("/account/").context["actor"].organisation == here.organisation
