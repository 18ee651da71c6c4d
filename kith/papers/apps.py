from django.apps import AppConfig


class PapersConfig(AppConfig):
    name = "kith.papers"
    label = "papers"

    def ready(self) -> None:
        from kith.papers import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
