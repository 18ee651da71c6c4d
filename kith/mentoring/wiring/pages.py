"""Addresses that several lines on Today lead to."""

from django.urls import reverse

from kith.mentoring.models import Match
from kith.people.rules import Side


def check_page(match: Match, side: Side) -> str:
    """Where one side answers the six statements."""
    return reverse("mentoring:check", args=[match.pk, side.value])
