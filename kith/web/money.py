"""Amounts of money: whole cents inside, in the words of the language on a page."""

from decimal import Decimal

from babel.numbers import format_currency, get_territory_currencies

from kith.web.words import locale


def currency_of(country: str) -> str:
    """The money people pay with in a country."""
    found = get_territory_currencies(country) if country else []
    return str(found[0]) if found else "EUR"


def money(cents: int, currency: str) -> str:
    """An amount in the language of the page."""
    return str(format_currency(Decimal(cents) / 100, currency, locale=locale()))
