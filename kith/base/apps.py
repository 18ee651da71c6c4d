from django.apps import AppConfig


class BaseConfig(AppConfig):
    name = "kith.base"
    label = "base"
