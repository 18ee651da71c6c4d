"""kith keys rotate: a new house key. Copies of the old keys folder still open old backups."""

import argparse

from kith.config.boot import boot

DONE = 0


def add_arguments(parser: argparse.ArgumentParser) -> None:
    actions = parser.add_subparsers(dest="action", required=True, metavar="rotate")
    actions.add_parser(
        "rotate",
        help="make a new house key and drop the old one",
        description=(
            "Makes a new house key, wraps every data key with it, and drops the old one. "
            "Kith may run meanwhile. Keep a copy of the old keys folder with your old backups."
        ),
        epilog="Example: kith keys rotate",
    )


def run(options: argparse.Namespace) -> int:
    del options
    home = boot()
    from kith.config.rotation import rotate_house_key  # noqa: PLC0415 - Django is set up by now

    count = rotate_house_key()
    print(f"There is a new house key in {home.keys}; {count} data keys are wrapped with it.")
    print("Copy the keys folder to its safe place now.")
    return DONE
