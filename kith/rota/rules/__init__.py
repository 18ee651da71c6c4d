"""Duties of a welcome group: their states, how days are laid out and shared, and their words."""
