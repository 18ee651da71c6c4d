"""`kith credential verify` as it is called."""

import json

import pytest

from kith.config import cli
from kith.methods.learning.credentials.baking import badge_picture, bake
from kith.methods.learning.credentials.issuing import Learner
from kith.methods.learning.credentials.keys import key_set
from kith.methods.learning.tests.credentials import (
    INDEX,
    ISSUER,
    KEY,
    LIST,
    OTHER,
    parts,
    short,
    signed,
    status_list,
    token,
)
from kith.methods.learning.tests.test_credentials_baking import PNG

TOKEN = token()
IN_JUNE = ("--at", "2026-06-01")


@pytest.fixture
def place(tmp_path):
    (tmp_path / "badge.jwt").write_text(TOKEN)
    (tmp_path / "keys.json").write_text(json.dumps(key_set({KEY.kid: KEY.public})))
    (tmp_path / "list.jwt").write_text(status_list())
    return tmp_path


def answer(capsys, place, *words: str, file: str = "badge.jwt"):
    named = [str(place / word) if "." in word and "/" not in word else word for word in words]
    code = cli.main(["credential", "verify", str(place / file), *named])
    said = capsys.readouterr()
    return code, said.out, said.err


ALL = ("--key", "keys.json", "--status", "list.jwt", "--issuer", ISSUER.id, *IN_JUNE)


def test_a_valid_credential_ends_with_0_and_says_what_was_checked(capsys, place) -> None:
    code, out, _err = answer(capsys, place, *ALL)

    assert code == 0
    assert out.splitlines() == [
        "Achievement: Safe in traffic",
        f"Issuer: Bridges of Gdańsk ({ISSUER.id})",
        "Name: Olena K.",
        "Valid from: 2026-03-01T09:00:00Z",
        "Valid until: 2027-03-01T09:00:00Z",
        "It is valid.",
        "Checked: its form, the signature, the issuer, its dates, whether it was revoked.",
        "Not checked: nothing.",
    ]


@pytest.mark.parametrize("kind", ["png", "svg", "json", "spaces"])
def test_a_credential_is_found_in_files_of_each_kind(capsys, place, kind) -> None:
    content = {
        "png": bake(PNG, TOKEN),
        "svg": b"\n" + bake(badge_picture("Safe"), TOKEN),
        "json": json.dumps({"credential": TOKEN}).encode(),
        "spaces": f"\ufeff {TOKEN}\n".encode(),
    }[kind]
    (place / "badge.any").write_bytes(content)

    assert answer(capsys, place, *ALL, file="badge.any")[0] == 0


def test_without_key_and_list_it_says_where_they_are_published(capsys, place) -> None:
    code, out, _err = answer(capsys, place, *IN_JUNE)

    assert code == 1
    assert out.splitlines()[5:] == [
        "It is not known to be valid: something is missing.",
        f"- The key it was signed with is not at hand; its address is {KEY.kid}.",
        f"- The status list {LIST} is not at hand, so it may have been revoked.",
        "Checked: its form, its dates.",
        "Not checked: the signature, the issuer, whether it was revoked.",
        "Whether you accept this issuer is yours to say: --issuer.",
    ]


def test_a_revoked_credential_ends_with_1(capsys, place) -> None:
    (place / "list.jwt").write_text(status_list(INDEX))

    code, out, _err = answer(capsys, place, *ALL, "--json")
    found = json.loads(out)

    assert code == 1
    assert list(found) == ["valid", "checked", "not_checked", "findings", "credential"]
    assert (found["valid"], found["not_checked"]) == (False, [])
    assert found["findings"] == [{"reason": "revoked", "values": {}, "sentence": "It was revoked."}]
    assert found["credential"]["id"] == parts(TOKEN)[1]["id"]


def test_a_changed_credential_shows_nothing_of_what_it_says(capsys, place) -> None:
    _header, claims = parts(TOKEN)
    forged = signed({**claims, "name": "Doctor"}, header=parts(TOKEN)[0], key=OTHER)
    (place / "badge.jwt").write_text(forged)

    code, out, _err = answer(capsys, place, *ALL)

    assert code == 1
    assert out.splitlines() == [
        "It is not valid.",
        "- The signature does not fit: it was changed, or another key signed it.",
        "Checked: its form, the signature.",
        "Not checked: the issuer, its dates, whether it was revoked.",
    ]


def test_what_cannot_be_revoked_is_said_to_be_so(capsys, place) -> None:
    bare = token(status=None, valid_until=None, learner=Learner("urn:uuid:1"))
    _header, claims = parts(bare)
    (place / "badge.jwt").write_text(signed({**claims, "issuer": ISSUER.id}))

    code, out, _err = answer(capsys, place, *ALL)

    assert code == 0
    assert out.splitlines()[1:4] == [
        f"Issuer: {ISSUER.id}",
        "Valid from: 2026-03-01T09:00:00Z",
        "Valid until: no end",
    ]
    assert "It names no status list: it cannot be revoked." in out


def test_a_moment_may_be_asked_about_and_now_is_the_usual_one(capsys, place, time_machine) -> None:
    time_machine.move_to("2026-02-01T00:00:00Z")

    assert answer(capsys, place, *ALL[:6])[0] == 1
    assert answer(capsys, place, *ALL[:6], "--at", "2026-06-01T10:00:00+02:00")[0] == 0


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"\xff\xfe", "It is neither a text nor a PNG or SVG picture."),
        (PNG, "This picture holds no credential"),
        (b"<svg", "This SVG picture is not well formed."),
        (b"{", "It is malformed: the file is no JSON."),
        (
            b'{"proof": {}}',
            "There is no token in it. Credentials with a proof inside are not read.",
        ),
        (bytes(6_000_000), "badge.jwt: It is too large."),
    ],
    ids=short,
)
def test_what_cannot_be_read_ends_with_2(capsys, place, content, said) -> None:
    (place / "badge.jwt").write_bytes(content)

    code, out, _err = answer(capsys, place)

    assert code == 2
    assert out.startswith(said)


def test_a_file_that_is_not_there_and_keys_that_are_none_end_with_2(capsys, place) -> None:
    assert answer(capsys, place, file="nothing.jwt")[0] == 2
    code, out, _err = answer(capsys, place, "--key", "badge.jwt", "--json")

    assert code == 2
    assert json.loads(out) == {"problem": "These are no keys: the file is no JSON."}


def test_a_day_that_is_none_is_wrong_use(place) -> None:
    with pytest.raises(SystemExit) as ended:
        cli.main(["credential", "verify", str(place / "badge.jwt"), "--at", "tomorrow"])

    assert ended.value.code == 2
