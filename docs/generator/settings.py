"""The page of settings: each environment variable, what it takes, its default and its meaning."""

from collections.abc import Iterator
from typing import Any

from pydantic import SecretStr
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined
from pydantic_settings import BaseSettings

from .commands import environment_variables
from .markdown import code, page, plain_names, sentence, table
from .places import modules
from .variables import other_variables

INTRODUCTION = """\
Settings come from the environment; the services also read the file that `BYLAW_SETTINGS_FILE` names, a
`BYLAW_<NAME>=value` a line, where the environment says nothing. One that is missing or wrong stops the start with a
message that names it and never shows its value. Classes that build on another take its settings too."""


def settings_page() -> str:
    """The whole page."""
    return page("Settings", INTRODUCTION, *_parts())


def settings_classes() -> list[type[BaseSettings]]:
    """Every class of settings in our packages, base classes first."""
    found = {
        value
        for module in modules()
        for value in vars(module).values()
        if isinstance(value, type) and issubclass(value, BaseSettings) and value.__module__.startswith("bylaw_")
    }
    return sorted(found, key=lambda kind: (len(kind.__mro__), kind.__module__, kind.__name__))


def _parts() -> Iterator[str]:
    known: set[str] = set()
    for kind in settings_classes():
        rows = list(_rows(kind))
        known |= {row[0].strip("`") for row in rows}
        yield f"## {kind.__module__.split('.')[0]}: {kind.__name__}"
        yield sentence(kind.__doc__)
        yield table(["Variable", "Type", "Default", "Meaning"], rows)
    options = environment_variables()
    known |= {row[0].strip("`") for row in options}
    yield "## The command bylaw"
    yield "Options of the command that the environment can give as well."
    yield table(["Variable", "Option", "Default", "Meaning"], options)
    yield "## Others"
    yield "Variables of a single place: what each does stands there."
    yield table(["Variable", "Where"], other_variables(known))


def _rows(kind: type[BaseSettings]) -> Iterator[list[str]]:
    prefix = str(kind.model_config.get("env_prefix", ""))
    inherited = {name for base in kind.__bases__ if issubclass(base, BaseSettings) for name in _fields(base)}
    for name, field in _fields(kind).items():
        if name not in inherited:
            variable = str(field.validation_alias or f"{prefix}{name}").upper()
            yield [code(variable), code(_type_text(field)), _default_text(field), field.description or ""]


def _fields(kind: type[Any]) -> dict[str, FieldInfo]:
    fields: dict[str, FieldInfo] = getattr(kind, "model_fields", {})
    return fields


def _type_text(field: FieldInfo) -> str:
    if field.annotation is SecretStr:
        return "secret text"
    plain = getattr(field.annotation, "__name__", "")
    return plain_names(str(field.annotation) if not plain or "[" in str(field.annotation) else plain)


def _default_text(field: FieldInfo) -> str:
    if field.is_required():
        return "must be given"
    default = field.get_default(call_default_factory=True) if field.default_factory is None else PydanticUndefined
    if default is PydanticUndefined:
        return "made at the start"
    return "none" if default in {None, ""} or default == () else code(default)
