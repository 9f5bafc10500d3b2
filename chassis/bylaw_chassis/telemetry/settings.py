"""Whether and where traces and metrics go: the standard variables of OpenTelemetry, as far as we look at them."""

from typing import Literal

from pydantic import Field
from pydantic_settings import BaseSettings, SettingsConfigDict

from bylaw_chassis.settings import read_settings


class TelemetrySettings(BaseSettings):
    """Traces and metrics, off while no endpoint is given. OpenTelemetry's other variables count as its pages say."""

    model_config = SettingsConfigDict(
        env_prefix="OTEL_", env_file_encoding="utf-8", env_ignore_empty=True, extra="ignore", frozen=True
    )

    exporter_otlp_endpoint: str = Field(
        "", description="A collector that takes OTLP over HTTP, such as `http://collector:4318`; none: all is off."
    )
    exporter_otlp_traces_endpoint: str = Field("", description="The whole address for traces, where it is another.")
    exporter_otlp_metrics_endpoint: str = Field("", description="The whole address for metrics, where it is another.")
    exporter_otlp_protocol: Literal["http/protobuf"] = Field(
        "http/protobuf", description="The one protocol that is spoken."
    )
    traces_exporter: Literal["otlp", "none"] = Field("otlp", description="`none` leaves traces out.")
    metrics_exporter: Literal["otlp", "none"] = Field("otlp", description="`none` leaves metrics out.")
    service_name: str = Field(
        "", description="Another name than the service's own: people, attendance, inventory, orders, gateway."
    )
    sdk_disabled: bool = Field(default=False, description="Switches everything off, whatever else is set.")

    @property
    def traces_address(self) -> str:
        """Where traces go; empty for nowhere."""
        return self._address(self.traces_exporter, self.exporter_otlp_traces_endpoint, "traces")

    @property
    def metrics_address(self) -> str:
        """Where metrics go; empty for nowhere."""
        return self._address(self.metrics_exporter, self.exporter_otlp_metrics_endpoint, "metrics")

    @property
    def on(self) -> bool:
        """Whether anything is measured at all."""
        return bool(self.traces_address or self.metrics_address)

    def _address(self, exporter: str, own: str, signal: str) -> str:
        if self.sdk_disabled or exporter == "none":
            return ""
        shared = self.exporter_otlp_endpoint.rstrip("/")
        return own or (f"{shared}/v1/{signal}" if shared else "")


def telemetry_settings() -> TelemetrySettings:
    """As the environment, or the file of settings, has them; raises SettingWrong naming what is wrong."""
    settings: TelemetrySettings = read_settings(TelemetrySettings)
    return settings
