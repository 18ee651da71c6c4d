from django.apps import AppConfig


class QuestionnairesConfig(AppConfig):
    name = "kith.questionnaires"
    label = "questionnaires"

    def ready(self) -> None:
        from kith.questionnaires import wiring  # noqa: PLC0415 - models are ready only now

        wiring.plug_in()
