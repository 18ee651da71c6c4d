from django.apps import AppConfig


class RemindersConfig(AppConfig):
    name = "kith.reminders"
    label = "reminders"

    def ready(self) -> None:
        from kith.reminders import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
