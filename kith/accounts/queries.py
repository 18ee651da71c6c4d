"""What pages about accounts show."""

from __future__ import annotations

import base64
import binascii
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from kith.accounts.models import Card, Draft, Invitation, Visit
from kith.accounts.permissions import (
    INVITE,
    READ_AUDIT,
    SEE_JOBS,
    SEE_MEMBERS,
    SEE_OWN_SESSIONS,
)
from kith.accounts.rules import NOTED, Purpose, demo_address
from kith.base import jobs, scope, vault
from kith.base.errors import Denied
from kith.base.models import JobRun, Organisation
from kith.gate.actor import Actor, member_actor, memberships_of
from kith.gate.models import AuditEvent, Membership, User, login_token
from kith.gate.permissions import all_permissions, visible
from kith.gate.roles import Role

if TYPE_CHECKING:
    from kith.base.jobs import Job

PAGE = 50
SECRET_BYTES = 24


# ── Before anyone is known ───────────────────────────────────────────────────────────────────────


def is_empty() -> bool:
    """Whether there is no organisation at all."""
    return not jobs.organisations()


def start_key() -> str:
    """What proves, from another machine, that one runs this Kith while it is empty."""
    return vault.blind_hex("start", "")[:24]


def user_by_login(login: str) -> User | None:
    """Whoever signs in with this address or card."""
    with scope.entered(signing_in=True):
        return User.objects.filter(login=login_token(login), is_active=True).first()


def user_by_key(user_id: UUID) -> User | None:
    """The user of a sign-in that is half done."""
    with scope.entered(signing_in=True):
        return User.objects.filter(pk=user_id, is_active=True).first()


def places_of(user: User) -> list[Membership]:
    """The active memberships of a user, oldest first, in every organisation."""
    with scope.entered(user_id=user.pk):
        return memberships_of(user)


def first_actor(user: User) -> Actor | None:
    """A user as an actor of the organisation joined first."""
    place = next(iter(places_of(user)), None)
    return member_actor(place) if place else None


def belongs_elsewhere(actor: Actor, user: User) -> bool:
    """Whether someone is also a member of an organisation that is not the actor's."""
    return any(place.organisation_id != actor.organisation_id for place in places_of(user))


def demo_roles() -> list[Role]:
    """The roles that a made-up person shows in the demo."""
    if not settings.KITH_DEMO:
        return []
    tokens = {login_token(demo_address(role)): role for role in Role}
    with scope.entered(signing_in=True):
        known = set(User.objects.filter(login__in=tokens).values_list("login", flat=True))
    return [role for token, role in tokens.items() if token in known]


def openid_app() -> dict[str, str] | None:
    """The OpenID Connect issuer of this Kith, when one is configured."""
    issuers: Any = settings.SOCIALACCOUNT_PROVIDERS.get("openid_connect", {}).get("APPS", [])
    return next(iter(issuers), None)


# ── Second factors ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class Factors:
    """What someone can prove beside a password."""

    app: Authenticator | None
    passkeys: list[Authenticator]
    recovery: Authenticator | None
    codes_left: int

    @property
    def has_any(self) -> bool:
        """Whether signing in asks for a second factor; recovery codes alone are none."""
        return self.app is not None or bool(self.passkeys)

    @property
    def count(self) -> int:
        """Apps and passkeys together."""
        return len(self.passkeys) + (self.app is not None)

    @property
    def codes_wait(self) -> bool:
        """Whether fresh recovery codes were not written down yet."""
        return self.recovery is not None and not self.recovery.wrap().did_view


def factors_of(user_id: UUID) -> Factors:
    """The second factors of a user."""
    by_type: dict[str, list[Authenticator]] = {}
    for row in Authenticator.objects.filter(user_id=user_id).order_by("created_at"):
        by_type.setdefault(row.type, []).append(row)
    recovery = next(iter(by_type.get(Authenticator.Type.RECOVERY_CODES, [])), None)
    return Factors(
        app=next(iter(by_type.get(Authenticator.Type.TOTP, [])), None),
        passkeys=by_type.get(Authenticator.Type.WEBAUTHN, []),
        recovery=recovery,
        codes_left=len(recovery.wrap().get_unused_codes()) if recovery else 0,
    )


# ── One's own account ────────────────────────────────────────────────────────────────────────────


def key_of(actor: Actor) -> UUID:
    """The key of the person who acts. Raises Denied for jobs and visitors."""
    if actor.user_id is None:
        raise Denied
    return actor.user_id


def house_of(actor: Actor) -> UUID:
    """The key of the organisation in which someone acts. Raises Denied for visitors."""
    if actor.organisation_id is None:
        raise Denied
    return actor.organisation_id


