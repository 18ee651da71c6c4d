from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "kith.activities"
    label = "activities"

    def ready(self) -> None:
        from kith.activities import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
