"""The small record store that units of cmi5 speak to. A token is the proof; no cookie counts."""

import json
from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID, uuid4

from django.contrib.auth.decorators import login_not_required
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt

from kith.base import clock, scope
from kith.base.errors import Denied, Refused
from kith.learning.commands import xapi as commands
from kith.learning.queries import xapi as queries
from kith.learning.queries.packages import item_of
from kith.learning.rules.xapi import (
    LAUNCH_DATA,
    LONGEST_BODY,
    LONGEST_DOCUMENT,
    PREFERENCES,
    VERSION,
    BadStatement,
    is_agent,
    launch_data,
    said_in,
)

View = Callable[..., HttpResponse]
STATUS: dict[type[Refused], int] = {
    commands.TooMuchSaid: 413,
    commands.OutOfTurn: 403,
    commands.SaidOtherwise: 409,
}
MOST_AT_ONCE = 50


def _dressed(answer: HttpResponse, methods: str) -> HttpResponse:
    answer["Access-Control-Allow-Origin"] = "*"
    answer["Access-Control-Allow-Methods"] = methods
    answer["Access-Control-Allow-Headers"] = (
        "Authorization, Content-Type, X-Experience-API-Version, If-Match, If-None-Match"
    )
    answer["Access-Control-Expose-Headers"] = "ETag, X-Experience-API-Version"
    answer["Cross-Origin-Resource-Policy"] = "cross-origin"
    answer["X-Experience-API-Version"] = VERSION
    answer["Cache-Control"] = "no-store, private"
    return answer


def for_frames(*methods: str) -> Callable[[View], View]:
    """A view that closed frames may ask: by these methods, with no cookie, whoever they say."""

    def dress(view: View) -> View:
        @csrf_exempt
        @login_not_required
        @wraps(view)
        def run(request: HttpRequest, pk: UUID, **rest: str) -> HttpResponse:
            said = ", ".join((*methods, "OPTIONS"))
            if request.method == "OPTIONS":
                return _dressed(HttpResponse(status=204), said)
            if request.method not in methods:
                return _dressed(_problem("Not by this method.", 405), said)
            return _dressed(view(request, pk, **rest), said)

        return run

    return dress


def with_token(view: View) -> View:
    """Only for whoever holds the token of a start."""

    @wraps(view)
    def run(request: HttpRequest, pk: UUID) -> HttpResponse:
        header = request.headers.get("Authorization", "")
        opened = queries.opened_by_token(pk, header, now=clock.now())
        if opened is None:
            return _problem("The token is not right, or its time is over.", 401)
        with scope.entered(opened.actor.organisation_id, user_id=opened.actor.user_id):
            return _tried(lambda: view(request, opened))

    return run


def _tried(act: Callable[[], HttpResponse]) -> HttpResponse:
    try:
        return act()
    except Refused as refusal:
        return _problem(str(refusal.sentence), STATUS.get(type(refusal), 400))
    except Denied as refusal:
        return _problem(str(refusal.sentence), 403)
    except BadStatement as fault:
        return _problem(str(fault), 400)


def _problem(sentence: str, status: int) -> HttpResponse:
    return JsonResponse({"error": sentence}, status=status)


@for_frames("POST")
def fetch(_request: HttpRequest, pk: UUID, secret: str) -> HttpResponse:
    """The token of a start, once."""
    found = queries.opened_by_secret(pk, secret)
    if found is None:
        return JsonResponse({"error-code": "2", "error-text": "Unknown."}, status=200)
    opened, plain = found
    try:
        token = commands.give_token(
            opened.actor, run=opened.run, launch=opened.launch, secret=plain, now=clock.now()
        )
    except (Refused, Denied):
        return JsonResponse({"error-code": "1", "error-text": "It was used."}, status=200)
    return JsonResponse({"auth-token": queries.as_basic(opened.launch, token)})


@for_frames("GET")
def about(_request: HttpRequest, pk: UUID) -> HttpResponse:
    """Which version of xAPI is spoken here."""
    return JsonResponse({"version": [VERSION]})


@for_frames("GET", "PUT", "POST")
@with_token
def statements(request: HttpRequest, opened: queries.Opened) -> HttpResponse:
    """What a unit said, or says now."""
    if request.method == "GET":
        return _told(request, opened)
    plain = _json(request)
    given = plain if isinstance(plain, list) else [plain]
    if len(given) > MOST_AT_ONCE:
        raise BadStatement("So many statements are not taken at once.")
    party = queries.party_of(opened.run)
    usual = [_key(request) or uuid4() for _one in given]
    said = [said_in(one, party, key=key) for one, key in zip(given, usual, strict=True)]
    if request.method == "PUT" and [one.key for one in said] != [_key(request)]:
        raise BadStatement("The key in the address is another one.")
    commands.say(
        opened.actor, run=opened.run, launch=opened.launch, statements=said, now=clock.now()
    )
    if request.method == "PUT":
        return HttpResponse(status=204)
    return JsonResponse([str(one.key) for one in said], safe=False)


