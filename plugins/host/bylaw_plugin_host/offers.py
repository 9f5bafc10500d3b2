"""What a distribution offers, one by one: names, titles and schemas, as JSON read without importing it."""

from typing import Any

from bylaw_hooks import BatchShiftPattern, DeliveryChannel, ShiftPattern
from bylaw_hooks.couriers import CourierAdapter
from bylaw_hooks.exporting import Encoding, ExportLayout
from bylaw_hooks.leave import LeavePolicy
from bylaw_hooks.orders import OrderImporter
from pydantic import BaseModel, ConfigDict

from bylaw_plugin_host.schemas import drawn


class Told(BaseModel):
    """A part of what a worker says of its distribution: believed in nothing but its shape."""

    model_config = ConfigDict(frozen=True, strict=True, extra="forbid")


class PatternOffer(Told):
    """One version of a pattern; `form` is "easy" or "batch"."""

    identity: str
    title_zh: str
    title_en: str
    schema_of_parameters: dict[str, Any]
    form: str


class ChannelOffer(Told):
    """One way out, with the schema of its settings."""

    name: str
    title_zh: str
    title_en: str
    schema_of_settings: dict[str, Any]

    @property
    def settings(self) -> list[str]:
        """The names of its settings, in order."""
        named = self.schema_of_settings.get("properties", {})
        return sorted(named) if isinstance(named, dict) else []


class LeaveOffer(Told):
    """One version of a leave policy, with the schema of its parameters."""

    identity: str
    title_zh: str
    title_en: str
    schema_of_parameters: dict[str, Any]


class LayoutOffer(Told):
    """One version of an export layout: how its CSVs are encoded, and whether it is handed every day."""

    identity: str
    title_zh: str
    title_en: str
    encoding: Encoding
    with_days: bool


class CourierOffer(ChannelOffer):
    """One courier adapter, with the schema of its settings."""

    phone_couriers: list[str]
    subscribes: bool


class ImporterOffer(Told):
    """One version of an order importer, and how many files it reads together."""

    identity: str
    title_zh: str
    title_en: str
    most_tables: int


def pattern_offer(pattern: ShiftPattern[Any]) -> PatternOffer:
    """Of a version of a pattern; raises whatever drawing a schema raises, as the others do."""
    return PatternOffer(
        identity=pattern.identity,
        title_zh=pattern.title.zh,
        title_en=pattern.title.en,
        schema_of_parameters=drawn(pattern.parameters),
        form="batch" if isinstance(pattern, BatchShiftPattern) else "easy",
    )


def channel_offer(channel: DeliveryChannel[Any]) -> ChannelOffer:
    """Of a delivery channel."""
    return ChannelOffer(
        name=channel.name,
        title_zh=channel.title.zh,
        title_en=channel.title.en,
        schema_of_settings=drawn(channel.settings),
    )


def leave_offer(policy: LeavePolicy[Any]) -> LeaveOffer:
    """Of a version of a leave policy."""
    return LeaveOffer(
        identity=policy.identity,
        title_zh=policy.title.zh,
        title_en=policy.title.en,
        schema_of_parameters=drawn(policy.parameters),
    )


def layout_offer(layout: ExportLayout) -> LayoutOffer:
    """Of a version of an export layout."""
    return LayoutOffer(
        identity=layout.identity,
        title_zh=layout.title.zh,
        title_en=layout.title.en,
        encoding=layout.encoding,
        with_days=layout.with_days,
    )


def courier_offer(courier: CourierAdapter[Any]) -> CourierOffer:
    """Of a courier adapter."""
    return CourierOffer(
        name=courier.name,
        title_zh=courier.title.zh,
        title_en=courier.title.en,
        schema_of_settings=drawn(courier.settings),
        phone_couriers=sorted(courier.phone_couriers),
        subscribes=courier.subscribes,
    )


def importer_offer(importer: OrderImporter) -> ImporterOffer:
    """Of a version of an order importer."""
    return ImporterOffer(
        identity=importer.identity,
        title_zh=importer.title.zh,
        title_en=importer.title.en,
        most_tables=importer.most_tables,
    )
