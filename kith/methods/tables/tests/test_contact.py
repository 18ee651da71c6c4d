"""Phone numbers, e-mail addresses, ways of contact."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from kith.methods.tables.tests.lists import said
from kith.methods.tables.values.emails import read_email
from kith.methods.tables.values.people import channel_in_note, read_channels
from kith.methods.tables.values.phones import read_phone


@pytest.mark.parametrize(
    ("written", "country", "number"),
    [
        (" 795 917 706", "PL", "+48795917706"),
        ("+48 721 887 288", "PL", "+48721887288"),
        ("0048722 909 815", "PL", "+48722909815"),
        ("22 609 80 36", "PL", "+48226098036"),
        ("(22) 609-80-36", "PL", "+48226098036"),
        ("0601 222 333", "PL", "+48601222333"),
        ("+48 0601 222 333", "PL", "+48601222333"),
        ("48600111222", "PL", "+48600111222"),
        ("tel. 600111222", "PL", "+48600111222"),
        ("600 111 222 wew. 14", "PL", "+48600111222"),
        (601234567.0, "PL", "+48601234567"),
        ("601234567.0", "PL", "+48601234567"),
        (601234567, "PL", "+48601234567"),
        ("+380 67 123 45 67", "PL", "+380671234567"),
        ("0049 (0)151 23456789", "PL", "+4915123456789"),
        ("+254 712 345678", "PL", "+254712345678"),
        ("0151 23456789", "DE", "+4915123456789"),
        ("067 123 45 67", "UA", "+380671234567"),
        ("(612) 555-0101", "US", "+16125550101"),
        ("٦٠٠١١١٢٢٢", "PL", "+48600111222"),
    ],
)
def test_a_phone_number_becomes_international(written, country, number):
    assert read_phone(written, country=country) == (number, None)


def test_of_two_numbers_the_first_is_taken_and_the_other_named():
    number, note = read_phone("600 111 222 / 500-333-444", country="PL")

    assert (number, said(note)) == (
        "+48600111222",
        ("phone_second", "note", {"others": "+48500333444"}),
    )


@pytest.mark.parametrize(
    "written", ["12345", "600 111", "+48 12", "+48+600111222", "0151 23456789", "wew. 5"]
)
def test_what_is_no_number_stays_as_written(written):
    number, note = read_phone(written, country="PL")

    assert (number, said(note)[:2]) == (written, ("phone_unreadable", "note"))


def test_without_a_known_country_only_international_numbers_are_read():
    assert read_phone("+48600111222", country="ZZ") == ("+48600111222", None)
    assert said(read_phone("600111222", country="ZZ")[1])[0] == "phone_unreadable"


@pytest.mark.parametrize("written", [None, "", "nieznany", "brak telefonu", "-", "kein Handy"])
def test_no_phone_is_no_mistake(written):
    assert read_phone(written, country="PL") == (None, None)


@pytest.mark.parametrize(
    ("written", "address", "code"),
    [
        ("sykr@example.com", "sykr@example.com", None),
        ("Jan <Jan.Kot@WP.pl>", "Jan.Kot@wp.pl", None),
        ("mailto:jan@wp.pl", "jan@wp.pl", None),
        ("jan@gmial.com", "jan@gmial.com", "email_typo"),
        ("jan@gmail.con", "jan@gmail.con", "email_typo"),
        ("jan@gmai.com", "jan@gmai.com", "email_typo"),
        ("jan@gmaill.com", "jan@gmaill.com", "email_typo"),
        ("jan@gnail.com", "jan@gnail.com", "email_typo"),
        ("jan@praca.pl", "jan@praca.pl", None),
        ("a@b.pl; c@d.pl", "a@b.pl", "email_second"),
        ("ola@@poczta", None, "email_unreadable"),
        ("ola.poczta.pl", None, "email_unreadable"),
        ("ola@poczta", None, "email_unreadable"),
        ("a" * 250 + "@wp.pl", None, "email_unreadable"),
        ("brak", None, None),
        ("brak maila", None, None),
        (None, None, None),
    ],
)
def test_an_address_is_checked(written, address, code):
    found, note = read_email(written)

    assert (found, note.code if note else None) == (address, code)


def test_a_typing_slip_comes_with_a_suggestion():
    assert said(read_email("jan@gmial.com")[1])[2]["suggestion"] == "jan@gmail.com"


@pytest.mark.parametrize(
    ("written", "channels"),
    [
        ("WhatsApp", ("whatsapp",)),
        ("telefon (WhatsApp)", ("whatsapp",)),
        ("tel, sms", ("phone", "sms")),
        ("nie dzwonić, tylko sms", ("sms",)),
        ("e-mail i Signal", ("email", "signal")),
        ("Viber або телеграм", ("viber", "telegram")),
        ("واتساب", ("whatsapp",)),
        (None, ()),
    ],
)
def test_ways_of_contact_are_recognised(written, channels):
    assert read_channels(written) == (channels, None)


def test_an_unknown_way_of_contact_is_named():
    assert said(read_channels("gołąb")[1]) == ("channel_unknown", "note", {"text": "gołąb"})


def test_a_note_may_ask_for_a_way_of_contact():
    assert channel_in_note("prosi o kontakt przez WhatsApp") == "whatsapp"
    assert channel_in_note("nie pisać na WhatsApp, prosi o spokój") == ""
    assert channel_in_note("nie dzwonić po 20") == ""
    assert channel_in_note("ma psa") == ""


@settings(deadline=None)
@given(st.one_of(st.text(), st.integers(), st.floats(allow_nan=False, allow_infinity=False)))
def test_no_cell_makes_the_readers_fail(cell):
    number, note = read_phone(cell, country="PL")

    assert (number is None or note is not None or number.startswith("+")) is True
    assert (read_email(cell)[0] or "@").count("@") == 1
    assert isinstance(read_channels(cell)[0], tuple)
