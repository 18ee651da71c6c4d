"""Cards, devices and who may give which role."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from kith.accounts.rules import (
    CARD_LETTERS,
    Device,
    device_of,
    givable,
    grouped,
    new_pin,
    typed_digits,
    typed_number,
)
from kith.gate.roles import STAFF, Role

IPHONE = "Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Version/17.0 Mobile/15E148"
IPAD = "Mozilla/5.0 (iPad; CPU OS 16_0 like Mac OS X) Version/16.0 Mobile/15E148"
TABLET = "Mozilla/5.0 (Linux; Android 13; SM-X200) AppleWebKit/537.36 Chrome/119 Safari/537.36"
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/119"


@pytest.mark.parametrize(
    ("description", "device"),
    [
        (IPHONE, Device.PHONE),
        (IPAD, Device.TABLET),
        (TABLET, Device.TABLET),
        (WINDOWS, Device.COMPUTER),
        ("", Device.COMPUTER),
    ],
)
def test_a_browser_is_a_phone_a_tablet_or_a_computer(description, device) -> None:
    assert device_of(description) == device


@given(st.text(CARD_LETTERS, min_size=16, max_size=16))
def test_a_number_survives_being_printed_and_typed(number) -> None:
    assert typed_number(grouped(number).lower()) == number


def test_a_pin_is_six_figures_and_none_that_everyone_tries_first() -> None:
    pins = [new_pin() for _ in range(500)]

    assert {len(pin) for pin in pins} == {6}
    assert not {"000000", "123456", "654321", "111111", "121212"} & set(pins)


def test_figures_of_other_scripts_are_read() -> None:
    assert typed_digits("١٢٣ ४५۶") == "123456"


def test_an_administrator_gives_all_roles_a_coordinator_no_staff_role_but_the_own() -> None:
    assert givable([Role.PLATFORM_ADMINISTRATOR]) == set(Role)
    assert givable([Role.COORDINATOR]) & STAFF == {Role.COORDINATOR}
    assert givable([Role.COORDINATOR]) > {Role.MENTOR, Role.PARTICIPANT, Role.COORDINATOR}


@pytest.mark.parametrize(
    "role", sorted(set(Role) - {Role.PLATFORM_ADMINISTRATOR, Role.COORDINATOR})
)
def test_nobody_else_gives_roles(role) -> None:
    assert givable([role]) == frozenset()
