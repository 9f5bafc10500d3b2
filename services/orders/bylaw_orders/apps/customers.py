"""Puts together what keeps customers' data (CUS-1); a part of `app.py`."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from bylaw.orders.v1 import customers_pb2
from bylaw_chassis.jobs import Timer
from bylaw_chassis.member import Member
from bylaw_chassis.server import Server
from bylaw_chassis.settings import ServiceSettings, SettingWrong
from pydantic import Field, SecretStr, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from bylaw_orders.rpc.customers import CustomerCalls
from bylaw_orders.rules.privacy.reveal import Usual
from bylaw_orders.store import orders, privacy_log
from bylaw_orders.store.customer_records import SealedRecords
from bylaw_orders.store.customers import SealedCustomers
from bylaw_orders.store.erasing import ErasingStore, keys_of_others, keys_to_rewrap
from bylaw_orders.store.erasures_file import ErasuresFile
from bylaw_orders.use_cases.finding import Finding
from bylaw_orders.use_cases.privacy.keep_no_longer import KeepNoLonger
from bylaw_orders.use_cases.privacy.part_with_customer import PartWithCustomer
from bylaw_orders.use_cases.privacy.replay_erasures import ReplayErasures
from bylaw_orders.use_cases.privacy.reveal_recipient import RevealRecipient
from bylaw_orders.use_cases.privacy.show_customers import ShowCustomers
from bylaw_orders.vault import Vault

FORGET_SECONDS, REWRAP_SECONDS, KEEP_SECONDS = 3_600.0, 10.0, 10.0
SHORTEST_KEY = 32
UNCHANGEABLE = ("reveals", "customer_searches", "customer_exports", "erasures")
"""The tables in which nobody changes a row."""


class CustomerKeys(BaseSettings):
    """By which master keys customers' keys are wrapped (CUS-1)."""

    model_config = SettingsConfigDict(env_prefix="BYLAW_", env_file_encoding="utf-8", extra="ignore", frozen=True)

    customer_key: SecretStr = Field(
        SecretStr(""),
        description="Master key of customers' data, at least 32 characters without blanks; empty: derived from"
        " BYLAW_MASTER_KEY.",
    )
    previous_customer_keys: SecretStr = Field(
        SecretStr(""),
        description="Master keys of customers' data before the present one, with blanks between; needed until every key"
        " is wrapped anew.",
    )

    @field_validator("customer_key", "previous_customer_keys")
    @classmethod
    def _long_enough(cls, keys: SecretStr) -> SecretStr:
        if any(len(key) < SHORTEST_KEY for key in keys.get_secret_value().split()):
            raise ValueError(f"each must be at least {SHORTEST_KEY} characters, without blanks")
        return keys


class CustomerSettings(ServiceSettings, CustomerKeys):
    """How long customers' data are kept, and what is usual in looking at them (CUS-1)."""

    erasures_file: str = Field(
        "",
        description="File outside of the database that keeps who was erased, by id; after a restore they are erased"
        " again at the start (CUS-1). Empty: none.",
    )
    customer_days: int = Field(
        1_095, ge=30, le=36_500, description="Days after which recipients of orders that ended are erased (CUS-1)."
    )
    reveals_per_day: int = Field(
        30, ge=1, le=10_000, description="More reveals of one person in a day than these are told as unusual (CUS-1)."
    )
    reveals_per_day_most: int = Field(
        200, ge=1, le=100_000, description="More reveals of one person in a day than these are refused (CUS-1)."
    )
    revealed_customers_per_hour: int = Field(
        15, ge=1, le=10_000, description="More customers revealed to one person in an hour are told as unusual (CUS-1)."
    )
    reveals_from_hour: int = Field(
        7, ge=0, le=23, description="Reveals before this hour of the organisation's day are told as unusual (CUS-1)."
    )
    reveals_until_hour: int = Field(
        23, ge=1, le=24, description="Reveals from this hour of the organisation's day on are told as unusual (CUS-1)."
    )
    reveal_sign_in_minutes: int = Field(
        30,
        ge=1,
        le=1_440,
        description="Whoever has customers' data revealed, exported or erased signed in themselves within so many"
        " minutes (CUS-1).",
    )
    customer_searches_per_hour: int = Field(
        60, ge=1, le=10_000, description="More searches for customers of one person in an hour are refused (CUS-1)."
    )


