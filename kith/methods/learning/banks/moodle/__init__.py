"""Moodle XML: docs.moodle.org, “Moodle XML format”."""
