"""kith worker: do the deferred and periodic work. More of them may run, also on other machines."""

import argparse
import time
from typing import Any, cast

from kith.config.boot import boot
from kith.config.launch.choice import Place
from kith.config.problems import CommandFailed

LONGEST_SECONDS = 600
PAUSE_SECONDS = 0.1


class WorkGoesOn(CommandFailed):
    """Another worker has taken a job and is not done with it."""

    def __init__(self) -> None:
        super().__init__("Another worker is still busy after ten minutes. Look again later.")


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "--once",
        action="store_true",
        help="do what waits and every periodic job whose time has come, then stop",
    )
    parser.add_argument(
        "--demo", action="store_true", help="work on the demo, not on your own data"
    )


def run(options: argparse.Namespace) -> int:
    boot(Place.DEMO if options.demo else Place.OWN)
    from procrastinate.contrib.django import app, django_connector  # noqa: PLC0415 - needs Django

    connector = cast(django_connector.DjangoConnector, app.connector)
    if options.once:
        _ask_for_due()
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(wait=not options.once, listen_notify=not options.once, name="kith")
    if options.once:
        _wait_for_others()
    return 0


def _ask_for_due() -> None:
    from kith.base import clock  # noqa: PLC0415 - Django is set up by now
    from kith.gate.jobs import ask_for_due  # noqa: PLC0415

    ask_for_due(clock.now())


def _wait_for_others() -> None:
    """What another worker took from the queue is done as well when this one says it is."""
    from procrastinate.contrib.django.models import ProcrastinateJob  # noqa: PLC0415

    rows: Any = ProcrastinateJob.objects
    busy = rows.filter(status="doing", worker__isnull=False)
    deadline = time.monotonic() + LONGEST_SECONDS
    while busy.exists():
        if time.monotonic() > deadline:
            raise WorkGoesOn()
        time.sleep(PAUSE_SECONDS)
