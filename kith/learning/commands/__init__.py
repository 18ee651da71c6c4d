"""Every act of this room, one function each."""
