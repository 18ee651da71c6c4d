"""An edition with 50 and with 5,000 learners, opened over HTTP, side by side.

`python -m bench.learning [--sizes 50,5000] [--home FOLDER]` loads a small demo, takes the courses
that come with Kith, fills one edition with learners, what they read and tried, and sums of answers,
and asks as browsers do: the trainer's page of the edition, its second page, the figures of the
questions, the start page of a learner, and screens of the course. Prints p50 and p95 in
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

from bench.one import WARM_UP, _cookies, _coordinator, _queries, _timed, _wait_for
from bench.one import Visitor as Browser
from bench.sizes import Measured, Sizes, served

REQUESTS, ROUNDS = 40, 3
AT_ONCE = 500
KINDS = ("cohort", "page 2", "figures", "start", "screen")
Asked = tuple[str, str, dict[str, str]]


def measure(folder: Path, size: int) -> Measured:
    """Fill one edition, serve it, ask."""
    with served(folder) as port:
        return _measured(port, size)


def _measured(port: int, size: int) -> dict[str, Any]:
    import django

    django.setup()
    from kith.base import permit, scope

    begun = time.monotonic()
    coordinator = _coordinator()
    with scope.entered(coordinator.organisation_id, user_id=coordinator.user_id), permit.lifted():
        edition = _edition(coordinator)
        _fill(edition, size)
        trainer, learner = _trainer(edition), _learner(edition)
        seconds = time.monotonic() - begun
        asked = {
            "cohort": (trainer, _cohort(edition)),
            "page 2": (trainer, _second_page(edition)),
            "figures": (trainer, _figures(edition)),
            "start": (learner, _start()),
            "screen": (learner, _screens(edition, learner)),
        }
        cookies = {kind: _cookies(member) for kind, (member, _rows) in asked.items()}
    _wait_for(port)
    pages = {
        kind: _calmest(port, cookies[kind], rows) | {"queries": _queries(cookies[kind], rows[0])}
        for kind, (_member, rows) in asked.items()
    }
    return {"seconds": seconds, "pages": pages}


def _calmest(port: int, cookies: dict[str, str], rows: list[Asked]) -> dict[str, float]:
    """The calmest of some rounds: what else the machine does is not the page's doing."""
    rounds = [_timed(Browser(port, cookies), cookies, rows) for _ in range(ROUNDS)]
    return min(rounds, key=lambda one: one["p50"])


# ── Filling ──────────────────────────────────────────────────────────────────────────────────────


def _edition(coordinator):
    from kith.base import clock
    from kith.learning.commands.courses import take_shipped
    from kith.learning.commands.planning import EditionPlan, plan_edition
    from kith.learning.models import Course, Edition

    known = Edition.objects.filter(title="Bench").first()
    if known is not None:
        return known
    trainer = _member(coordinator.organisation_id, ["trainer"], "Trainer")
    actor, today = _actor(trainer), clock.today()
    take_shipped(actor, now=clock.now())
    plan = EditionPlan(
        title="Bench",
        starts_on=today - timedelta(days=60),
        closes_on=today + timedelta(days=30),
        ends_on=today + timedelta(days=90),
        trainer=trainer,
    )
    course = Course.objects.get(key="understanding-vulnerability")
    return plan_edition(actor, course=course, plan=plan)


def _actor(member):
    from kith.gate.actor import member_actor

    return member_actor(member)


def _member(organisation_id, roles: list[str], name: str):
    from kith.gate.models import Membership

    user = _user(f"{name.replace(' ', '.').lower()}@example.org")
    return Membership.objects.create(
        organisation_id=organisation_id,
        user=user,
        roles=roles,
        name=name,
        email=f"{name.replace(' ', '.').lower()}@example.org",
    )


def _user(address: str):
    from kith.base import scope
    from kith.gate.models import User, login_token

    user = User(login=login_token(address))
    user.set_unusable_password()
    with scope.entered(signing_in=True):
        user.save(force_insert=True)
    return user


def _fill(edition, size: int) -> None:
    """Write learners, progress and sums until there are so many learners."""
    from django.db import connection, transaction  # noqa: TID251 - filled outside of acts

    from kith.learning.commands.joining import count_seats
    from kith.learning.models import Seat

    rng = random.Random(11)
    parts = _parts(edition)
    for start in range(Seat.objects.filter(edition=edition).count(), size, AT_ONCE):
        # All of a part or nothing, so that a run that was stopped can be gone on with.
        with transaction.atomic():
            _learners(edition, parts, range(start, min(start + AT_ONCE, size)), rng)
    count_seats(edition)
    _tallies(parts, size, rng)
    with connection.cursor() as cursor:
        for table in ("seat", "progress", "tally", "edition", "coursepart"):
            cursor.execute(f"ANALYZE learning_{table}")
        cursor.execute("ANALYZE gate_membership")


