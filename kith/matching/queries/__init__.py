"""Every read of matching."""
