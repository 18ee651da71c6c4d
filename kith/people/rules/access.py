"""In which roles and in which language someone with a record comes in."""

from django.conf import settings

from kith.gate.roles import Role

INVITED_AS = "person"
"""The word before the key of a record in an invitation."""


def roles_of(*, is_participant: bool, is_mentor: bool) -> tuple[Role, ...]:
    """The roles that belong to the sides someone is on."""
    sides = ((Role.PARTICIPANT, is_participant), (Role.MENTOR, is_mentor))
    return tuple(role for role, is_on_it in sides if is_on_it)


def page_language(language: str) -> str:
    """Someone's language when the pages speak it, else the first language of this Kith."""
    return language if language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
