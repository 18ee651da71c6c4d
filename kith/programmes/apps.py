from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "kith.programmes"
    label = "programmes"

    def ready(self) -> None:
        from kith.programmes import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
