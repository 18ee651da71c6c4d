"""The rules of the house that imports cannot show."""

import ast
import re
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.db import models
from django.urls import URLPattern, URLResolver, get_resolver

from kith.base.fields import EncryptedTextField
from kith.base.models import Row
from kith.base.privacy import ENCRYPTED
from kith.gate.permissions import all_permissions
from kith.gate.roles import ROLES, Role

HOUSE = Path(settings.HERE)
FOUNDATION = ("web", "gate", "base", "methods", "config")
ROOMS = sorted(
    path.parent.name for path in HOUSE.glob("*/apps.py") if path.parent.name not in FOUNDATION
)
OWN_MODELS = [model for model in apps.get_models() if model.__module__.startswith("kith.")]


def sources(room: str, *names: str) -> list[Path]:
    folder = HOUSE / room
    found = [
        path for name in names for path in (folder / f"{name}.py", *(folder / name).glob("**/*.py"))
    ]
    return [path for path in found if path.exists()]


def parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def test_no_module_hides_what_its_package_hands_out() -> None:
    """Importing a module binds its name in the package, over whatever stood there."""
    hidden = [
        f"{init.relative_to(HOUSE)}: {name}"
        for init in HOUSE.glob("**/__init__.py")
        for statement in parsed(init).body
        if isinstance(statement, ast.ImportFrom)
        for name in (one.asname or one.name for one in statement.names)
        if (init.parent / f"{name}.py").exists() or (init.parent / name / "__init__.py").exists()
        if (statement.module or "").rpartition(".")[2] not in (name, init.parent.name)
    ]

    assert not hidden


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_every_field_states_its_privacy_and_nothing_else_is_stated(model) -> None:
    declared = set(model.privacy.kinds)
    fields = {field.name for field in model._meta.concrete_fields}

    assert declared == fields


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_identity_contact_and_free_text_are_in_the_vault_and_nothing_else_is(model) -> None:
    said = {name for name, kind in model.privacy.kinds.items() if kind in ENCRYPTED}
    kept = {
        field.name for field in model._meta.concrete_fields if isinstance(field, EncryptedTextField)
    }

    assert said == kept


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_no_open_text_field_exists_outside_the_vault(model) -> None:
    open_text = [f.name for f in model._meta.concrete_fields if isinstance(f, models.TextField)]

    assert open_text == []


@pytest.mark.parametrize("model", OWN_MODELS, ids=lambda model: model._meta.label)
def test_every_row_is_guarded_and_no_reverse_accessor_climbs(model) -> None:
    links = [f for f in model._meta.concrete_fields if isinstance(f, models.ForeignKey)]

    assert issubclass(model, Row)
    assert [link.name for link in links if not link.remote_field.hidden] == []
    assert list(model._meta.local_many_to_many) == []


def test_foreign_keys_use_the_class_and_not_a_string() -> None:
    found = [
        f"{path}:{call.lineno}"
        for room in [*ROOMS, "gate", "base"]
        for path in sources(room, "models")
        for call in ast.walk(parsed(path))
        if isinstance(call, ast.Call)
        and getattr(call.func, "attr", "") in {"ForeignKey", "OneToOneField"}
        and call.args
        and isinstance(call.args[0], ast.Constant)
        # A row that points to another of its own table hides no import.
        and call.args[0].value != "self"
    ]

    assert found == []


def asks_tables(tree: ast.Module) -> list[int]:
    """Lines that reach for a table; `objects.none()`, an empty start of a choice, asks nothing."""
    empty = {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute) and node.attr == "none"
    }
    return [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.Attribute)
        and node.attr in {"objects", "_default_manager"}
        and id(node) not in empty
    ]


@pytest.mark.parametrize("room", ROOMS)
def test_views_and_forms_ask_queries_and_never_the_tables(room) -> None:
    found = [
        f"{path.name}:{line}"
        for path in sources(room, "views", "forms", "urls")
        for line in asks_tables(parsed(path))
    ]

    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_every_function_that_writes_is_a_command_of_the_gate(room) -> None:
    """Saving, creating and deleting stand in commands.py (or jobs that call them) alone."""
    found = [
        f"{path.name}:{node.lineno}"
        for path in sources(
            room, "views", "forms", "urls", "queries", "wiring", "jobs", "models", "rules"
        )
        for node in ast.walk(parsed(path))
        if isinstance(node, ast.Attribute)
        and node.attr in {"bulk_create", "bulk_update", "get_or_create", "update_or_create"}
    ]

    assert found == []


@pytest.mark.parametrize("room", ROOMS)
def test_templates_include_and_link_only_to_their_own_room_and_the_web(room) -> None:
    include = re.compile(r"{%\s*(?:include|extends)\s+[\"']([^\"'/]+)/")
    link = re.compile(r"{%\s*url\s+[\"']([^\"':]+):")
    found = [
        (path.name, target)
        for path in (HOUSE / room / "templates").rglob("*.html")
        for pattern in (include, link)
        for target in pattern.findall(path.read_text(encoding="utf-8"))
        if target not in {room, "web"}
    ]

    assert found == []


def test_no_stray_drawer_of_odds_and_ends() -> None:
    strays = [
        str(path.relative_to(HOUSE))
        for path in HOUSE.rglob("*.py")
        if path.name
        in {"utils.py", "helpers.py", "signals.py", "managers.py", "services.py", "admin.py"}
    ]

    assert strays == []


def test_every_role_is_described_in_one_sentence() -> None:
    sentences = {role: str(text.sentence) for role, text in ROLES.items()}

    assert set(sentences) == set(Role)
    assert [role for role, text in sentences.items() if text.count(".") != 1] == []


def test_every_permission_has_a_sentence_and_someone_who_holds_it() -> None:
    silent = [p.name for p in all_permissions() if not str(p.sentence).strip()]
    unheld = [p.name for p in all_permissions() if not (p.grants or p.jobs or p.open_to_visitors)]

    assert silent == []
    assert unheld == []


def patterns(table=None, prefix=""):
    for entry in (table or get_resolver()).url_patterns:
        if isinstance(entry, URLResolver):
            yield from patterns(entry, f"{prefix}{entry.pattern}")
        elif isinstance(entry, URLPattern):
            yield f"{prefix}{entry.pattern}", entry


def test_every_address_has_a_name_in_its_room() -> None:
    unnamed = [address for address, entry in patterns() if not entry.name]

    assert unnamed == []
