"""OpenID Connect: whoever was invited under a verified address may come in."""

from urllib.parse import parse_qs, urlparse

import pytest
from allauth.socialaccount.models import SocialAccount
from allauth.socialaccount.providers.oauth2.client import OAuth2Client
from allauth.socialaccount.providers.openid_connect.views import OpenIDConnectOAuth2Adapter

from kith.accounts.tests.factories import member_with_address, verbs, with_app

pytestmark = pytest.mark.django_db

CONFIGURATION = {
    "issuer": "https://id.example.org",
    "authorization_endpoint": "https://id.example.org/authorize",
    "token_endpoint": "https://id.example.org/token",
    "userinfo_endpoint": "https://id.example.org/userinfo",
    "jwks_uri": "https://id.example.org/keys",
}


@pytest.fixture
def issuer(settings, monkeypatch):
    """An issuer that says what the test puts into the dictionary."""
    told = {"sub": "17", "email": "ewa@example.org", "email_verified": True}
    settings.SOCIALACCOUNT_PROVIDERS = {
        "openid_connect": {
            "APPS": [
                {
                    "provider_id": "house",
                    "name": "id.example.org",
                    "client_id": "kith",
                    "secret": "quiet",
                    "settings": {"server_url": "https://id.example.org"},
                }
            ]
        }
    }
    monkeypatch.setattr(OpenIDConnectOAuth2Adapter, "openid_config", CONFIGURATION)
    monkeypatch.setattr(
        OAuth2Client, "get_access_token", lambda *_args, **_kwargs: {"access_token": "t"}
    )
    monkeypatch.setattr(
        OpenIDConnectOAuth2Adapter, "_fetch_user_info", lambda _adapter, _token: told
    )
    return told


def come_back(client):
    begun = client.get("/oidc/house/login/")
    state = parse_qs(urlparse(begun.headers["Location"]).query)["state"][0]
    return client.get("/oidc/house/login/callback/", {"code": "c", "state": state})


def test_the_sign_in_page_leads_to_the_issuer(client, issuer) -> None:
    member_with_address("ewa@example.org")

    page = client.get("/sign-in/")
    begun = client.get(page.context["openid"]["url"])

    assert begun.headers["Location"].startswith("https://id.example.org/authorize?")


def test_someone_invited_under_the_verified_address_comes_in(client, issuer) -> None:
    marta = member_with_address("ewa@example.org", mentor=True)

    answer = come_back(client)

    assert answer.headers["Location"] == "/"
    assert client.session["_auth_user_id"] == str(marta.user_id)
    assert verbs(marta) == ["accounts.sign_in"]


def test_nothing_that_the_issuer_says_is_stored(client, issuer) -> None:
    member_with_address("ewa@example.org", mentor=True)

    come_back(client)

    assert SocialAccount.objects.count() == 0
    assert "ewa@example.org" not in str(dict(client.session.items()))


def test_a_second_factor_of_ours_is_asked_for_too(client, issuer) -> None:
    with_app(member_with_address("ewa@example.org"))

    assert come_back(client).headers["Location"] == "/sign-in/second/"


@pytest.mark.parametrize(
    "said",
    [
        {"email_verified": False},
        {"email": "stranger@example.org"},
        {"email": ""},
    ],
)
def test_an_unverified_or_unknown_address_stays_outside(client, issuer, said) -> None:
    member_with_address("ewa@example.org", mentor=True)
    issuer.update(said)

    answer = come_back(client)

    assert answer.headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_an_answer_without_our_question_stays_outside(client, issuer) -> None:
    member_with_address("ewa@example.org", mentor=True)

    answer = client.get("/oidc/house/login/callback/", {"code": "c", "state": "made up"})

    assert answer.headers["Location"] == "/sign-in/"
    assert "_auth_user_id" not in client.session


def test_where_no_issuer_is_configured_there_is_no_such_door(client) -> None:
    member_with_address("ewa@example.org")

    assert client.get("/sign-in/").context["openid"] is None
    assert client.get("/oidc/house/login/").status_code == 404
