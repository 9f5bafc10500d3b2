"""The stored answer of a request that was carried out before."""


class Replayed(BaseException):
    """Unwinds a repeated write with the bytes of the answer its first run stored; no `except Exception` may stop it."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self.answer = answer
