"""Settings from the environment and from a file, with errors that name the setting."""

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any, Literal
from zoneinfo import ZoneInfo

from pydantic import Field, SecretStr, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bylaw_chassis.clock import Clock


class SettingWrong(Exception):  # noqa: N818
    """A setting is missing or cannot be what it is; the message names each, in both languages."""


class ServiceSettings(BaseSettings):
    """What every service is told; each is an environment variable `BYLAW_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="BYLAW_", env_file_encoding="utf-8", extra="ignore", frozen=True)

    database_url: SecretStr = Field(description="The service's own database, as SQLAlchemy URL with driver psycopg.")
    master_key: SecretStr = Field(
        min_length=32,
        description="Key from which the installation's other keys are derived; at least 32 characters.",
    )
    address_key: SecretStr = Field(
        SecretStr(""),
        description="Secret shared with a gateway on the network, whose word on a caller's address then counts.",
    )
    time_zone: str = Field("Asia/Shanghai", description="The organisation's zone: decides which day it is.")
    listen: str = Field("[::]:50051", description="Where the service answers gRPC.")
    threads: int = Field(8, ge=1, le=256, description="Calls that run at once; also the size of the database pool.")
    linger_seconds: float = Field(5.0, ge=0, le=60, description="How long a stopping service still answers new calls.")
    log_level: Literal["DEBUG", "INFO", "WARNING", "ERROR"] = Field(
        "INFO", description="From which level on is logged."
    )
    reflection: bool = Field(default=False, description="Whether gRPC reflection is on; leave it off in public.")
    request_key_hours: int = Field(48, ge=24, le=8_760, description="How long answers of writes are kept for repeats.")
    feed_days: int = Field(90, ge=1, le=3_650, description="How long replaced entries of the feed are kept.")

    @property
    def address_secret(self) -> str:
        """By what a caller's address is sealed: the secret shared with the gateway, in one process the master key."""
        return (self.address_key or self.master_key).get_secret_value()

    @field_validator("time_zone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, KeyError):
            raise ValueError("must be a name of the IANA time zone database, such as Asia/Shanghai") from None
        return name

    def today_by(self, clock: Clock) -> Callable[[], date]:
        """Answers the day it is where the organisation is."""
        zone = ZoneInfo(self.time_zone)
        return lambda: clock().astimezone(zone).date()


FILE_SETTING = "BYLAW_SETTINGS_FILE"
"""Names a file with a `BYLAW_<NAME>=value` a line; the environment comes first."""


def read_settings(kind: type[Any], **given: Any) -> Any:
    """Reads settings of a class; raises SettingWrong naming every setting at fault and never showing a value."""
    try:
        return kind(_env_file=_settings_file(), **given)
    except ValidationError as error:
        prefix = kind.model_config.get("env_prefix", "")
        wrong = [f"{prefix}{'_'.join(map(str, item['loc'])).upper()}: {_why(item)}" for item in error.errors()]
        raise SettingWrong("设置有误 / wrong settings:\n  " + "\n  ".join(wrong)) from None


def _settings_file() -> Path | None:
    name = os.environ.get(FILE_SETTING)
    if not name:
        return None
    path = Path(name)
    if not path.is_file():
        raise SettingWrong(f"{FILE_SETTING}：没有此文件 / there is no such file")
    return path


def _why(item: Any) -> str:
    """The message, but for the validators that quote what they were given."""
    return "值无效 / not a valid value" if item["type"] in {"value_error", "assertion_error"} else str(item["msg"])
