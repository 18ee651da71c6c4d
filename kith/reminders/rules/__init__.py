"""Kinds of reminders, when they are due, and when a mail about them may go."""
