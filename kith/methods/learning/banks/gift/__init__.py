"""GIFT, the text format of Moodle for questions: docs.moodle.org, “GIFT format”."""
