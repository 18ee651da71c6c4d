from django.apps import AppConfig


class CalendarsConfig(AppConfig):
    name = "kith.calendars"
    label = "calendars"

    def ready(self) -> None:
        from kith.calendars import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
