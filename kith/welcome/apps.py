from django.apps import AppConfig


class WelcomeConfig(AppConfig):
    name = "kith.welcome"
    label = "welcome"

    def ready(self) -> None:
        from kith.welcome import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
