"""Whole answers: headers, language, theme, errors."""

import re

import pytest
from django.conf import settings
from django.contrib.messages import get_messages
from django.contrib.messages.storage.cookie import CookieStorage
from django.contrib.sessions.backends.base import SessionBase
from django.core.exceptions import RequestDataTooBig
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.template.loader import render_to_string
from django.test import Client, RequestFactory
from django.urls import reverse
from django.utils import translation

from kith.base.errors import Denied, ReasonNeeded, Refused
from kith.gate.actor import ANONYMOUS, Actor
from kith.gate.roles import Role
from kith.web import nav, views
from kith.web.boards import Board
from kith.web.csp import ContentSecurityPolicyMiddleware
from kith.web.errors import ErrorsMiddleware
from kith.web.middleware import LanguageMiddleware, language_of
from kith.web.tests.factories import person

CODES = [400, 403, 404, 405, 413, 429]
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'; manifest-src 'self'; form-action 'self'; "
    "frame-ancestors 'none'; base-uri 'none'"
)


@pytest.fixture(autouse=True)
def _english():
    with translation.override("en"):
        yield


def asked(path: str = "/", *, actor: Actor = ANONYMOUS, **headers: str) -> HttpRequest:
    request = RequestFactory().get(path, headers=headers)
    request.actor = actor
    request.session = SessionBase()
    request._messages = CookieStorage(request)
    return request


def answer(error: Exception, request: HttpRequest) -> HttpResponse:
    response = ErrorsMiddleware(lambda _request: HttpResponse()).process_exception(request, error)
    assert response is not None
    return response


def text_of(html: str) -> str:
    body = html[html.index("<body") :]
    return " ".join(re.sub("<[^>]+>", " ", body).split())


@pytest.mark.django_db
def test_every_answer_carries_the_strict_policy():
    response = Client().get("/away/")

    assert response.headers["Content-Security-Policy"] == POLICY
    assert response.headers["Referrer-Policy"] == "same-origin"
    assert response.headers["X-Content-Type-Options"] == "nosniff"
    assert response.headers["Cross-Origin-Opener-Policy"] == "same-origin"


def test_pages_are_not_kept_by_the_browser_but_files_may_be():
    page = ContentSecurityPolicyMiddleware(lambda _: HttpResponse("page"))(asked())
    file = ContentSecurityPolicyMiddleware(lambda _: HttpResponse(b"", "image/png"))(asked())

    assert page.headers["Cache-Control"] == "no-store, private"
    assert "Cache-Control" not in file.headers


def test_the_page_of_quick_hide_says_nothing_of_us():
    html = views.away(asked("/away/")).content.decode()

    assert re.findall("kith|mentor|refugee|migrant", text_of(html).lower()) == []
    assert "<title>Words for the weather</title>" in html


@pytest.mark.django_db
@pytest.mark.parametrize("layout", ["page", "plain", "participant"])
def test_every_shell_can_be_left_at_once_and_read_in_another_language(layout):
    request = asked("/people/", actor=person(Role.COORDINATOR))

    html = render_to_string(f"web/{layout}.html", {}, request)

    assert re.findall(r'<a class="quickhide" href="(.*?)"', html) == ["/away/"]
    assert set(re.findall(r'name="language" value="(\w+)"', html)) == {"en", "pl", "ar"}
    assert '<a class="skip" href="#main">' in html
    assert '<main id="main"' in html


def test_the_demo_says_so_on_every_page_and_offers_its_links(settings, monkeypatch):
    monkeypatch.setattr(nav, "DEMO_MENU", Board("demo"))
    nav.add_item(
        "away",
        "Look as a mentor",
        "web:away",
        icon="user",
        order=1,
        visible=nav.everyone,
        board=nav.DEMO_MENU,
    )
    pages = {}

    for settings.KITH_DEMO in (True, False):
        pages[settings.KITH_DEMO] = render_to_string("web/plain.html", {}, asked())

    assert '<a href="/away/">Look as a mentor</a>' in pages[True]
    assert "made up" in pages[True]
    assert 'class="demo"' not in pages[False]


