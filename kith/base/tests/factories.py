"""Rows for tests: written under row security, with the permit lifted."""

from typing import Any

import factory

from kith.base import permit, scope
from kith.base.models import Organisation


class RowFactory(factory.django.DjangoModelFactory):
    """Saves a row in the scope of its organisation, as a command would."""

    class Meta:
        abstract = True

    organisation: Any = factory.SubFactory("kith.base.tests.factories.OrganisationFactory")

    @classmethod
    def _create(cls, model_class: type[Any], *args: Any, **kwargs: Any) -> Any:
        if not hasattr(model_class, "organisation"):
            kwargs.pop("organisation", None)
        row = model_class(*args, **kwargs)
        with scope.entered(_organisation_of(row)), permit.lifted():
            row.save(force_insert=True)
        return row


def _organisation_of(row: Any) -> Any:
    if isinstance(row, Organisation):
        return row.pk
    return getattr(row, "organisation_id", None)


class OrganisationFactory(RowFactory):
    """An organisation in Poland."""

    class Meta:
        model = Organisation

    organisation = None
    name = factory.Sequence(lambda n: f"Mosty {n}")
    country = "PL"
    languages = ["pl", "en"]
