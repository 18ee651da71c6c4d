from django.apps import AppConfig


class ProgressConfig(AppConfig):
    name = "kith.progress"
    label = "progress"

    def ready(self) -> None:
        from kith.progress import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
