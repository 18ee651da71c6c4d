"""Facts that this room announces to the rooms above. None is needed so far."""