def own_user(actor: Actor) -> User:
    """The user row of the actor."""
    return User.objects.get(pk=key_of(actor))


def own_organisations(actor: Actor) -> list[Organisation]:
    """The organisations the actor can change to, the oldest first."""
    return [place.organisation for place in places_of(own_user(actor))]


def has_several_organisations(actor: Actor) -> bool:
    """Whether the actor can change to another organisation: one small query."""
    rows = Membership.objects.filter(user_id=key_of(actor), active=True)
    return rows.count() > 1


@dataclass(frozen=True)
class Place:
    """Where someone is signed in."""

    visit: Visit
    used_at: datetime
    is_here: bool


def own_visits(actor: Actor) -> QuerySet[Visit]:
    """Every place where the actor signed in, the newest first."""
    return visible(actor, SEE_OWN_SESSIONS, Visit.objects.order_by("-created_at"))


def own_places(actor: Actor, session_key: str, now: datetime) -> list[Place]:
    """Where the actor is signed in, the present place first."""
    visits = list(own_visits(actor))
    ends = _ends([visit.session_key for visit in visits], now)
    places = [
        Place(visit, ends[visit.session_key], visit.session_key == session_key)
        for visit in visits
        if visit.session_key in ends
    ]
    return sorted(places, key=lambda place: (not place.is_here, -place.used_at.timestamp()))


def _ends(keys: list[str], now: datetime) -> dict[str, datetime]:
    # A session ends so many seconds after it was last used: no column of our own for that.
    sessions = Session.objects.filter(session_key__in=keys, expire_date__gt=now)
    age = settings.SESSION_COOKIE_AGE
    return {
        key: datetime.fromtimestamp(end.timestamp() - age, tz=end.tzinfo)
        for key, end in sessions.values_list("session_key", "expire_date")
    }


def own_card(actor: Actor) -> Card | None:
    """The valid card of the actor."""
    rows = visible(actor, SEE_OWN_SESSIONS, Card.objects.select_related("made_by"))
    return rows.filter(revoked_at__isnull=True).first()


def own_draft(actor: Actor, now: datetime) -> Draft | None:
    """The form that was kept for the actor."""
    rows = Draft.objects.filter(user_id=key_of(actor), organisation_id=house_of(actor))
    return rows.filter(expires_at__gt=now).first()


def kept_at(user: User, now: datetime) -> UUID | None:
    """The organisation in which a form was kept for someone who is just coming in."""
    for place in places_of(user):
        with scope.entered(place.organisation_id, user_id=user.pk):
            if Draft.objects.filter(user_id=user.pk, expires_at__gt=now).exists():
                return place.organisation_id
    return None


# ── Members ──────────────────────────────────────────────────────────────────────────────────────

PARTICIPANT_ONLY = Q(roles=[Role.PARTICIPANT.value])
SHOWN: dict[str, Q] = {
    "helpers": ~PARTICIPANT_ONLY & Q(active=True),
    "participants": PARTICIPANT_ONLY & Q(active=True),
    "former": Q(active=False),
}


def members(actor: Actor) -> QuerySet[Membership]:
    """Everyone whose place in the organisation the actor may see."""
    return visible(actor, SEE_MEMBERS, Membership.objects.select_related("user"))


def member_page(
    actor: Actor, shown: str, *, before: UUID | None = None, size: int = PAGE
) -> tuple[list[Membership], UUID | None]:
    """One page of members, the newest first, and where the next one starts."""
    rows = members(actor).filter(SHOWN[shown]).order_by("-id")
    return _page(rows, before, size)


def _page(rows: QuerySet[Any], before: UUID | None, size: int) -> tuple[list[Any], UUID | None]:
    if before is not None:
        rows = rows.filter(pk__lt=before)
    found = list(rows[: size + 1])
    return found[:size], found[size - 1].pk if len(found) > size else None


def member_of(actor: Actor, user_id: UUID) -> Membership | None:
    """The membership of a user in the actor's organisation."""
    return members(actor).filter(user_id=user_id).first()


def card_of(member: Membership) -> Card | None:
    """The valid card of a member."""
    return Card.objects.filter(user_id=member.user_id, revoked_at__isnull=True).first()


def card_page(user: User) -> str:
    """Where a card for this user is made: for rooms above to lead to."""
    return reverse("accounts:card", args=[user.pk])


def open_invitations(actor: Actor, now: datetime) -> list[Invitation]:
    """Invitations that nobody has followed yet."""
    rows = visible(actor, INVITE, Invitation.objects.select_related("invited_by"))
    waiting = rows.filter(accepted_at__isnull=True, withdrawn_at__isnull=True, expires_at__gt=now)
    return list(waiting.filter(purpose=Purpose.JOIN).order_by("-created_at")[:PAGE])