def _key(request: HttpRequest) -> UUID | None:
    try:
        return UUID(request.GET["statementId"]) if "statementId" in request.GET else None
    except ValueError as fault:
        raise BadStatement("statementId is a UUID.") from fault


def _told(request: HttpRequest, opened: queries.Opened) -> HttpResponse:
    key = _key(request)
    found = [json.loads(one) for one in queries.statements(opened, key=key)]
    if key is None:
        return JsonResponse({"statements": found, "more": ""})
    return JsonResponse(found[0]) if found else _problem("Nothing was said under this key.", 404)


def _json(request: HttpRequest) -> Any:
    if len(request.body) > LONGEST_BODY:
        raise commands.TooMuchSaid
    try:
        return json.loads(request.body)
    except (ValueError, RecursionError) as fault:
        raise BadStatement("It is no JSON.") from fault


@for_frames("GET", "PUT", "POST", "DELETE")
@with_token
def state(request: HttpRequest, opened: queries.Opened) -> HttpResponse:
    """Documents that a unit keeps for the learner."""
    _check_place(request, opened)
    name = request.GET.get("stateId", "")
    if request.method == "GET":
        return _document(opened, name) if name else _names(opened)
    if name == LAUNCH_DATA or len(name) > 300 or (not name and request.method != "DELETE"):
        return _problem("This document is not yours to write.", 403)
    if request.method == "DELETE":
        commands.drop_documents(opened.actor, run=opened.run, name=name)
    else:
        _keep(request, opened, name)
    return HttpResponse(status=204)


def _check_place(request: HttpRequest, opened: queries.Opened) -> None:
    """Whether a document is asked for in this way through this part. Raises BadStatement."""
    party = queries.party_of(opened.run)
    if request.GET.get("activityId") != party.activity:
        raise BadStatement("The activity is another one.")
    _check_agent(request, opened)
    if request.GET.get("registration", str(party.run)).lower() != str(party.run):
        raise BadStatement("The registration is another one.")


def _check_agent(request: HttpRequest, opened: queries.Opened) -> None:
    try:
        agent = json.loads(request.GET.get("agent", ""))
    except (ValueError, RecursionError):
        agent = None
    if not is_agent(agent, queries.party_of(opened.run)):
        raise BadStatement("The agent is somebody else.")


def _names(opened: queries.Opened) -> HttpResponse:
    return JsonResponse([LAUNCH_DATA, *queries.document_names(opened)], safe=False)


def _document(opened: queries.Opened, name: str) -> HttpResponse:
    item = item_of(opened.run.package, opened.run.item)
    if name == LAUNCH_DATA and item is not None:
        return JsonResponse(launch_data(item, opened.launch.pk))
    row = queries.document(opened, name)
    if row is None:
        return _problem("There is no such document.", 404)
    return HttpResponse(row.content, content_type=row.media_type)


def _keep(request: HttpRequest, opened: queries.Opened, name: str) -> None:
    """A document takes the place of another; POST puts the two together where both are JSON."""
    if len(request.body) > LONGEST_DOCUMENT:
        raise commands.TooMuchSaid
    try:
        content = request.body.decode()
    except UnicodeDecodeError as fault:
        raise BadStatement("Documents are texts.") from fault
    if request.method == "POST":
        content = _joined(queries.document(opened, name), content)
    commands.keep_document(
        opened.actor,
        run=opened.run,
        name=name,
        # What was kept comes back as what it was called, and never as a page.
        media_type="application/json" if _is_json(request) else "application/octet-stream",
        content=content,
        now=clock.now(),
    )


def _is_json(request: HttpRequest) -> bool:
    return request.headers.get("Content-Type", "").startswith("application/json")


def _joined(before: Any, content: str) -> str:
    try:
        old, new = json.loads(before.content if before else "{}"), json.loads(content)
    except (ValueError, RecursionError) as fault:
        raise BadStatement("Only JSON can be added to.") from fault
    if not isinstance(old, dict) or not isinstance(new, dict):
        raise BadStatement("Only objects can be added to.")
    return json.dumps({**old, **new}, ensure_ascii=False)


@for_frames("GET")
@with_token
def profile(request: HttpRequest, opened: queries.Opened) -> HttpResponse:
    """What a learner prefers, as far as a unit needs it: the language."""
    _check_agent(request, opened)
    if request.GET.get("profileId") != PREFERENCES:
        return _problem("There is no such document.", 404)
    language = opened.run.member.user.language
    return JsonResponse({"languagePreference": language, "audioPreference": "on"})
