"""What somebody is asked about before a message goes."""

import pytest

from kith.messaging.rules.caution import Caution, cautions

ACCOUNT = "PL61 1090 1014 0000 0712 1981 2874"


@pytest.mark.parametrize(
    "text",
    [
        "Call me: +48 600 100 200",
        "600-100-200",
        "My number is (061) 855.51.23",
        "رقمي ٠٦٠٠١٠٠٢٠٠",
        "６００ １００ ２００",
        "My number: 600\u200b100200",
    ],
)
def test_a_phone_number_is_seen_in_every_way_of_writing(text) -> None:
    assert cautions(text) == (Caution.PHONE,)


@pytest.mark.parametrize(
    "text",
    [
        ACCOUNT,
        "de89 3704 0044 0532 0130 00 is mine",
        ACCOUNT.removeprefix("PL"),
        "4111 1111 1111 1111",
        "رقم: ٤١١١١١١١١١١١١١١١",
    ],
)
def test_the_number_of_an_account_or_a_card_is_seen(text) -> None:
    assert cautions(text) == (Caution.ACCOUNT,)


@pytest.mark.parametrize(
    "text",
    [
        "I can lend you 200 zł",
        "Can you send me 50 euro?",
        "Pożyczysz mi stówkę?",
        "Zrobię przelew jutro",
        "أعطني ٢٠٠ يورو",
        "هل تقرضني",
        "Позичте мені до п'ятниці",
    ],
)
def test_money_that_changes_hands_is_seen_in_four_languages(text) -> None:
    assert cautions(text) == (Caution.MONEY,)


@pytest.mark.parametrize(
    "text",
    [
        "See you on 12.10.2026 at 17:30-18:30, or on 2026-11-30",
        "Bus 174 at 10.15, stop 60-101, house 14/3",
        "The ticket is 4,60 zł, the flat 1200 zł a month",
        "School from 2024-2026",
        "Send me the photo of the letter",
        "نلتقي في ١٢.١٠.٢٠٢٦",
        "",
    ],
)
def test_days_times_addresses_and_prices_are_nobodys_question(text) -> None:
    assert cautions(text) == ()


def test_several_things_are_asked_about_once_each() -> None:
    text = f"Lend me 50 zł: {ACCOUNT}, or call 600 100 200 or 600 100 201."

    assert cautions(text) == (Caution.PHONE, Caution.ACCOUNT, Caution.MONEY)


def test_a_number_behind_an_account_does_not_hide_it() -> None:
    assert Caution.ACCOUNT in cautions(f"{ACCOUNT} 200")
