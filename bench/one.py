"""Measures one size: loads the demo, serves it, asks as a coordinator, counts and weighs."""

import http.client
import json
import os
import random
import socket
import statistics
import sys
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from urllib.parse import quote, urlencode

import psutil

WARM_UP = 20
WAIT_SECONDS = 60


class Visitor:
    """One signed-in coordinator with a kept-alive connection, as a browser has."""

    def __init__(self, port: int, cookies: dict[str, str]) -> None:
        self.link = http.client.HTTPConnection("localhost", port, timeout=60)
        self.cookies = "; ".join(f"{name}={value}" for name, value in cookies.items())

    def get(self, address: str) -> int:
        return self._ask("GET", address, None)

    def post(self, address: str, fields: dict[str, str]) -> int:
        return self._ask("POST", address, urlencode(fields))

    def _ask(self, method: str, address: str, body: str | None) -> int:
        headers = {"Cookie": self.cookies, "Accept-Encoding": "br, gzip"}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        self.link.request(method, address, body, headers)
        answer = self.link.getresponse()
        answer.read()
        return answer.status


def main(size: int, folder: Path, requests: int) -> dict:
    from kith.config.home import Home
    from kith.config.launch.choice import Place
    from kith.config.launch.house import open_house
    from kith.config.launch.shown import Shown
    from kith.config.terminal import Terminal

    house = open_house(Home(folder), Place.DEMO)
    listener = socket.create_server(("127.0.0.1", 0))
    try:
        load_seconds = _load(house, Shown(Terminal(sys.stderr)), size)
        house.start([listener], choice_file=str(folder / "choice"))
        os.environ.update(house.environment(owner=False))
        pages = _pages(listener.getsockname()[1], requests)
        memory = _memory(house)
        return {
            "load_seconds": load_seconds,
            "pages": pages,
            "memory": memory,
            "writers": _writers(),
        }
    finally:
        house.close()
        listener.close()


def _load(house, shown, size: int) -> float:
    """Seconds to load the people, search index included; remembered beside kept data."""
    note = house.home.root / "load-seconds"
    if note.exists():
        house.prepare(shown, people=size)
        return float(note.read_text())
    begun = time.monotonic()
    house.prepare(shown, people=size)
    seconds = time.monotonic() - begun
    note.write_text(str(seconds))
    return seconds


def _pages(port: int, requests: int) -> dict:
    import django

    django.setup()
    from kith.base import scope

    member = _coordinator()
    with scope.entered(member.organisation_id, user_id=member.user_id):
        asked = {name: list(_asked(name, member, requests + WARM_UP)) for name in ASKED}
        cookies = _cookies(member)
    _wait_for(port)
    return {
        name: _timed(Visitor(port, cookies), cookies, rows)
        | {"queries": _queries(cookies, rows[0])}
        for name, rows in asked.items()
    }


def _wait_for(port: int) -> None:
    until = time.monotonic() + WAIT_SECONDS
    while time.monotonic() < until:
        try:
            if Visitor(port, {}).get("/sign-in/") == 200:
                return
        except OSError:
            time.sleep(0.2)
    raise TimeoutError("The web server did not come up.")


def _coordinator():

    from kith.base import jobs, scope
    from kith.gate.models import Membership

    [organisation_id] = jobs.organisations()
    with scope.entered(organisation_id):
        rows = Membership.objects.select_related("organisation", "user")
        return rows.filter(roles=["coordinator"]).order_by("created_at").first()


def _cookies(member) -> dict[str, str]:
    from django.conf import settings
    from django.middleware.csrf import _get_new_csrf_string
    from django.test import Client

    from kith.gate.tests.factories import sign_in

    client = sign_in(Client(), member)
    return {
        settings.SESSION_COOKIE_NAME: client.cookies[settings.SESSION_COOKIE_NAME].value,
        settings.CSRF_COOKIE_NAME: _get_new_csrf_string(),
    }


WRITERS = 20
WRITES = 25


def _writers() -> dict[str, float]:
    """Twenty people saving at once into one audit chain: milliseconds for each save."""
    from concurrent.futures import ThreadPoolExecutor

    from kith.base import scope
    from kith.gate import audit
    from kith.gate.actor import member_actor

    member = _coordinator()
    with scope.entered(member.organisation_id):
        before, faults = audit.verify(member.organisation)
    begun = time.perf_counter()
    with ThreadPoolExecutor(WRITERS) as pool:
        actors = [member_actor(member)] * WRITERS
        times = sorted(ms for part in pool.map(_write, actors, range(WRITERS)) for ms in part)
    seconds = time.perf_counter() - begun
    with scope.entered(member.organisation_id):
        after, faults = audit.verify(member.organisation)
    if faults or after - before != WRITERS * WRITES:
        raise RuntimeError(f"The audit chain broke under {WRITERS} writers: {faults[:3]}")
    return {
        "p50": statistics.median(times),
        "p95": times[int(len(times) * 0.95)],
        "per_second": len(times) / seconds,
    }


