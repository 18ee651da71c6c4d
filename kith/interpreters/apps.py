from django.apps import AppConfig


class InterpretersConfig(AppConfig):
    name = "kith.interpreters"
    label = "interpreters"

    def ready(self) -> None:
        from kith.interpreters import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
