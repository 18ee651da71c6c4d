"""Texts, states and limits of mentoring, as data."""
