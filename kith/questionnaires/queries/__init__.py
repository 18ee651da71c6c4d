"""Every read for a page of this room."""