@pytest.mark.parametrize(("code", "direction"), [("en", "ltr"), ("pl", "ltr"), ("ar", "rtl")])
def test_a_page_says_its_language_and_direction(code, direction):
    with translation.override(code):
        html = render_to_string("web/plain.html", {}, asked())

    assert f'<html lang="{code}" dir="{direction}"' in html
    assert ("tabler.rtl.min.css" in html) is (direction == "rtl")


@pytest.mark.parametrize(
    ("cookie", "wish", "accept", "expected"),
    [
        ("pl", "ar", "en", "pl"),
        ("", "ar", "en", "ar"),
        ("", "", "pl-PL,pl;q=0.9", "pl"),
        ("xx", "yy", "de", settings.LANGUAGE_CODE),
    ],
)
def test_the_chosen_language_comes_before_the_one_of_the_browser(cookie, wish, accept, expected):
    request = asked(accept_language=accept)
    request.COOKIES[settings.LANGUAGE_COOKIE_NAME] = cookie
    request.session["language"] = wish

    assert language_of(request) == expected


def test_the_language_of_one_request_does_not_stay_for_the_next():
    request = asked(accept_language="ar")

    response = LanguageMiddleware(lambda _: HttpResponse(translation.get_language()))(request)

    assert (response.content, translation.get_language()) == (b"ar", "en")
    assert response.headers["Content-Language"] == "ar"


def test_the_theme_is_kept_in_a_cookie_and_leads_back():
    request = RequestFactory().post("/theme/", {"theme": "dark", "next": "/away/"})

    response = views.set_theme(request)

    assert (response.status_code, response.headers["Location"]) == (302, "/away/")
    assert response.cookies["kith_theme"].value == "dark"


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example", "javascript:x"])
def test_no_form_leads_to_another_site(elsewhere):
    request = RequestFactory().post("/theme/", {"theme": "dark", "next": elsewhere})

    response = views.set_theme(request)

    assert response.headers["Location"] == "/"


def test_the_theme_is_printed_on_the_page():
    request = asked()
    request.COOKIES["kith_theme"] = "dark"

    assert 'data-bs-theme="dark"' in render_to_string("web/plain.html", {}, request)


@pytest.mark.parametrize("code", CODES)
def test_an_error_page_says_what_happened_what_is_kept_and_what_to_do(code):
    html = render_to_string(f"web/errors/{code}.html", {}, asked())

    main = html[html.index("<main") : html.index("</main>")]
    assert len(re.findall(r"<h1>[^<]{10,}</h1>", main)) == 1
    assert len(re.findall(r"<p[^>]*>[^<]{15,}</p>", main)) == 3
    assert "Nothing was" in main
    assert '<a class="btn btn-primary" href="/">' in main


def test_the_page_for_a_broken_server_needs_nothing_that_may_be_broken():
    response = views.server_error(asked())

    assert response.status_code == 500
    assert re.findall(r'(?:src|href)="(.*?)"', response.content.decode()) == [
        "data:,",
        "/static/web/plain.css",
        "/",
    ]


def test_a_row_that_must_stay_unknown_is_not_found():
    hidden = answer(Denied("Only the mentor of this match may."), asked())

    assert hidden.status_code == 404
    assert "Only the mentor" not in hidden.content.decode()


def test_a_row_one_sees_but_may_not_change_is_refused_with_the_reason():
    seen = answer(Denied("Only the mentor of this match may.", seen=True), asked())

    assert seen.status_code == 403
    assert "Only the mentor of this match may." in seen.content.decode()


@pytest.mark.parametrize(
    ("came_from", "back"),
    [("http://testserver/matches/17/", "http://testserver/matches/17/"), ("http://evil/", "/")],
)
def test_what_is_not_possible_now_is_said_on_the_page_one_came_from(came_from, back):
    request = asked("/matches/17/close/", referer=came_from)

    response = answer(Refused("Close the open goal first."), request)

    assert (response.status_code, response.headers["Location"]) == (302, back)
    assert [str(message) for message in get_messages(request)] == ["Close the open goal first."]


def test_a_part_of_a_page_gets_the_refusal_among_its_notices():
    response = answer(Refused("Close the open goal first."), asked(hx_request="true"))

    assert response.status_code == 409
    assert response.headers["HX-Retarget"] == "#notices"
    assert "Close the open goal first." in response.content.decode()
    assert "<html" not in response.content.decode()


