"""How long a message may be, how many stand on a page, and how long they are kept."""

from datetime import timedelta

LONGEST_TEXT = 4000
LONGEST_NOTE = 1000
LONGEST_WORD = 120
MOST_WORDS = 500
WORDS_ON_A_PAGE = 50
ON_A_PAGE = 20
MOST_THREADS = 60
MOST_COUNTED = 99

# People of a match read on for a while after its end; then everything goes.
KEEP_AFTER_CLOSING = timedelta(days=90)
KEEP_AT_MOST = timedelta(days=730)
