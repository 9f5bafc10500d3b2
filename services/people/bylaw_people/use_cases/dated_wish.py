"""What shall become of a position or a site from a date on."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, TypeVar
from uuid import UUID

from bylaw_chassis.refusals import FieldNotWritable, Refusal

from bylaw_people.rules.versions import Dated, Version

AnyVersion = TypeVar("AnyVersion", bound=Version)


@dataclass(frozen=True, slots=True)
class DatedWish:
    """Which thing, from when; `etag` is what the caller saw.

    `texts` are the texts that change, by field and language; `values` the other fields; `kept` is what was sent of
    fields that cannot change.
    """

    thing: UUID
    effective_date: date
    etag: str = ""
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    values: Mapping[str, Any] = field(default_factory=dict)
    kept: Mapping[str, object] = field(default_factory=dict)

    def of(self, present: AnyVersion) -> AnyVersion:
        """The version that is wished for, after the one that holds."""
        texts = {name: replace(getattr(present, name), **languages) for name, languages in self.texts.items()}
        return replace(present, effective_date=self.effective_date, **texts, **self.values)

    def require_seen(self, record: Dated[AnyVersion], *, changed: type[Refusal], prefix: str) -> None:
        """Refuses what the caller did not see, and FIELD_NOT_WRITABLE for what cannot change."""
        if self.etag and self.etag != str(record.revision):
            raise changed
        if self.kept.get("code", record.code) != record.code:
            raise FieldNotWritable(field=f"{prefix}.code")
