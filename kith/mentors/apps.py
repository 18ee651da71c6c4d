from django.apps import AppConfig


class MentorsConfig(AppConfig):
    name = "kith.mentors"
    label = "mentors"

    def ready(self) -> None:
        from kith.mentors import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
