from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "kith.learning"
    label = "learning"

    def ready(self) -> None:
        from kith.learning import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
