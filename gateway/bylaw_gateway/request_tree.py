"""The request in the making: nested fields as nested dictionaries, which protobuf turns into the message at once."""

from typing import Any

from bylaw_gateway.json_refusals import FieldRefused

Tree = dict[str, Any]


def place(tree: Tree, field_path: tuple[str, ...], value: Any) -> None:
    """Set a nested field; a different value that is there already is refused."""
    *nest, last = field_path
    for step in nest:
        tree = tree.setdefault(step, {})
    if tree.setdefault(last, value) != value:
        if tree[last]:
            raise FieldRefused("FIELD_INVALID", "contradiction", path=".".join(field_path))
        tree[last] = value


def overlay(tree: Tree, other: Tree) -> None:
    """Lay the fields of one tree over those of another; what is nested in both is laid over in turn."""
    for name, value in other.items():
        if isinstance(value, dict) and isinstance(tree.get(name), dict):
            overlay(tree[name], value)
        else:
            tree[name] = value
