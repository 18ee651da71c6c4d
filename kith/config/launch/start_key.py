"""Prints what lets someone on another machine begin the first organisation of an empty Kith."""

import django


def main() -> None:
    django.setup()
    from kith.accounts.queries import start_key  # noqa: PLC0415 - Django is set up by now

    print(start_key())


if __name__ == "__main__":
    main()
