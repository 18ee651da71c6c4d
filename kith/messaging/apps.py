from django.apps import AppConfig


class MessagingConfig(AppConfig):
    name = "kith.messaging"
    label = "messaging"

    def ready(self) -> None:
        from kith.messaging import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
