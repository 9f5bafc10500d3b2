"""Why a JSON field was refused: its path, and what was expected there."""

from typing import Self


class FieldRefused(Exception):  # noqa: N818 - it is a refusal with a field, not a fault of ours
    """One field that cannot be taken; the path grows while the readers unwind."""

    def __init__(self, reason: str, wording: str, *, path: str = "", **variables: str) -> None:
        super().__init__(reason)
        self.reason, self.wording, self.variables = reason, wording, variables
        self._path = path

    @property
    def path(self) -> str:
        """The field from the root of the message, as in `punches[3].localTime`."""
        return self._path

    def under(self, name: str) -> Self:
        """Say that the refusal happened inside the field `name`."""
        joint = "" if not self._path or self._path.startswith("[") else "."
        self._path = f"{printable(name)}{joint}{self._path}"
        return self

    def at(self, index: int) -> Self:
        """Say that the refusal happened in this element of a list, counted from 0."""
        joint = "" if not self._path or self._path.startswith("[") else "."
        self._path = f"[{index}]{joint}{self._path}"
        return self

    @classmethod
    def wrong_type(cls, expected: str) -> "FieldRefused":
        """The value does not have the form that the field has."""
        return cls("FIELD_TYPE_WRONG", "wrong_type", expected=expected)

    @classmethod
    def unknown(cls, name: str) -> "FieldRefused":
        """The message has no such field."""
        return cls("FIELD_UNKNOWN", "unknown", path=printable(name))

    @classmethod
    def twice(cls, name: str) -> "FieldRefused":
        """The field was given a second time, perhaps in its other spelling."""
        return cls("FIELD_REPEATED", "twice", path=printable(name))

    @classmethod
    def both(cls, names: list[str]) -> "FieldRefused":
        """Of several fields only one may be given."""
        return cls("FIELD_REPEATED", "both", path=names[1], fields=", ".join(names))


def printable(name: str) -> str:
    """A field name from outside, shortened and without control characters."""
    return "".join(sign if sign.isprintable() else "?" for sign in name[:64])
