"""What a unit of cmi5 may say and keep, by xAPI: forms of statements, and what they mean."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID, uuid5

from kith.learning.rules.packages import Completion, Score, Success
from kith.methods.learning.packages.schema import Item

VERSION = "1.0.3"
MOST_STATEMENTS = 2_000
MOST_DOCUMENTS = 50
LONGEST_BODY = 200_000
LONGEST_DOCUMENT = 64_000
LAUNCH_DATA = "LMS.LaunchData"
PREFERENCES = "cmi5LearnerPreferences"
HOME = "https://kith.invalid/learners"
"""Every name of a learner stands under an address; this one is nobody's."""

CMI5 = "https://w3id.org/xapi/cmi5/context/categories/cmi5"
SESSION = "https://w3id.org/xapi/cmi5/context/extensions/sessionid"
LAUNCHED = "http://adlnet.gov/expapi/verbs/launched"
INITIALIZED = "http://adlnet.gov/expapi/verbs/initialized"
COMPLETED = "http://adlnet.gov/expapi/verbs/completed"
PASSED = "http://adlnet.gov/expapi/verbs/passed"
FAILED = "http://adlnet.gov/expapi/verbs/failed"
TERMINATED = "http://adlnet.gov/expapi/verbs/terminated"
SAID_BY_UNITS = {INITIALIZED, COMPLETED, PASSED, FAILED, TERMINATED}


@dataclass(frozen=True)
class Party:
    """Who says something about what: the way through a part, and its addresses for others."""

    run: UUID
    activity: str

    @property
    def agent(self) -> dict[str, Any]:
        """The learner, by a name that says nothing about the person."""
        return {"objectType": "Agent", "account": {"homePage": HOME, "name": self.run.hex}}


@dataclass(frozen=True)
class Said:
    """A statement that holds."""

    key: UUID
    verb: str
    thing: str
    is_cmi5: bool
    completion: Completion | None
    success: Success | None
    score: Score | None
    content: str


class BadStatement(ValueError):
    """What a unit said does not hold; says why, in English, for its makers."""


def activity_of(package: UUID, item: Item) -> str:
    """The address of a part of a package for xAPI: its own, and the same each time."""
    return uuid5(package, item.key).urn


def is_agent(given: object, party: Party) -> bool:
    """Whether an agent is this learner."""
    if not isinstance(given, Mapping):
        return False
    return bool(given.get("account") == party.agent["account"])


def said_in(plain: object, party: Party, *, key: UUID) -> Said:
    """A statement of a unit, checked. Raises BadStatement.

    key  for a statement that brings none
    """
    if not isinstance(plain, dict):
        raise BadStatement("A statement is an object.")
    context = _part(plain, "context")
    _check_party(plain, context, party)
    verb, thing = _id(plain, "verb"), _id(plain, "object")
    is_cmi5 = _is_cmi5(context)
    if is_cmi5 and (verb not in SAID_BY_UNITS or thing != party.activity):
        raise BadStatement("This is no statement that a unit of cmi5 makes.")
    result = _part(plain, "result")
    found = _key(plain, key)
    return Said(
        key=found,
        verb=verb,
        thing=thing,
        is_cmi5=is_cmi5,
        completion=Completion.COMPLETED if is_cmi5 and verb == COMPLETED else None,
        success={PASSED: Success.PASSED, FAILED: Success.FAILED}.get(verb) if is_cmi5 else None,
        score=_score(result) if is_cmi5 else None,
        content=json.dumps({**plain, "id": str(found)}, ensure_ascii=False),
    )


def _check_party(plain: Mapping[str, Any], context: Mapping[str, Any], party: Party) -> None:
    if not is_agent(plain.get("actor"), party):
        raise BadStatement("The actor is somebody else.")
    if str(context.get("registration", "")).lower() != str(party.run):
        raise BadStatement("The registration is another one.")


def _part(plain: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = plain.get(name, {})
    if not isinstance(found, dict):
        raise BadStatement(f"{name} is an object.")
    return found


def _id(plain: Mapping[str, Any], name: str) -> str:
    found = _part(plain, name).get("id")
    if not isinstance(found, str) or not 0 < len(found) <= 300:
        raise BadStatement(f"{name} has an id of at most 300 signs.")
    return found


def _key(plain: Mapping[str, Any], usual: UUID) -> UUID:
    try:
        return UUID(str(plain["id"])) if "id" in plain else usual
    except ValueError as fault:
        raise BadStatement("id is a UUID.") from fault


def _is_cmi5(context: Mapping[str, Any]) -> bool:
    groups = context.get("contextActivities")
    categories = groups.get("category") if isinstance(groups, dict) else None
    listed = categories if isinstance(categories, list) else [categories]
    return any(isinstance(one, dict) and one.get("id") == CMI5 for one in listed)


def _score(result: Mapping[str, Any]) -> Score | None:
    given = result.get("score")
    if not isinstance(given, dict):
        return None
    raw, least, most, scaled = (_number(given.get(key)) for key in ("raw", "min", "max", "scaled"))
    return Score(raw, least, most, scaled if scaled is not None and abs(scaled) <= 1 else None)


def _number(given: object) -> float | None:
    if isinstance(given, bool) or not isinstance(given, int | float):
        return None
    return float(given) if math.isfinite(given) and abs(given) < 1e9 else None


def context_template(item: Item, session: UUID) -> dict[str, Any]:
    """What a unit puts into everything that it says."""
    return {
        "contextActivities": {"grouping": [{"objectType": "Activity", "id": item.activity}]},
        "extensions": {SESSION: str(session)},
    }


def launch_data(item: Item, session: UUID) -> dict[str, Any]:
    """What a unit reads first."""
    found: dict[str, Any] = {
        "contextTemplate": context_template(item, session),
        "launchMode": "Normal",
        "launchMethod": "OwnWindow" if item.own_window else "AnyWindow",
        "moveOn": item.move_on.value,
    }
    if item.launch:
        found["launchParameters"] = item.launch
    if item.mastery is not None:
        found["masteryScore"] = float(item.mastery)
    return found


def launched(item: Item, party: Party, session: UUID, *, key: UUID) -> dict[str, Any]:
    """What the player itself says when a unit is started."""
    context = context_template(item, session)
    context["contextActivities"]["category"] = [{"objectType": "Activity", "id": CMI5}]
    return {
        "id": str(key),
        "actor": party.agent,
        "verb": {"id": LAUNCHED, "display": {"en": "launched"}},
        "object": {"objectType": "Activity", "id": party.activity},
        "context": {**context, "registration": str(party.run)},
    }
