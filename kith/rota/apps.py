from django.apps import AppConfig


class RotaConfig(AppConfig):
    name = "kith.rota"
    label = "rota"

    def ready(self) -> None:
        from kith.rota import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
