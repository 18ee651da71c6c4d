from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "kith.people"
    label = "people"

    def ready(self) -> None:
        from kith.people import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
