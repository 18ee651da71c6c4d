"""What concerns people: who may do what, and what is kept about whom."""

from collections.abc import Mapping

from django.apps import apps
from django.db.models import Model

from kith.base.fields import EncryptedTextField
from kith.base.models import Row
from kith.config.records.page import page, table
from kith.gate.permissions import Permission, all_permissions
from kith.gate.roles import ROLES, Role


def permissions() -> str:
    roles = [
        (text.name, text.sentence, "always" if text.staff else "by choice")
        for text in ROLES.values()
    ]
    allowed = [
        (f"`{one.name}`", one.sentence, _grants(one), ", ".join(sorted(one.jobs)))
        for one in all_permissions()
    ]
    return page(
        "Roles and permissions",
        "## Roles",
        table(["role", "what the person does", "second factor"], roles),
        "## Permissions",
        table(["permission", "what it allows", "who, and which rows", "jobs"], allowed),
    )


def _grants(permission: Permission) -> str:
    visitors = ["everyone who visits"] if permission.open_to_visitors else []
    return "; ".join(visitors + [_grant(permission, role) for role in permission.grants])


def _grant(permission: Permission, role: Role) -> str:
    scope = permission.grants[role].__name__.strip("_").replace("_", " ")
    fields: Mapping[Role, frozenset[str]] = permission.fields or {}
    only = f" (only {', '.join(sorted(fields[role]))})" if role in fields else ""
    return f"{ROLES[role].name}: {scope}{only}"


def personal_data() -> str:
    models = [model for model in apps.get_models() if issubclass(model, Row)]
    ordered = sorted(models, key=lambda model: model._meta.label)
    return page("Personal data", *[part for model in ordered for part in _model(model)])


def _model(model: type[Model]) -> list[str]:
    fields = [
        (
            field.name,
            model.privacy.kind(field.name),  # type: ignore[attr-defined]
            "encrypted" if isinstance(field, EncryptedTextField) else "plain",
            model.privacy.on_erase(field.name),  # type: ignore[attr-defined]
        )
        for field in model._meta.concrete_fields
    ]
    purpose = " ".join((model.__doc__ or "").split())
    heads = ["field", "kind", "stored", "when erased"]
    return [f"## {model._meta.label}", purpose, table(heads, fields)]
