"""The stored answer of a request that was carried out before."""


class Replayed(Exception):  # noqa: N818 - the answer of a repeat, not an error
    """Unwinds a repeated write with the bytes of the answer its first run stored."""

    def __init__(self, answer: bytes) -> None:
        super().__init__()
        self.answer = answer
