"""A course or unit in a browser while somebody writes it."""