def invitations(actor: Actor) -> QuerySet[Invitation]:
    """All invitations of the organisation."""
    return visible(actor, INVITE, Invitation.objects.all())


# ── Links that let someone in ────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class OpenInvitation:
    """An invitation that may be followed now, with its texts opened."""

    invitation: Invitation
    organisation: Organisation
    name: str
    email: str


def code_of(organisation_id: UUID, secret: bytes) -> str:
    """What stands in the link: whose invitation it is, and the secret."""
    return base64.urlsafe_b64encode(organisation_id.bytes + secret).decode().rstrip("=")


def token_of(secret: bytes) -> str:
    """What is stored of the secret."""
    return vault.blind_hex("invitation", secret.hex())


def open_invitation(code: str, now: datetime) -> OpenInvitation | None:
    """The invitation behind a link, unless it was used, withdrawn or is too old."""
    try:
        content = base64.urlsafe_b64decode(code + "=" * (-len(code) % 4))
        organisation_id, secret = UUID(bytes=content[:16]), content[16:]
    except (binascii.Error, ValueError):
        return None
    with scope.entered(organisation_id):
        rows = Invitation.objects.select_related("organisation", "member__user")
        found = rows.filter(
            token=token_of(secret),
            accepted_at__isnull=True,
            withdrawn_at__isnull=True,
            expires_at__gt=now,
        ).first()
        if found is None:
            return None
        return OpenInvitation(found, found.organisation, str(found.name), str(found.email))


# ── Administration ───────────────────────────────────────────────────────────────────────────────


@dataclass(frozen=True)
class JobLine:
    """A periodic job and its last run."""

    job: Job
    run: JobRun | None


def job_lines(actor: Actor) -> list[JobLine]:
    """Every periodic job with its last run."""
    runs = {run.name: run for run in visible(actor, SEE_JOBS, JobRun.objects.all())}
    return [JobLine(job, runs.get(job.name)) for job in jobs.registered() if job.cron]


@dataclass(frozen=True)
class AuditLine:
    """One line of the audit with the name of who did it."""

    event: AuditEvent
    who: str
    sentence: str
    record: str
    fields: list[str]


def audit_page(
    actor: Actor,
    *,
    row_id: UUID | None = None,
    actor_id: str = "",
    before: int | None = None,
    size: int = PAGE,
) -> tuple[list[AuditLine], int | None]:
    """Who did or read what, the newest first, and where the next page starts."""
    rows = visible(actor, READ_AUDIT, AuditEvent.objects.order_by("-seq"))
    if row_id is not None:
        rows = rows.filter(row_id=row_id)
    if actor_id:
        rows = rows.filter(actor_id=actor_id)
    if before is not None:
        rows = rows.filter(seq__lt=before)
    found = list(rows[: size + 1])
    names = _names_of(actor, found[:size])
    lines = [_audit_line(event, names) for event in found[:size]]
    return lines, found[size - 1].seq if len(found) > size else None


def _audit_line(event: AuditEvent, names: dict[str, str]) -> AuditLine:
    fields = sorted({name for changed in event.changes.values() for name in changed} - {"+", "-"})
    who = names.get(event.actor_id, event.actor_id)
    return AuditLine(event, who, _sentence(event.verb), _record(event.row_model), fields)


def _record(label: str) -> str:
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except (LookupError, ValueError):
        return label  # a line may be older than the renaming of its table


def _sentence(verb: str) -> str:
    name = verb.removeprefix("refused: ")
    known = {one.name: one.sentence for one in all_permissions()} | NOTED
    sentence = str(known.get(name, name))
    return _("Tried in vain: %(what)s") % {"what": sentence} if verb != name else sentence


def _names_of(actor: Actor, events: Sequence[AuditEvent]) -> dict[str, str]:
    users = set(_user_ids(event.actor_id for event in events))
    rows = Membership.objects.filter(organisation_id=house_of(actor), user_id__in=users)
    return {str(row.user_id): str(row.name) for row in rows}


def _user_ids(texts: Iterable[str]) -> Iterator[UUID]:
    for text in texts:
        try:
            yield UUID(text)
        except ValueError:
            continue


def health(actor: Actor) -> dict[str, int]:
    """A few figures by which the platform administrator sees whether things go well."""
    lines = job_lines(actor)
    states = [line.run.state if line.run else "never" for line in lines]
    return {
        "jobs": len(lines),
        "failed": states.count("failed"),
        "never": states.count("never"),
        "organisations": len(jobs.organisations()),
    }


def session_keys(user_id: UUID) -> list[str]:
    """The sessions of a user in the present organisation."""
    return list(Visit.objects.filter(user_id=user_id).values_list("session_key", flat=True))
