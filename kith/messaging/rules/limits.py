"""How long a message may be, how many stand on a page, and how long they are kept."""

from datetime import timedelta

from kith.base.files import JPEG, PDF, PNG

LONGEST_TEXT = 4000
LONGEST_NOTE = 1000
LONGEST_NAME = 120
LONGEST_WORD = 120
MOST_WORDS = 500
WORDS_ON_A_PAGE = 50
MOST_BYTES = 8 * 1024 * 1024
PICTURES = frozenset({JPEG, PNG})
KINDS = PICTURES | {PDF}
ON_A_PAGE = 20
MOST_THREADS = 60
MOST_COUNTED = 99

# People of a match read on for a while after its end; then everything goes.
KEEP_AFTER_CLOSING = timedelta(days=90)
KEEP_AT_MOST = timedelta(days=730)
