from django.apps import AppConfig


class ExpensesConfig(AppConfig):
    name = "kith.expenses"
    label = "expenses"

    def ready(self) -> None:
        from kith.expenses import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
