"""The work of this room behind the pages."""