def _parts(edition):
    from kith.learning.models import CoursePart

    rows = CoursePart.objects.filter(version__course=edition.course_id, version__state="in_use")
    return list(rows.select_related("version").defer("content").order_by("kind", "position"))


def _learners(edition, parts, numbers: range, rng: random.Random) -> None:
    from kith.base import clock
    from kith.learning.models import Progress, Seat

    now, today, modules = clock.now(), clock.today(), parts[:7]
    seats = []
    for number in numbers:
        member = _member(edition.organisation_id, ["learner"], f"Learner {number}")
        done = rng.randrange(7)
        seats.append(
            Seat(
                edition=edition,
                version=parts[0].version,
                member=member,
                country="PL",
                language="en",
                joined_on=today - timedelta(days=50),
                last_at=now - timedelta(minutes=rng.randrange(60 * 24 * 40)),
                part=modules[done].key,
                screen=modules[done].screens[0],
                modules_done=done,
            )
        )
    Seat.objects.bulk_create(seats)
    Progress.objects.bulk_create(
        Progress(
            seat=seat,
            part=part.key,
            screens=part.screens,
            seconds=1800,
            done_on=today,
            best_percent=90,
        )
        for seat in seats
        for part in modules[: seat.modules_done]
    )


def _tallies(parts, size: int, rng: random.Random) -> None:
    from kith.learning.models import Tally
    from kith.learning.queries.content import part_of

    for part in parts:
        if part.kind != "module":
            continue
        Tally.objects.filter(part=part).delete()
        Tally.objects.bulk_create(
            _tally(part, question, size, rng) for question in part_of(part).questions
        )


def _tally(part, question, size: int, rng: random.Random):
    from kith.learning.models import Tally

    right = int(size * rng.uniform(0.3, 0.95))
    keys = [one.key for one in getattr(question, "options", ())]
    return Tally(
        part=part,
        question=question.key,
        number=size,
        points=right,
        points_squared=right,
        rest=size * 0.7,
        rest_squared=size * 0.55,
        product=right * rng.uniform(0.6, 0.75),
        chosen={key: rng.randrange(size) for key in keys},
    )


# ── Asking ───────────────────────────────────────────────────────────────────────────────────────


def _trainer(edition):
    from kith.gate.models import Membership

    return Membership.objects.select_related("organisation", "user").get(pk=edition.trainer_id)


def _learner(edition):
    from kith.gate.models import Membership
    from kith.learning.models import Seat

    seat = Seat.objects.filter(edition=edition, state="learning").order_by("id").first()
    return Membership.objects.select_related("organisation", "user").get(pk=seat.member_id)


def _again(address: str) -> list[Asked]:
    return [("GET", address, {})] * (REQUESTS + WARM_UP)


def _cohort(edition) -> list[Asked]:
    from django.urls import reverse

    return _again(reverse("learning:cohort", args=[edition.pk]))


def _second_page(edition) -> list[Asked]:
    from django.urls import reverse

    from kith.base import clock
    from kith.learning.queries import cohort

    first = cohort.page(
        _actor(_trainer(edition)),
        edition,
        show=cohort.Show.LEARNING,
        part=None,
        after="",
        now=clock.now(),
    )
    query = urlencode({"show": "learning", "after": first.after})
    return _again(f"{reverse('learning:cohort', args=[edition.pk])}?{query}")


def _figures(edition) -> list[Asked]:
    from django.urls import reverse

    return _again(reverse("learning:figures", args=[edition.course_id]))


def _start() -> list[Asked]:
    from django.urls import reverse

    return _again(reverse("learning:start"))


def _screens(edition, learner) -> list[Asked]:
    """Screens of the module where the learner stopped."""
    from django.urls import reverse

    from kith.learning.models import CoursePart, Seat

    seat = Seat.objects.get(edition=edition, member=learner)
    part = CoursePart.objects.defer("content").get(version=seat.version_id, key=seat.part)
    rng = random.Random(17)
    addresses = [
        reverse("learning:screen", args=[seat.pk, part.key, screen]) for screen in part.screens
    ]
    return [("GET", rng.choice(addresses), {}) for _ in range(REQUESTS + WARM_UP)]


SIZES = Sizes("learning", __doc__ or "", "learners", KINDS, (50, 5000))

if __name__ == "__main__":
    sys.exit(SIZES.main(measure))
