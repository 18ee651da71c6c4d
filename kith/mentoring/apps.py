from django.apps import AppConfig


class MentoringConfig(AppConfig):
    name = "kith.mentoring"
    label = "mentoring"

    def ready(self) -> None:
        from kith.mentoring import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
