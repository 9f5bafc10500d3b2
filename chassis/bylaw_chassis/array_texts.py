"""Arrays as PostgreSQL writes them: the driver passes a text on as it is, where it looks at each element of a list.

For statements that are made for every write. The statement says of which type the array is.
"""

from collections.abc import Iterable


def plain_array(values: Iterable[object]) -> str:
    """Ids, numbers or days."""
    return f"{{{','.join(map(str, values))}}}"


def text_array(values: Iterable[str | None]) -> str:
    """Texts, whatever is in them; nothing is null."""
    return f"{{{','.join(map(_quoted, values))}}}"


def bytes_array(values: Iterable[bytes]) -> str:
    """Bytes."""
    return f"{{{','.join(map(_hexadecimal, values))}}}"


def _quoted(text: str | None) -> str:
    if text is None:
        return "null"
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _hexadecimal(value: bytes) -> str:
    return f'"\\\\x{value.hex()}"'
