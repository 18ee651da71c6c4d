"""Words of both languages side by side, typed by the people of a match themselves."""

from django.utils.translation import gettext_lazy as _

from kith.base.errors import Refused
from kith.gate.actor import Actor
from kith.gate.commands import command
from kith.mentoring.models import Match
from kith.messaging.commands.sending import open_match, own_member
from kith.messaging.models import WordPair
from kith.messaging.permissions import KEEP_WORDS, WRITE_MESSAGES
from kith.messaging.rules.limits import LONGEST_WORD, MOST_WORDS


class WordMissing(Refused):
    """A pair of words has at least one."""

    sentence = _("Write at least one of the two words.")


class WordsFull(Refused):
    """The list is a small one."""

    sentence = _("The list is full. Take out words that you know by now.")


@command(WRITE_MESSAGES, on="match")
def add_word(actor: Actor, *, match: Match, participant_word: str, mentor_word: str) -> WordPair:
    """Put a word into the list. Raises WordMissing, WordsFull, ThreadClosed."""
    own_member(actor, open_match(match))
    if WordPair.objects.filter(match=match).count() >= MOST_WORDS:
        raise WordsFull()
    pair = WordPair(match=match)
    _write(pair, participant_word, mentor_word)
    return pair


@command(KEEP_WORDS, on="pair")
def change_word(actor: Actor, *, pair: WordPair, participant_word: str, mentor_word: str) -> None:
    """Write one of two words, or both. Raises WordMissing, ThreadClosed."""
    open_match(pair.match)
    _write(pair, participant_word, mentor_word)


@command(KEEP_WORDS, on="pair")
def remove_word(actor: Actor, *, pair: WordPair) -> None:
    """Take two words out of the list. Raises ThreadClosed."""
    open_match(pair.match)
    pair.delete()


def _write(pair: WordPair, participant_word: str, mentor_word: str) -> None:
    pair.participant_word = participant_word.strip()[:LONGEST_WORD]
    pair.mentor_word = mentor_word.strip()[:LONGEST_WORD]
    if not (pair.participant_word or pair.mentor_word):
        raise WordMissing()
    pair.save()
