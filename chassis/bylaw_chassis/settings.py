"""Settings from the environment, with errors that name the setting."""

from typing import Any

from pydantic import Field, SecretStr, ValidationError
from pydantic_settings import BaseSettings, SettingsConfigDict


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
    listen: str = Field("[::]:50051", description="Where the service answers gRPC.")
    threads: int = Field(8, ge=1, le=256, description="Calls that run at once; also the size of the database pool.")
    linger_seconds: float = Field(5.0, ge=0, le=60, description="How long a stopping service still answers new calls.")
    log_level: str = Field("INFO", description="DEBUG, INFO, WARNING or ERROR.")
    reflection: bool = Field(default=False, description="Whether gRPC reflection is on; leave it off in public.")


def read_settings(kind: type[Any], **given: Any) -> Any:
    """Reads settings of a class; raises SettingWrong naming every setting at fault and never showing a value."""
    try:
        return kind(**given)
    except ValidationError as error:
        wrong = [
            f"BYLAW_{'_'.join(str(part) for part in item['loc']).upper()}: {item['msg']}" for item in error.errors()
        ]
        raise SettingWrong("设置有误 / wrong settings:\n  " + "\n  ".join(wrong)) from None
