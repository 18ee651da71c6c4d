"""Names of people in several scripts: one spelling, keys to find them by, hints of doubles."""

from kith.methods.names.folding import fold
from kith.methods.names.index import index_keys, keys, prefixes, query_keys, tokens
from kith.methods.names.likeness import Likeness, similar

__all__ = [
    "Likeness",
    "fold",
    "index_keys",
    "keys",
    "prefixes",
    "query_keys",
    "similar",
    "tokens",
]
