from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "kith.accounts"
    label = "accounts"

    def ready(self) -> None:
        from kith.accounts import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
