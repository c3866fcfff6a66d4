"""How the reading of a file ends when it cannot go on."""

from geo.read.report import Value


class RefusedError(Exception):
    """The file as a whole is not read; holds the code and its values. Never leaves this package."""

    def __init__(self, code: str, **values: Value) -> None:
        self.code = code
        self.values = values
        super().__init__(code)
