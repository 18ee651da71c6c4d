from django.apps import AppConfig


class GateConfig(AppConfig):
    name = "kith.gate"
    label = "gate"
