"""The shape of what people type in this room."""
