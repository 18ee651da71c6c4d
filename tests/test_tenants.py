"""A second organisation sees nothing of the first: by no address, search, count or raw SQL."""

from datetime import date
from uuid import uuid4

import pytest
from django.apps import apps
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from kith.base import scope
from kith.base.models import Model
from kith.config.demo import Size, load_demo
from kith.gate.models import Membership
from kith.gate.roles import Role
from kith.gate.tests.factories import sign_in
from kith.gate.walls import walled_models
from kith.people.models import Person

TODAY = date(2026, 11, 22)
# Acts that end the session or change the page's own looks are not about rows.
NEVER = uuid4()
NOT_THIS_WAY = 405
LEFT_OUT = {"accounts:sign_out", "web:away", "web:language", "web:theme"}


@pytest.fixture(scope="module")
def two_organisations(module_database):
    """Two made-up programmes in a database of this module's own."""
    first = load_demo(Size(people=24, seed=1), today=TODAY)
    second = load_demo(Size(people=24, seed=2), today=TODAY)
    return first, second


def everything_of(organisation):
    """One key of each kind of row of an organisation, by model."""
    with scope.entered(organisation.pk):
        found = {
            model._meta.label: model.objects.values_list("pk", flat=True).first()
            for model in walled_models()
            if issubclass(model, Model) and model._meta.pk.name == "id"
        }
    return {label: key for label, key in found.items() if key is not None}


def names_of(organisation):
    with scope.entered(organisation.pk):
        people = [str(person.name) for person in Person.objects.all()]
        return set(people)


def member_of(organisation, role):
    with scope.entered(organisation.pk):
        rows = Membership.objects.filter(roles=[role.value]).select_related("user", "organisation")
        return rows.order_by("created_at").first()


def addresses(table=None, prefix="", space=""):
    """Every pattern of the URL table: its name, its text, its arguments."""
    for entry in (table or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            inner = f"{space}{entry.namespace}:" if entry.namespace else space
            yield from addresses(entry, prefix + str(entry.pattern), inner)
        elif isinstance(entry, URLPattern):
            yield f"{space}{entry.name}", prefix + str(entry.pattern), entry.pattern.converters


def filled(text, converters, key):
    """An address with every argument filled in; None when an argument is no key of a row."""
    for name, converter in converters.items():
        kind = type(converter).__name__.removesuffix("Converter").lower()
        if kind != "uuid":
            return None
        text = text.replace(f"<uuid:{name}>", str(key))
    return f"/{text}"


ADDRESSES = [row for row in addresses() if row[0] not in LEFT_OUT]
WITH_KEY = [row for row in ADDRESSES if row[2]]


def test_the_crawl_knows_the_addresses_of_every_room_that_keeps_rows() -> None:
    rooms = {name.split(":")[0] for name, _, _ in WITH_KEY}

    assert rooms >= {"people", "consent", "programmes", "progress", "matching", "mentoring"}


def fitting(name, keys):
    """The keys an address could be about: of its own room, and of people and their matches."""
    room = name.split(":")[0]
    near = {f"{room}.", "people.Person", "mentoring.Match"}
    return {label: key for label, key in keys.items() if any(label.startswith(n) for n in near)}


@pytest.fixture(scope="module")
def opening(two_organisations):
    """By address, the keys with which it is something to its own coordinator; else all that fit."""
    first, _ = two_organisations
    keys = everything_of(first)
    client = sign_in(Client(raise_request_exception=False), member_of(first, Role.COORDINATOR))
    found = {}
    for name, text, converters in WITH_KEY:
        if filled(text, converters, NEVER) is not None:
            fit = fitting(name, keys)
            answers = {
                label: client.get(filled(text, converters, key)).status_code
                for label, key in fit.items()
            }
            found[name] = {label: fit[label] for label in fit if answers[label] != 404} or fit
    return found


@pytest.mark.django_db
def test_pages_of_one_organisation_open_to_its_own_coordinator(two_organisations, opening) -> None:
    first, _ = two_organisations
    client = sign_in(Client(), member_of(first, Role.COORDINATOR))

    answered = {
        name
        for name, text, converters in WITH_KEY
        for key in opening.get(name, {}).values()
        if client.get(filled(text, converters, key)).status_code == 200
    }

    assert {name.split(":")[0] for name in answered} >= {
        "people",
        "consent",
        "programmes",
        "progress",
        "mentoring",
    }


# Every role that can reach pages about others; the rest see only themselves.
REACHING = (
    Role.COORDINATOR,
    Role.PLATFORM_ADMINISTRATOR,
    Role.DATA_PROTECTION_LEAD,
    Role.MENTOR,
    Role.PARTICIPANT,
)


@pytest.mark.django_db
@pytest.mark.parametrize("role", REACHING, ids=lambda role: role.value)
def test_no_address_opens_a_row_of_another_organisation(two_organisations, opening, role) -> None:
    first, second = two_organisations
    names = names_of(first) - names_of(second)
    client = sign_in(Client(raise_request_exception=False), member_of(second, role))
    leaks = []

    for name, text, converters in WITH_KEY:
        never = filled(text, converters, NEVER)
        if never is None:
            continue
        for ask in (client.get, client.post):
            # A section may be empty, if it is so for a key that never existed too.
            nothing = ask(never).status_code
            if nothing == NOT_THIS_WAY:
                continue  # the way of asking is looked at before any key
            for label, key in opening[name].items():
                answer = ask(filled(text, converters, key))
                if answer.status_code not in {302, 303, 400, 403, 404, 405, nothing}:
                    leaks.append((name, label, ask.__name__, answer.status_code))
                if any(one in answer.content.decode(errors="replace") for one in names):
                    leaks.append((name, label, ask.__name__, "a name"))

    assert leaks == []


@pytest.mark.django_db
@pytest.mark.parametrize("role", list(Role), ids=lambda role: role.value)
def test_no_list_shows_a_name_of_another_organisation(two_organisations, role) -> None:
    first, second = two_organisations
    names = names_of(first) - names_of(second)
    client = sign_in(Client(raise_request_exception=False), member_of(second, role))
    leaks = []

    for name, text, converters in ADDRESSES:
        if converters:
            continue
        answer = client.get(f"/{text}", follow=True)
        if any(one in answer.content.decode(errors="replace") for one in names):
            leaks.append(name)

    assert leaks == []


@pytest.mark.django_db
def test_a_search_finds_the_own_and_not_the_others(two_organisations) -> None:
    first, second = two_organisations
    theirs = min(names_of(first) - names_of(second))
    own = sign_in(Client(), member_of(first, Role.COORDINATOR))
    other = sign_in(Client(), member_of(second, Role.COORDINATOR))

    found = own.get("/search/", {"q": theirs}).content.decode()
    hidden = other.get("/search/", {"q": theirs}).content.decode()

    # The page repeats what was asked for; a result is a link to a person.
    assert "/people/" in found.split("<main")[1]
    assert f">{theirs}<" not in hidden.split("<main")[1]


@pytest.mark.django_db
def test_raw_sql_of_the_serving_role_sees_one_organisation_at_a_time(two_organisations) -> None:
    first, second = two_organisations
    seen = {}

    with scope.entered(second.pk), connection.cursor() as cursor:
        for model in apps.get_models():
            if issubclass(model, Model):
                table = model._meta.db_table
                cursor.execute(
                    f'SELECT count(*) FROM "{table}" WHERE organisation_id = %s', [first.pk]
                )
                seen[table] = cursor.fetchone()[0]

    assert {table for table, count in seen.items() if count} == set()
