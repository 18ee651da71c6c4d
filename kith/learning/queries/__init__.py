"""What the pages of this room read; the first argument is the actor."""
