"""Limits of tries are counted in memory: each test begins without any."""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client


@pytest.fixture(autouse=True)
def no_tries_yet() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def client_of_another() -> Client:
    """A second browser."""
    return Client()
