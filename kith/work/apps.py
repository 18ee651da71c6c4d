from django.apps import AppConfig


class WorkConfig(AppConfig):
    name = "kith.work"
    label = "work"

    def ready(self) -> None:
        from kith.work import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
