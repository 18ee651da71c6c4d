"""kith manage: Django's own commands against the database, as the serving role."""

import argparse
import os

from kith.config.boot import boot


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "words", nargs=argparse.REMAINDER, help="a command of Django and its options"
    )


def run(options: argparse.Namespace) -> int:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "kith.config.settings")
    boot()
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - Django is set up

    execute_from_command_line(["kith manage", *options.words])
    return 0
