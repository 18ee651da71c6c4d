"""How far people who rate the same fictional cases agree: to train raters, never about a person."""
