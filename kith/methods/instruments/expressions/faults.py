"""What stops an expression from being read."""


class ExpressionFault(Exception):
    """The expression cannot be used; code and params name one sentence of `findings.SENTENCES`."""

    def __init__(self, code: str, **params: str | int) -> None:
        super().__init__(code)
        self.code = code
        self.params = params
