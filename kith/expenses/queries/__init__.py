"""Every read of expenses."""
