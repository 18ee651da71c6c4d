"""Work behind the page: one register of periodic and deferred jobs, run by Procrastinate."""


def on_app_ready(_app: object) -> None:
    """Take the registered jobs to Procrastinate once Django is ready."""
