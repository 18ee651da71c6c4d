"""The directory of services at 1,000 and at 100,000 entries, searched over HTTP, side by side.

`python -m bench.directory [--sizes 1000,100000] [--home FOLDER]` loads a small demo, fills its
directory through the room's own writing of documents, and asks as a coordinator's browser does:
by words, by need, by several things together, by distance, and without any question; and by what is
open now, with the clock moved to hours at which most, few or none are open. Prints p50 and p95 in
milliseconds, the number of queries, and the ratio between the sizes. Ends with 1 when a limit is
not kept.
"""

import random
import sys
import time
from datetime import timedelta
from pathlib import Path
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from bench.one import WARM_UP, _cookies, _coordinator, _queries, _timed, _wait_for
from bench.one import Visitor as Browser
from bench.sizes import Measured, Sizes, served

REQUESTS = 60
AT_ONCE = 200
# A Tuesday's clock for what is open now. At half past four almost all have just closed and the
# others have not opened yet, which no statistics of a table tell.
HOURS = {
    "open_03:00": (3, 0),
    "open_06:28": (6, 28),
    "open_10:00": (10, 0),
    "open_16:30": (16, 30),
    "open_17:55": (17, 55),
    "open_21:00": (21, 0),
    "open_and": (10, 0),
    "open_near": (16, 30),
}
TUESDAY = 1
KINDS = ("all", "words", "need", "together", "words_and", "near", "near_and", *HOURS)
FIRST = ("Open", "Quiet", "Small", "Warm", "First", "Evening", "Neighbours", "Second", "Green")
THING = ("door", "table", "course", "office", "group", "kitchen", "garden", "advice", "workshop")
TOWNS = ("Poznań", "Luboń", "Swarzędz", "Mosina", "Puszczykowo", "Komorniki", "Czerwonak")
LANGUAGES = ("pl", "uk", "en", "ru", "ar", "fa", "vi")


def measure(folder: Path, size: int) -> Measured:
    """Fill one directory, serve it, ask."""
    folder.mkdir(parents=True, exist_ok=True)
    clock = folder / "clock"
    clock.write_text("0")
    with served(folder, KITH_CLOCK=str(clock)) as port:
        return _measured(port, size, clock)


def _measured(port: int, size: int, clock: Path) -> dict[str, Any]:
    import django

    django.setup()
    from kith.base import scope

    member = _coordinator()
    with scope.entered(member.organisation_id, user_id=member.user_id):
        seconds = _fill(member.organisation_id, size)
        asked = {kind: _asked(kind) for kind in KINDS}
    _wait_for(port)
    pages = {}
    for kind, rows in asked.items():
        clock.write_text(str(_seconds_to(*HOURS[kind]) if kind in HOURS else 0))
        with scope.entered(member.organisation_id, user_id=member.user_id):
            cookies = _cookies(member)
        timed = _timed(Browser(port, cookies), cookies, rows)
        pages[kind] = timed | {"queries": _queries(cookies, rows[0])}
    return {"seconds": seconds, "pages": pages}


def _seconds_to(hour: int, minute: int) -> float:
    """How far ahead the next Tuesday has that time on the clock of the installation."""
    from django.utils import timezone

    now = timezone.localtime()
    day = now + timedelta(days=(TUESDAY - now.weekday() - 1) % 7 + 1)
    return (day.replace(hour=hour, minute=minute, second=0) - now).total_seconds()


def _fill(organisation_id: UUID, size: int) -> float:
    """Write entries until there are so many; gives the seconds that took."""
    from django.db import connection

    from kith.base import permit
    from kith.services.commands.entries import Put, put_documents
    from kith.services.models import Service

    begun = time.monotonic()
    have = Service.objects.count()
    rng = random.Random(11)
    with permit.lifted():
        for start in range(have, size, AT_ONCE):
            numbers = range(start, min(start + AT_ONCE, size))
            put_documents(organisation_id, [Put(_document(number, rng)) for number in numbers])
    with connection.cursor() as cursor:
        for table in ("service", "mark", "spot", "opening"):
            cursor.execute(f"ANALYZE services_{table}")
    return time.monotonic() - begun


def _document(number: int, rng: random.Random) -> dict[str, Any]:
    from kith.services.rules.needs import NEEDS
    from kith.services.rules.writing import Written, rewritten

    evening = rng.random() < 0.2
    written = Written(
        name=f"{rng.choice(FIRST)} {rng.choice(THING)} {number}",
        provider=f"Association {number % 400}",
        needs=tuple(rng.sample(NEEDS, rng.choice((1, 1, 2)))),
        languages=tuple(rng.sample(LANGUAGES, 2)),
        street=f"ul. {rng.choice(THING)} {number % 90}",
        postal_code="61-001",
        city=rng.choice(TOWNS),
        region="wielkopolskie",
        country="PL",
        latitude=rng.uniform(52.2, 52.6),
        longitude=rng.uniform(16.6, 17.2),
        hours=tuple((day, 1020, 1200) if evening else (day, 540, 960) for day in range(5)),
        description="Talks, help with letters, and a cup of tea for whoever comes in.",
        is_free=rng.random() < 0.7,
        cost="",
        phone="+48 61 555 00 00",
    )
    from kith.base import clock

    return rewritten(None, written, today=clock.today())


def _asked(kind: str) -> list[tuple[str, str, dict[str, str]]]:
    from django.urls import reverse

    from kith.people.models import Place
    from kith.services.rules.needs import NEEDS

    rng = random.Random(17)
    place = Place.objects.filter(latitude__isnull=False).order_by("name").first()
    here = str(place.pk) if place else ""
    questions = {
        "all": dict,
        "words": lambda: {"q": f"{rng.choice(FIRST)} {rng.choice(THING)[:4]}"},
        "need": lambda: {"need": rng.choice(NEEDS)},
        "together": lambda: {
            "need": rng.choice(NEEDS),
            "language": rng.choice(LANGUAGES),
            "free": "on",
        },
        # Both sizes have a full page to show: what is compared is the search, not the cards.
        "words_and": lambda: {"q": rng.choice(FIRST), "language": rng.choice(LANGUAGES)},
        "near": lambda: {"place": here, "km": "10"},
        "near_and": lambda: {"place": here, "km": "10", "need": rng.choice(NEEDS)},
        "open_and": lambda: {
            "when": "now",
            "q": rng.choice(FIRST),
            "need": rng.choice(NEEDS),
        },
        "open_near": lambda: {"when": "now", "place": here, "km": "10"},
    }
    ask = questions.get(kind, lambda: {"when": "now"})
    address = reverse("services:start")
    return [("GET", f"{address}?{urlencode(ask())}", {}) for _ in range(REQUESTS + WARM_UP)]


SIZES = Sizes("directory", __doc__ or "", "entries", KINDS, (1000, 100_000))

if __name__ == "__main__":
    sys.exit(SIZES.main(measure))
