"""What holds in courses, as data and pure functions."""
