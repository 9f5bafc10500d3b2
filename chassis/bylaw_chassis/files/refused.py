"""Why a whole file is refused; the words for it are of whoever reads such files."""

from collections.abc import Mapping
from enum import StrEnum
from types import MappingProxyType


class FileReason(StrEnum):
    """Why a whole file is refused."""

    EMPTY = "FILE_EMPTY"
    TOO_LARGE = "FILE_TOO_LARGE"
    TOO_MANY_LINES = "FILE_TOO_MANY_LINES"
    TRUNCATED = "FILE_TRUNCATED"
    DAMAGED = "FILE_DAMAGED"
    ENCODING_REFUSED = "FILE_ENCODING_REFUSED"
    ENCODING_MIXED = "FILE_ENCODING_MIXED"
    NOT_RECOGNISED = "FILE_NOT_RECOGNISED"
    FORMAT_DIFFERS = "FILE_FORMAT_DIFFERS"
    HEADER_WRONG = "FILE_HEADER_WRONG"
    COLUMN_SHIFTED = "FILE_COLUMN_SHIFTED"
    DIRECTION_MISSING = "FILE_DIRECTION_MISSING"


class FileRefused(Exception):  # noqa: N818 - the business says "refused"; it is an answer, no error of ours
    """A file that is not read at all: a stable reason, and its variables for the words."""

    def __init__(self, reason: FileReason, **variables: str) -> None:
        super().__init__(reason.value)
        self.reason = reason
        self.variables: Mapping[str, str] = MappingProxyType(variables)
