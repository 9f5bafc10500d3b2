"""What an operator may set about the gateway, each as `BYLAW_GATEWAY_<NAME>` in the environment."""

from ipaddress import IPv4Network, IPv6Network, ip_network
from pathlib import Path
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import Field, field_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

MEBIBYTE = 1024 * 1024
PRIVATE_NETWORKS = (
    "127.0.0.0/8, 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16, 169.254.0.0/16, ::1/128, fc00::/7, fe80::/10"
)


class GatewaySettings(BaseSettings):
    """Limits, trusted neighbours and addresses; the defaults suit one machine."""

    model_config = SettingsConfigDict(env_prefix="BYLAW_GATEWAY_", frozen=True)

    call_seconds: float = Field(default=30.0, gt=0, le=3600, description="Longest a call may take.")
    stream_seconds: float = Field(default=600.0, gt=0, description="Longest a stream stays open.")
    heartbeat_seconds: float = Field(default=15.0, gt=0, description="Silence on a stream before a heartbeat.")
    stream_limit: int = Field(
        default=6, ge=0, description="Streams open at once; each holds one of the server's threads."
    )
    arriving_body_limit: int = Field(
        default=6, gt=0, description="Bodies arriving at once; with the streams, keep them below the server's threads."
    )
    json_body_bytes: int = Field(default=MEBIBYTE, gt=0, description="Largest JSON body, decoded.")
    upload_bytes: int = Field(default=32 * MEBIBYTE, gt=0, description="Largest raw upload, decoded.")
    header_limit: int = Field(default=100, gt=0, description="Most headers in a request.")
    header_bytes: int = Field(default=32 * 1024, gt=0, description="All headers of a request together.")
    nesting_limit: int = Field(default=64, gt=0, description="Deepest nesting of JSON.")
    allowed_origins: Annotated[tuple[str, ...], NoDecode] = Field(
        default=(), description="Other sites whose pages may call, as `https://shop.example`, parted by commas."
    )
    trusted_proxies: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=(), description="Networks whose X-Forwarded-For is believed, parted by commas."
    )
    clock_networks: Annotated[tuple[IPv4Network | IPv6Network, ...], NoDecode] = Field(
        default=PRIVATE_NETWORKS,
        validate_default=True,
        description="Networks from which clocks may push to /iclock, parted by commas; empty: none. By default those "
        "that are not routed on the internet.",
    )
    default_language: Literal["zh", "en"] = Field(default="en", description="For callers that ask for neither.")
    certificate_path: Path | None = Field(
        default=None, description="Authority of an own certificate, as PEM; phones fetch it from /certificate."
    )
    contract_path: Path | None = Field(
        default=None, description="The contract with its comments; by default the one that bylaw-protos carries."
    )

    @field_validator("allowed_origins", mode="before")
    @classmethod
    def _exact_origins(cls, value: Any) -> tuple[str, ...]:
        origins = _parted(value)
        for origin in origins:
            parts = urlsplit(origin)
            if f"{parts.scheme}://{parts.netloc}" != origin or parts.scheme not in {"http", "https"}:
                raise ValueError(f"{origin!r} is no origin: write it as https://shop.example, without a path")
        return origins

    @field_validator("trusted_proxies", "clock_networks", mode="before")
    @classmethod
    def _networks(cls, value: Any) -> tuple[IPv4Network | IPv6Network, ...]:
        return tuple(network if not isinstance(network, str) else ip_network(network) for network in _parted(value))


def _parted(value: Any) -> tuple[Any, ...]:
    if isinstance(value, str):
        return tuple(part.strip() for part in value.split(",") if part.strip())
    return tuple(value)
