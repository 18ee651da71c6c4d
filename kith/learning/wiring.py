"""What this room plugs into the house."""


def plug_in() -> None:
    """Called once when Django is ready."""
