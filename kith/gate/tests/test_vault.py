"""The vault: bound to its place, one key per person and store, unreadable once forgotten."""

import pytest
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext

from kith.base import keyring, permit, scope, vault
from kith.base.fields import ERASED
from kith.base.models import DataKey
from kith.gate.models import Membership
from kith.gate.tests.factories import MembershipFactory


@pytest.fixture
def ewa(db):
    """A membership whose name is in the vault, looked at from its organisation."""
    member = MembershipFactory(name="Ewa Kowalczuk")
    with scope.entered(member.organisation_id):
        yield member


def stored(column, row):
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM gate_membership WHERE id = %s", [row.pk])
        return bytes(cursor.fetchone()[0])


def test_a_name_is_read_back_and_lies_encrypted_in_the_database(ewa) -> None:
    sealed = stored("name", ewa)

    assert Membership.objects.get(pk=ewa.pk).name == "Ewa Kowalczuk"
    assert b"Kowalczuk" not in sealed
    assert len(sealed) == 12 + len("Ewa Kowalczuk") + 16


def test_the_same_name_twice_gives_different_texts_in_the_database(ewa) -> None:
    before = stored("name", ewa)
    with permit.lifted():
        ewa.save()

    assert stored("name", ewa) != before


@pytest.mark.parametrize(("column", "other_row"), [("email", False), ("name", True)])
def test_a_text_moved_to_another_column_or_row_is_unreadable(ewa, column, other_row) -> None:
    target = MembershipFactory(organisation=ewa.organisation) if other_row else ewa
    with connection.cursor() as cursor:
        cursor.execute(
            f"UPDATE gate_membership SET {column} = %s WHERE id = %s",
            [stored("name", ewa), target.pk],
        )

    with pytest.raises(vault.Unreadable):
        getattr(Membership.objects.get(pk=target.pk), column)


def test_forgetting_the_key_makes_the_texts_unreadable_at_once(ewa) -> None:
    with permit.lifted():
        count = vault.forget(ewa.user_id)

    assert count == 1
    assert Membership.objects.get(pk=ewa.pk).name == ERASED


def test_forgetting_one_store_leaves_the_others(ewa) -> None:
    with permit.lifted():
        vault.key_for_writing(ewa.user_id, "mentoring")
        count = vault.forget(ewa.user_id, store="mentoring")

    assert count == 1
    assert Membership.objects.get(pk=ewa.pk).name == "Ewa Kowalczuk"


def test_a_page_of_people_needs_one_query_for_all_keys(ewa) -> None:
    for number in range(5):
        MembershipFactory(organisation=ewa.organisation, name=f"Jan {number}")
    scope.current().opened.clear()

    with CaptureQueriesContext(connection) as asked:
        names = [row.name for row in Membership.objects.order_by("created_at")]

    assert names == ["Ewa Kowalczuk", "Jan 0", "Jan 1", "Jan 2", "Jan 3", "Jan 4"]
    assert len(asked) == 2


def test_a_field_of_the_vault_cannot_be_searched_or_updated_past_it(ewa) -> None:
    with pytest.raises(TypeError, match="encrypted"):
        Membership.objects.filter(name="Ewa Kowalczuk").exists()
    with pytest.raises(TypeError, match="encrypted"), permit.lifted():
        Membership.objects.update(name="Zofia")


def test_a_person_has_one_key_per_store(ewa) -> None:
    with pytest.raises(IntegrityError), permit.lifted():
        vault.make_keys([(ewa.user_id, "account")])


def test_the_house_key_is_rotated_and_the_old_one_can_go(ewa, tmp_path, settings) -> None:
    settings.KITH_KEYS = str(tmp_path)
    keyring.ensure(tmp_path)
    with permit.lifted():
        DataKey.objects.all().delete()
    scope.current().opened.clear()
    with permit.lifted():
        ewa.name = "Ewa Nowa"
        ewa.save()
        version = keyring.add_house_key()
        count = vault.rewrap()
    keyring.keep_only(version)
    scope.current().opened.clear()

    assert count == 1
    assert Membership.objects.get(pk=ewa.pk).name == "Ewa Nowa"
    assert keyring.house()[0] == "2"
    assert list(keyring.house()[1]) == ["2"]


def test_keys_are_readable_by_their_owner_alone(tmp_path) -> None:
    keyring.ensure(tmp_path)

    modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.iterdir()}

    assert modes == dict.fromkeys(
        ("audit.key", "cookies.key", "drafts.key", "factors.key", "house.json", "index.key"), 384
    )


def test_a_second_start_keeps_the_keys(tmp_path) -> None:
    keyring.ensure(tmp_path)
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}

    keyring.ensure(tmp_path)

    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


def test_a_blind_token_depends_on_kind_value_and_key(ewa) -> None:
    token = vault.blind("name", "kowalczuk")

    assert token == vault.blind("name", "kowalczuk")
    assert token != vault.blind("name", "kowalczyk")
    assert token != vault.blind("phone", "kowalczuk")
    assert -(2**63) <= token < 2**63
