"""Pages of expenses."""
