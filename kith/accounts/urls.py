"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from kith.accounts.views import (
    account,
    administration,
    cards,
    factors,
    invitations,
    kept,
    members,
    sign_in,
    start,
)

ACCOUNT: list[URLPattern | URLResolver] = [
    path("", account.account, name="account"),
    path("name/", account.change_name, name="change_name"),
    path("language/", account.change_language, name="change_language"),
    path("password/", account.change_password, name="change_password"),
    path("address/", account.change_address, name="change_address"),
    path("sessions/<uuid:visit_id>/end/", account.end_session, name="end_session"),
    path("sessions/end/", account.end_all_sessions, name="end_all_sessions"),
    path("second-factor/", factors.set_up, name="set_up"),
    path("second-factor/app/", factors.set_up_app, name="set_up_app"),
    path("second-factor/app/remove/", factors.turn_off_app, name="turn_off_app"),
    path("second-factor/passkey/", factors.set_up_passkey, name="set_up_passkey"),
    path(
        "second-factor/passkey/question/", factors.new_passkey_question, name="new_passkey_question"
    ),
    path(
        "second-factor/passkey/<int:passkey_id>/remove/",
        factors.remove_passkey,
        name="remove_passkey",
    ),
    path("recovery-codes/", factors.recovery_codes, name="recovery_codes"),
    path("recovery-codes/renew/", factors.renew_recovery_codes, name="renew_recovery_codes"),
]

SIGN_IN: list[URLPattern | URLResolver] = [
    path("", sign_in.sign_in, name="sign_in"),
    path("card/", sign_in.sign_in_with_card, name="sign_in_card"),
    path("passkey/", sign_in.sign_in_with_passkey, name="sign_in_passkey"),
    path("passkey/question/", sign_in.passkey_question, name="passkey_question"),
    path("second/", sign_in.second_step, name="second_step"),
    path("again/", sign_in.prove_again, name="prove"),
    path("again/passkey/", sign_in.prove_with_passkey, name="prove_passkey"),
    path("demo/", sign_in.sign_in_to_demo, name="sign_in_demo"),
]

MEMBERS: list[URLPattern | URLResolver] = [
    path("", members.member_list, name="members"),
    path("invite/", members.invite, name="invite"),
    path("card/", cards.new_card, name="new_card"),
    path("invitations/<uuid:invitation_id>/withdraw/", members.withdraw, name="withdraw"),
    path("<uuid:member_id>/", members.member, name="member"),
    path("<uuid:member_id>/roles/", members.change_roles, name="change_roles"),
    path("<uuid:member_id>/act/", members.act_on_member, name="act_on_member"),
    path("<uuid:member_id>/password/", members.new_password_link, name="new_password_link"),
    path("<uuid:member_id>/card/end/", members.take_card_back, name="take_card_back"),
]

START: list[URLPattern | URLResolver] = [
    path("", start.start, name="start"),
    path("begin/", start.begin_own, name="begin"),
    path("demo/", start.look_at_demo, name="look_at_demo"),
    path("own/", start.leave_demo, name="leave_demo"),
    path("waiting/", start.waiting, name="waiting"),
]

PATTERNS: list[URLPattern | URLResolver] = [
    path("sign-in/", include(SIGN_IN)),
    path("sign-out/", sign_in.sign_out, name="sign_out"),
    path("start/", include(START)),
    path("invitation/<str:code>/", invitations.invitation, name="invitation"),
    path("account/", include(ACCOUNT)),
    path("kept/", kept.kept, name="kept"),
    path("kept/drop/", kept.drop_kept, name="drop_kept"),
    path("organisation/", account.organisation, name="organisation"),
    path("members/", include(MEMBERS)),
    path("cards/<uuid:user_id>/", cards.card, name="card"),
    path("cards/<uuid:user_id>/paper/", cards.card_paper, name="card_paper"),
    path("administration/", administration.administration, name="administration"),
    path(
        "administration/organisations/new/",
        administration.new_organisation,
        name="new_organisation",
    ),
    path("audit/", administration.audit, name="audit"),
]

# The library looks for its own addresses without a namespace, so ours is set here and not above.
urlpatterns = [
    path("", include((PATTERNS, "accounts"))),
    path("", include("allauth.socialaccount.providers.openid_connect.urls")),
]
