from django.apps import AppConfig


class MatchingConfig(AppConfig):
    name = "kith.matching"
    label = "matching"

    def ready(self) -> None:
        from kith.matching import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
