"""kith worker: do the deferred and periodic work. More of them may run, also on other machines."""

import argparse
from typing import cast

from kith.config.boot import boot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--once", action="store_true", help="do what waits now, then stop")


def run(options: argparse.Namespace) -> int:
    boot()
    from procrastinate.contrib.django import app, django_connector  # noqa: PLC0415 - needs Django

    connector = cast(django_connector.DjangoConnector, app.connector)
    with app.replace_connector(connector.get_worker_connector()) as working:
        working.run_worker(wait=not options.once, listen_notify=not options.once, name="kith")
    return 0
