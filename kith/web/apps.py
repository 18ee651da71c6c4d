from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "kith.web"
    label = "web"

    def ready(self) -> None:
        from kith.web import wiring  # noqa: PLC0415 - roles and models are ready only now

        wiring.plug_in()
