"""States, gates, reasons and words of matching, as data and pure functions."""
