"""What an operator may set about workers: each a field of the settings of a service that has plugins."""

from dataclasses import replace

from pydantic import BaseModel, Field

from bylaw_plugin_host.workers import Limits

MEBIBYTE = 1 << 20
_LIMITS = Limits()


class WorkerSettings(BaseModel):
    """What a plugin that we do not ship gets; of its seconds, none counts in which it waits for a busy processor."""

    plugin_start_seconds: float = Field(
        _LIMITS.start_seconds, ge=1, le=600, description="Seconds in which a plugin's process must have started."
    )
    plugin_memory_mebibytes: int = Field(
        _LIMITS.memory_bytes // MEBIBYTE, ge=128, le=65_536, description="Address space of a plugin's process, in MiB."
    )
    plugin_call_seconds: float = Field(
        _LIMITS.floor_seconds, ge=0.1, le=60, description="Seconds that a plugin has for any call."
    )

    def limits(self) -> Limits:
        """Of every worker."""
        return Limits(
            start_seconds=self.plugin_start_seconds,
            floor_seconds=self.plugin_call_seconds,
            memory_bytes=self.plugin_memory_mebibytes * MEBIBYTE,
        )


class JudgingSettings(WorkerSettings):
    """And what shift patterns get, which are asked about many people at once."""

    plugin_person_seconds: float = Field(
        _LIMITS.person_seconds, ge=0.001, le=10, description="Seconds more that a pattern has for each person."
    )
    plugin_alone_seconds: float = Field(
        _LIMITS.alone_seconds,
        ge=0.05,
        le=60,
        description="Seconds for each person who is judged alone, because the pattern failed on many at once.",
    )
    plugin_finding_seconds: float = Field(
        _LIMITS.finding_seconds,
        ge=1,
        le=300,
        description="Longest that one call looks for the people a pattern fails on; the next call goes on from there.",
    )
    plugin_processes: int = Field(
        _LIMITS.side_by_side, ge=1, le=64, description="Processes of one plugin that look for them side by side."
    )

    def limits(self) -> Limits:
        """Of every worker."""
        return replace(
            super().limits(),
            person_seconds=self.plugin_person_seconds,
            alone_seconds=self.plugin_alone_seconds,
            finding_seconds=self.plugin_finding_seconds,
            side_by_side=self.plugin_processes,
        )
