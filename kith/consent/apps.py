from django.apps import AppConfig


class ConsentConfig(AppConfig):
    name = "kith.consent"
    label = "consent"

    def ready(self) -> None:
        from kith.consent import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
