from django.apps import AppConfig


class ServicesConfig(AppConfig):
    name = "kith.services"
    label = "services"

    def ready(self) -> None:
        from kith.services import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