def test_a_record_beside_ones_own_work_asks_for_the_reason():
    response = answer(ReasonNeeded("17"), asked("/people/17/"))

    assert response.status_code == 403
    assert 'name="row_id" value="17"' in response.content.decode()
    assert 'name="next" value="/people/17/"' in response.content.decode()


def test_a_part_of_a_page_says_that_the_reason_is_asked_on_a_page_of_its_own():
    error = ReasonNeeded("17")

    response = answer(error, asked("/people/17/", hx_request="true"))

    assert response.status_code == 403
    assert 'href="/people/17/"' in response.content.decode()
    assert "<html" not in response.content.decode()
    assert 'name="row_id"' not in response.content.decode()


def test_other_errors_are_left_to_django():
    middleware = ErrorsMiddleware(lambda _request: HttpResponse())

    assert middleware.process_exception(asked(), ValueError()) is None


def test_an_empty_refusal_of_a_method_gets_words_and_keeps_its_headers():
    middleware = ErrorsMiddleware(lambda _request: HttpResponseNotAllowed(["POST"]))

    response = middleware(asked())

    assert (response.status_code, response.headers["Allow"]) == (405, "POST")
    assert "This page opens in another way" in response.content.decode()


def test_too_much_data_is_told_apart_from_a_broken_request():
    answers = [views.bad_request(asked(), error) for error in (RequestDataTooBig(), None)]

    assert [response.status_code for response in answers] == [413, 400]


@pytest.mark.parametrize(
    ("hour", "expected"), [(8, "Good morning"), (12, "Good afternoon"), (18, "Good evening")]
)
def test_the_greeting_follows_the_day(hour, expected):
    assert views.greeting(hour).split(",")[0] == expected


def test_the_style_page_is_closed_outside_the_demo(settings):
    settings.KITH_DEMO = False

    with pytest.raises(Http404):
        views.style(asked("/style/"))


def test_the_style_page_shows_every_component(settings):
    settings.KITH_DEMO = True

    response = views.style(asked("/style/"))

    assert response.status_code == 200
    assert "Good morning, Ewa" in response.content.decode()


@pytest.mark.django_db
def test_someone_who_has_nothing_to_do_sees_a_friendly_page(monkeypatch):
    monkeypatch.setattr(views.board, "SOURCES", [])
    monkeypatch.setattr(views.board, "FIRST_STEPS", [])

    html = views.today(asked(actor=person(Role.MENTOR))).content.decode()

    assert "All is well for today" in html


@pytest.mark.django_db
def test_a_participant_has_a_shell_of_their_own(monkeypatch):
    monkeypatch.setattr(views.board, "SOURCES", [])

    html = views.today(asked(actor=person(Role.PARTICIPANT))).content.decode()

    assert 'class="bottomnav"' in html
    assert 'class="side"' not in html


@pytest.mark.django_db
def test_what_has_no_room_at_the_foot_of_a_phone_is_one_tap_away():
    asker = asked("/more/", actor=person(Role.PARTICIPANT))

    html = views.more(asker).content.decode()

    foot = html[html.index('class="bottomnav"') :]
    own = [item for item in nav.PARTICIPANT_MENU if item.visible(asker.actor)]
    assert foot.count("<a ") == nav.AT_HAND + 1
    assert 'href="/more/" aria-current="page"' in foot
    for item in [*own][nav.AT_HAND :]:
        assert f'href="{reverse(item.url_name)}"' in html[: html.index('class="bottomnav"')]


def test_a_part_of_a_page_comes_without_its_shell(monkeypatch):
    monkeypatch.setattr(views.board, "SOURCES", [])

    html = views.today(asked(actor=person(Role.MENTOR), hx_request="true")).content.decode()

    assert "<html" not in html
    assert "<h1>" in html


def test_a_reason_is_kept_for_the_row_it_was_given_for():
    request = RequestFactory().post(
        "/reason/", {"row_id": "17", "reason": "  She  called me ", "next": "/people/17/"}
    )
    request.session = SessionBase()
    request.session["reasons"] = {"3": "asked by the supervisor"}

    response = views.give_reason(request)

    assert response.headers["Location"] == "/people/17/"
    assert request.session["reasons"] == {
        "3": "asked by the supervisor",
        "17": "She called me",
    }
