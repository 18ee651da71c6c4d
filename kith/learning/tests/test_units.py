"""Open units: read by everybody, and nothing is known or kept about who reads."""

import re
from hashlib import sha256

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from kith.base import scope
from kith.gate.models import AuditEvent
from kith.gate.tests.factories import MembershipFactory, sign_in
from kith.learning.queries.units import units
from kith.learning.tests.factories import words
from kith.learning.views.checked import checked
from kith.methods.learning.questions.schema import Item, Ordering

pytestmark = pytest.mark.django_db

NEWCOMERS = "living-together-newcomers"
SCHOOLS = "open-eyes-schools"


@pytest.fixture(autouse=True)
def _begun():
    """Before there is an organisation every address leads to the start page."""
    MembershipFactory()


def address(key, language):
    return reverse("learning:unit", args=[key, language])


def text_of(answer):
    assert answer.status_code == 200, answer
    return answer.content.decode()


def every_address() -> list[str]:
    found = [reverse("learning:units"), reverse("learning:worker")]
    found += [reverse("learning:units_in", args=[one]) for one in ("en", "pl", "ar")]
    for key, one in units().items():
        found += [address(key, language) for language in one.languages]
        found += [
            reverse("learning:unit_picture", args=[key, digest(content), name[len("pictures/") :]])
            for name, content in one.pictures.items()
        ]
    return found


def digest(content: bytes) -> str:
    return sha256(content).hexdigest()[:16]


def rows_in_all_tables() -> dict[str, int]:
    """Every table of the database with the number of its rows."""
    with connection.cursor() as cursor:
        names = connection.introspection.table_names(cursor)
        found = {}
        for name in names:
            cursor.execute(f'SELECT count(*) FROM "{name}"')
            found[name] = cursor.fetchone()[0]
    return found


def test_all_five_units_are_there_in_their_languages() -> None:
    found = {key: one.languages for key, one in units().items()}

    assert len(found) == 5
    assert all({"en", "pl"} <= set(codes) for codes in found.values())
    assert found[NEWCOMERS] == ("en", "ar", "pl")


def test_reading_sets_no_cookie_and_writes_no_row(client) -> None:
    addresses = every_address()
    before = rows_in_all_tables()

    with CaptureQueriesContext(connection) as asked:
        answers = [client.get(one) for one in addresses]

    assert {one.status_code for one in answers} == {200}
    assert [one.cookies for one in answers if one.cookies] == []
    assert dict(client.cookies) == {}
    assert rows_in_all_tables() == before
    writing = re.compile(r"\b(INSERT|UPDATE|DELETE)\b")
    assert [one["sql"] for one in asked if writing.search(one["sql"])] == []
    assert not AuditEvent.objects.exists()


def test_there_is_no_address_that_a_unit_could_send_an_answer_to(client) -> None:
    answers = [client.post(one).status_code for one in every_address()]
    pages = [text_of(client.get(address(key, "en"))) for key in units()]

    assert set(answers) == {405}
    # A form of this kind is never sent, with or without a script.
    assert {form for page in pages for form in re.findall(r'<form [^>]*method="(\w+)"', page)} == {
        "dialog"
    }


def test_the_list_is_in_the_language_of_the_address(client) -> None:
    polish = text_of(client.get(reverse("learning:units_in", args=["pl"])))
    arabic = text_of(client.get(reverse("learning:units_in", args=["ar"])))

    assert 'lang="pl"' in polish
    assert address(SCHOOLS, "pl") in polish
    assert 'dir="rtl"' in arabic
    assert address(NEWCOMERS, "ar") in arabic
    # What is not written in Arabic yet is offered in English.
    assert address(SCHOOLS, "en") in arabic


@pytest.mark.parametrize("language", ["en", "pl", "ar"])
def test_a_whole_unit_stands_on_one_page_with_sources_and_answers(client, language) -> None:
    page = text_of(client.get(address(NEWCOMERS, language)))

    unit = units()[NEWCOMERS].unit
    assert f'<html lang="{language}"' in page
    assert page.count('<section class="course-text"') == len(unit.screens)
    assert page.count("data-check=") == len(unit.questions)
    assert page.count('<li id="source-') == len(unit.sources)
    assert page.count("<img ") == len(re.findall(r"!\[", "".join(
        screen.body[language] for screen in unit.screens)))  # fmt: skip


def test_one_changes_to_the_other_languages_of_a_unit(client) -> None:
    page = text_of(client.get(address(NEWCOMERS, "en")))

    linked = re.findall(rf'href="/learning/units/{NEWCOMERS}/(\w+)/"', page)
    assert linked == ["en", "ar", "pl"]


@pytest.mark.parametrize(
    "path", [address(SCHOOLS, "ar"), address("no-such-unit", "en"),
             reverse("learning:units_in", args=["de"]),
             reverse("learning:unit_picture", args=[SCHOOLS, "0" * 16, "day.en.svg"])]
)  # fmt: skip
def test_what_is_not_there_is_not_found(client, path) -> None:
    assert client.get(path).status_code == 404


def test_a_picture_of_a_unit_may_do_nothing(client) -> None:
    content = units()[SCHOOLS].pictures["pictures/day.en.svg"]

    answer = client.get(
        reverse("learning:unit_picture", args=[SCHOOLS, digest(content), "day.en.svg"])
    )

    assert answer.content == content
    assert answer["Content-Security-Policy"].endswith("sandbox")
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_units_are_read_from_their_files_once() -> None:
    assert units() is units()


def test_an_order_of_a_unit_knows_its_right_one() -> None:
    items = tuple(Item(key, words(f"step {key}")) for key in "abc")

    found = checked(Ordering(key="o", stem=words("?"), items=items), "en")

    assert found.is_order
    assert found.asked.right == '["a", "b", "c"]'
    assert [one.html for one in found.right] == ["step a", "step b", "step c"]


def test_the_worker_may_look_after_learning_alone(client) -> None:
    answer = client.get(reverse("learning:worker"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert "Service-Worker-Allowed" not in answer
    assert "script-src 'self'" in answer["Content-Security-Policy"]


def test_signing_out_takes_what_is_kept_on_the_device(client) -> None:
    member = MembershipFactory(mentor=True)
    with scope.entered(member.organisation_id):
        sign_in(client, member)

    answer = client.post(reverse("accounts:sign_out"))

    assert answer["Clear-Site-Data"] == '"storage"'
