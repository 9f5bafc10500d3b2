"""Settings of what leads outward: a sample of them as text, and whether they are titled and survive being text."""

import re
from collections.abc import Mapping
from typing import Any, ClassVar, Protocol

from bylaw_hooks import Both, Parameters
from pydantic import SecretStr

NAME = re.compile("[a-z][a-z0-9]*(-[a-z0-9]+)*")


class Outward(Protocol):
    """A delivery channel or a courier adapter."""

    name: ClassVar[str]
    title: ClassVar[Both]
    settings: Any


def sample(one: Outward) -> Mapping[str, str]:
    """Settings to try it under, each as text as they stand in the environment: examples, else defaults."""
    described = one.settings.model_json_schema().get("properties", {})
    told = {name: field.get("examples", [field.get("default")])[0] for name, field in described.items()}
    return {name: str(value) for name, value in told.items() if value not in {None, ""}}


def settings_of(one: Outward) -> Parameters:
    """The sample as settings."""
    made: Parameters = one.settings.model_validate_strings(sample(one))
    return made


def secrets_of(settings: Parameters) -> list[str]:
    """What of them nobody may read anywhere."""
    return [value.get_secret_value() for _, value in settings if isinstance(value, SecretStr)]


def fault_of_titles(one: Outward) -> str:
    """What is wrong with its name, its title and those of its settings; "" where nothing is."""
    if not NAME.fullmatch(one.name) or not all(text.strip() for text in one.title):
        return f"{one.name!r}: a plain name, and a title in zh and en are needed"
    schema = one.settings.model_json_schema()
    for name, field in schema.get("properties", {}).items():
        titled = field.get("x-title", {})
        if not (titled.get("zh") and titled.get("en")):
            return f"{name} is not titled in zh and en: use setting()"
        if name in schema.get("required", ()) and not field.get("examples"):
            return f"{name} must be stated and has no example: setting(..., examples=[...])"
    return ""


def fault_of_text(one: Outward) -> str:
    """Whether its settings come back otherwise when they are stated as text; "" where they do not."""
    made = settings_of(one)
    again = one.settings.model_validate_strings({name: _plain(value) for name, value in made})
    return "" if again == made else f"{made!r} comes back as {again!r}"


def _plain(value: Any) -> str:
    return value.get_secret_value() if isinstance(value, SecretStr) else str(value)
