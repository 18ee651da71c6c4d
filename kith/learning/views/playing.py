"""Playing a part of a package: Kith's page outside, and the closed frame inside."""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from kith.base import clock
from kith.base.errors import Refused
from kith.learning.commands import packages as commands
from kith.learning.commands import xapi as launching
from kith.learning.models import PackageRun
from kith.learning.queries import packages as queries
from kith.learning.queries.xapi import carried, party_of
from kith.learning.rules.packages import start_values
from kith.learning.views.isolation import files_address, page_policy, records_address
from kith.methods.learning.packages.launching import with_parameters
from kith.methods.learning.packages.schema import Item, Standard
from kith.web.acts import actor_of

LONGEST_TOLD = 400_000


@require_GET
def play(request: HttpRequest, pk: UUID) -> HttpResponse:
    """The page around a part of a package."""
    run = get_object_or_404(queries.own_run(actor_of(request)), pk=pk)
    item = item_or_404(run)
    key = queries.pass_for(run)
    address = files_address(request, run.package_id, key)
    page = {
        "run": run,
        "key": key,
        "item": item,
        "context": "" if item.title == run.package.title else run.package.title,
        "keeps_record": queries.standard_of(run.package) is Standard.CMI5,
        "launch_url": f"{address}{queries.written_path(item.path)}{item.query}",
        "player": _player(run, item),
    }
    answer = render(request, "learning/package_play.html", page)
    answer["Content-Security-Policy"] = page_policy(address)
    return answer


def _player(run: PackageRun, item: Item) -> str:
    """What the script of the page needs to know; empty for a part that does not speak."""
    standard = queries.standard_of(run.package)
    if not item.tells or standard is Standard.CMI5:
        return ""
    values = start_values(standard, item, queries.kept_of(run), learner=run.pk.hex)
    save_url = reverse("learning:package_save", args=[run.pk])
    return json.dumps({"standard": standard.value, "values": values, "save": save_url})


@require_POST
def launch(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Start a unit of cmi5: leads to its page, with where it finds its record."""
    run = get_object_or_404(queries.own_run(actor_of(request)), pk=pk)
    item = item_or_404(run)
    row, secret = launching.launch(actor_of(request), run=run, now=clock.now())
    party, home = party_of(run), records_address(request, run.pk)
    given = {
        "endpoint": home,
        "fetch": f"{home}fetch/{carried(row, secret)}",
        "actor": json.dumps(party.agent),
        "registration": str(party.run),
        "activityId": party.activity,
    }
    query = with_parameters(item.query, urlencode(given))
    address = files_address(request, run.package_id, _key_of_page(request, run))
    return _led_to(request, f"{address}{queries.written_path(item.path)}{query}")


def _key_of_page(request: HttpRequest, run: PackageRun) -> str:
    """The key that the page has: its policy lets the frame show files under that alone."""
    key = request.POST.get("key", "")
    opened = queries.read_pass(key)
    return key if opened and opened.run == run.pk else queries.pass_for(run)


def _led_to(request: HttpRequest, url: str) -> HttpResponse:
    """A script is told the address, a form of a page is led there."""
    if request.headers.get("Accept") == "application/json":
        return JsonResponse({"url": url})
    return HttpResponseRedirect(url)


@require_POST
def save(request: HttpRequest, pk: UUID) -> HttpResponse:
    """Keep what the package told; answers when that was."""
    actor = actor_of(request)
    run = get_object_or_404(queries.own_run(actor), pk=pk)
    told, seconds = _told(request), request.POST.get("seconds", "")
    if told is None:
        return JsonResponse({"problem": "unreadable"}, status=400)
    seconds_spent = int(seconds[:6]) if seconds.isdecimal() else 0
    try:
        commands.save_run(actor, run=run, told=told, seconds=seconds_spent, now=clock.now())
    except Refused as refusal:
        return JsonResponse({"problem": str(refusal.sentence)}, status=413)
    return JsonResponse({"saved": clock.now().isoformat()})


def _told(request: HttpRequest) -> dict[str, Any] | None:
    text = request.POST.get("told", "")
    try:
        told = json.loads(text) if len(text) <= LONGEST_TOLD else None
    except (ValueError, RecursionError):
        return None
    return told if isinstance(told, dict) else None


def item_or_404(run: PackageRun) -> Item:
    item = queries.item_of(run.package, run.item)
    if item is None:
        raise Http404
    return item