def vault_of(settings: CustomerKeys, master: str) -> Vault:
    """The vault under the keys that are named; the master key stays known when a key of its own comes."""
    own, before = settings.customer_key.get_secret_value(), settings.previous_customer_keys.get_secret_value().split()
    return Vault(own, [*before, master]) if own else Vault(master, before)


@dataclass(frozen=True, slots=True)
class CustomerData:
    """Customers' data in this process: `sealed` is what whoever takes orders in writes to."""

    own: Member
    settings: CustomerSettings
    sealed: SealedCustomers

    def add(self, server: Server, finding: Finding) -> Sequence[Timer]:
        """Adds the calls; answers the timers."""
        database, settings = self.own.database, self.settings
        usual, records, erasing = _usual(settings), SealedRecords(self.sealed), ErasingStore(self.sealed.vault)
        shown = ShowCustomers(database, finding, records, self.sealed, privacy_log, usual)
        zone, within = ZoneInfo(settings.time_zone), timedelta(minutes=settings.reveal_sign_in_minutes)
        revealing = RevealRecipient(database, finding, self.sealed, privacy_log, orders, usual, zone, within)
        parting = PartWithCustomer(database, finding, records, privacy_log, erasing, within)
        calls = CustomerCalls(shown, revealing, parting, self.own.page_tokens)
        server.add(customers_pb2.DESCRIPTOR.services_by_name["Customers"], calls)
        kept = KeepNoLonger(database, erasing, settings.customer_days)
        return (
            Timer("forget-recipients", FORGET_SECONDS, kept.forget),
            Timer("rewrap-customer-keys", REWRAP_SECONDS, kept.rewrap, keys_to_rewrap(self.sealed.vault)),
            *self._erasures_kept(erasing),
        )

    def _erasures_kept(self, erasing: ErasingStore) -> Sequence[Timer]:
        """Erases again whom a restore brought back, before anything is served."""
        if not self.settings.erasures_file:
            return ()
        file = ErasuresFile(Path(self.settings.erasures_file))
        replaying = ReplayErasures(self.own.database, privacy_log, erasing, file)
        replaying.replay()
        return (Timer("keep-erasures", KEEP_SECONDS, replaying.keep),)


def customer_data(own: Member, settings: CustomerSettings) -> CustomerData:
    """Customers' data; raises SettingWrong where a master key is not the one that wraps what is on record."""
    vault = vault_of(settings, settings.master_key.get_secret_value())
    with own.database.read() as connection:
        unknown = keys_of_others(connection, vault)
    if unknown:
        own.database.close()
        raise SettingWrong(
            f"BYLAW_CUSTOMER_KEY, BYLAW_PREVIOUS_CUSTOMER_KEYS：{unknown} 个客户密钥由未知的主密钥保护；"
            f"请补上原来的主密钥。 / {unknown} customers' keys are wrapped by a master key that is not named;"
            " name the former one."
        )
    sealed = SealedCustomers(vault)
    with own.database.engine.begin() as connection:
        sealed.index.of(connection, may_make=True)
    with own.database.read() as connection:
        sealed.index.of(connection)
    return CustomerData(own, settings, sealed)


def _usual(settings: CustomerSettings) -> Usual:
    return Usual(
        settings.reveals_per_day,
        settings.revealed_customers_per_hour,
        settings.reveals_from_hour,
        settings.reveals_until_hour,
        settings.reveals_per_day_most,
        settings.customer_searches_per_hour,
    )