def _write(actor, number: int) -> list[float]:
    from django.db import connection

    from kith.gate.commands import note

    times = []
    for _ in range(WRITES):
        begun = time.perf_counter()
        note(actor, f"bench.writer{number}")
        times.append((time.perf_counter() - begun) * 1000)
    connection.close()
    return times


Asked = tuple[str, str, dict[str, str]]


def _homes(_member, count: int) -> Iterator[Asked]:
    from django.urls import reverse

    for _ in range(count):
        yield "GET", reverse("web:today"), {}


def _matches(member, count: int) -> Iterator[Asked]:
    """Running matches of one's own people; any other asks for a reason first."""
    from django.urls import reverse

    from kith.mentoring.models import Match

    own = Match.objects.filter(participant__responsible=member, state="active")
    keys = list(own.order_by("id").values_list("pk", flat=True))
    for key in random.Random(7).choices(keys, k=count):
        yield "GET", reverse("mentoring:match", args=[key]), {}


def _calendars(_member, count: int) -> Iterator[Asked]:
    """The calendar of a programme, at this month and the eleven before."""
    from django.urls import reverse

    from kith.base import clock
    from kith.programmes.models import Programme

    keys = list(Programme.objects.order_by("id").values_list("pk", flat=True))
    today, rng = clock.today(), random.Random(11)
    months = [divmod(today.year * 12 + today.month - 1 - back, 12) for back in range(12)]
    for _ in range(count):
        year, month = rng.choice(months)
        address = reverse("calendars:programme", args=[rng.choice(keys)])
        yield "GET", f"{address}?month={year}-{month + 1:02}", {}


def _lists(_member, count: int) -> Iterator[Asked]:
    from django.urls import reverse

    for _ in range(count):
        yield "GET", reverse("people:participants"), {}


def _searches(member, count: int) -> Iterator[Asked]:
    from django.urls import reverse

    for person in _some_people(count):
        yield "GET", f"{reverse('people:participants')}?q={quote(str(person.name))}", {}


def _records(member, count: int) -> Iterator[Asked]:
    from django.urls import reverse

    for person in _some_people(count, responsible=member):
        yield "GET", reverse("people:person", args=[person.pk]), {}


def _saves(member, count: int) -> Iterator[Asked]:
    from django.urls import reverse

    from kith.base import clock
    from kith.mentoring.models import Match

    own = Match.objects.filter(participant__responsible=member, state="active")
    matches = list(own.order_by("id")[:500])
    rng = random.Random(3)
    for _ in range(count):
        match = rng.choice(matches)
        fields = {
            "held_on": (clock.today() - timedelta(days=rng.randint(0, 3))).isoformat(),
            "minutes": "60",
            "way": "in_person",
            "topics": "language",
            "next_step": "Bring the letter",
        }
        yield "POST", reverse("mentoring:new_meeting", args=[match.pk]), fields


def _some_people(count: int, **only):
    from kith.people.models import Person

    keys = Person.objects.filter(is_participant=True, **only).order_by("id")
    keys = random.Random(5).choices(list(keys.values_list("pk", flat=True)), k=count)
    rows = Person.objects.in_bulk(keys)
    return [rows[key] for key in keys]


ASKED: dict[str, Callable[..., Iterator[Asked]]] = {
    "home": _homes,
    "match": _matches,
    "calendar": _calendars,
    "list": _lists,
    "search": _searches,
    "record": _records,
    "save": _saves,
}


def _asked(name: str, member, count: int) -> Iterator[Asked]:
    return ASKED[name](member, count)


def _timed(visitor: Visitor, cookies: dict[str, str], rows: list[Asked]) -> dict:
    token = {"csrfmiddlewaretoken": cookies["csrftoken"]}
    times = []
    for method, address, fields in rows:
        begun = time.perf_counter()
        status = visitor.get(address) if method == "GET" else visitor.post(address, fields | token)
        times.append((time.perf_counter() - begun) * 1000)
        if status not in ({200} if method == "GET" else {302, 303}):
            raise RuntimeError(f"{method} {address} answered {status}")
    kept = sorted(times[WARM_UP:])
    return {"p50": statistics.median(kept), "p95": kept[int(len(kept) * 0.95)]}


def _queries(cookies: dict[str, str], row: Asked) -> int:
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext

    method, address, fields = row
    client = Client(headers={"host": "localhost"})
    for name, value in cookies.items():
        client.cookies[name] = value
    ask = client.get if method == "GET" else client.post
    ask(address, fields)
    with CaptureQueriesContext(connection) as asked:
        ask(address, fields)
    return len(asked)


def _memory(house) -> dict[str, float]:
    """Megabytes held by each part; pages that are shared are counted once."""
    parts = {child.name: child.process.pid for child in house.children if child.process}
    parts["database"] = house.database.pid
    return {name: _held(psutil.Process(pid)) for name, pid in parts.items()}


def _held(process: psutil.Process) -> float:
    family = [process, *process.children(recursive=True)]
    return sum(one.memory_full_info().pss for one in family) / 1024 / 1024


if __name__ == "__main__":
    print(json.dumps(main(int(sys.argv[1]), Path(sys.argv[2]), int(sys.argv[3]))))
