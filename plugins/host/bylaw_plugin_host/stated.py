"""What the environment says of what leads outward, and which of it is set up by that: channels and adapters alike."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from typing import Any, Protocol, TypeVar

from pydantic import Field, create_model
from pydantic_settings import BaseSettings, SettingsConfigDict

from bylaw_plugin_host.outcomes import ParametersRefused

Stated = Mapping[str, str]
"""Settings as text. They may hold secrets: they are in no log."""
Read = Callable[[type[BaseSettings]], BaseSettings]
"""Reads a class of settings from where the service's own come from."""


class Offered(Protocol):
    """A channel or an adapter, and the names of its settings."""

    @property
    def name(self) -> str:
        """What it is called."""

    @property
    def settings(self) -> Collection[str]:
        """The names of its settings."""


One = TypeVar("One", bound=Offered)
Offering_co = TypeVar("Offering_co", bound=Offered, covariant=True)


class Offers(Protocol[Offering_co]):
    """A host of such things."""

    def offered(self) -> Sequence[Offering_co]:
        """Every one, by name."""
        ...

    def check_settings(self, name: str, stated: Stated) -> None:
        """Whether settings fit; raises ParametersRefused or PluginRefused."""


class SettingsWrong(Exception):  # noqa: N818
    """Settings that are begun and do not fit: `names` of the variables, never a value."""

    def __init__(self, names: Sequence[str]) -> None:
        self.names = names
        super().__init__(", ".join(names))


class _Told(BaseSettings):
    """What the environment and the file of settings say of one, as text."""

    model_config = SettingsConfigDict(extra="ignore", env_file_encoding="utf-8")


def begun(host: Offers[One], read: Read) -> list[tuple[One, Stated]]:
    """Those that something is stated of; raises SettingsWrong naming each variable at fault, or PluginRefused."""
    found = [(one, stated) for one in host.offered() if (stated := _stated(one, read))]
    wrong = sorted(name for one, stated in found for name in _wrong(host, one, stated))
    if wrong:
        raise SettingsWrong(wrong)
    return found


def _variable(one: Offered, *field: Any) -> str:
    """The environment variable of a setting: `BYLAW_<NAME>_<FIELD>`."""
    return "_".join(("BYLAW", one.name.replace("-", "_"), *map(str, field))).upper()


def _stated(one: Offered, read: Read) -> Stated:
    """Its settings as far as they are stated; a plugin's words become nothing but values of ours."""
    fields: dict[str, Any] = {
        f"setting_{number}": (str, Field("", validation_alias=_variable(one, name)))
        for number, name in enumerate(one.settings)
    }
    told = read(create_model("Told", __base__=_Told, **fields)).model_dump()
    return {name: text for name, text in zip(one.settings, told.values(), strict=True) if text}


def _wrong(host: Offers[One], one: One, stated: Stated) -> Iterable[str]:
    """The variables at fault."""
    try:
        host.check_settings(one.name, stated)
    except ParametersRefused as refused:
        return {_variable(one, *item["loc"]) for item in refused.violations}
    return ()
