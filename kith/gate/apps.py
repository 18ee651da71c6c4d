from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "kith.gate"
    label = "gate"

    def ready(self) -> None:
        from kith.gate import retention  # noqa: PLC0415 - models are ready only now

        retention.plug_in()
