"""The organisation that ships: a tree with written duties, and positions (ORG-1, ORG-2, POS-1); see `defaults.toml`.

`units_csv` and `positions_csv` are files for ImportOrganisation, so that it is set up like any other organisation.
"""

import csv
import io
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from bylaw_people.rules.organisation import UnitKind, Wording


@dataclass(frozen=True, slots=True)
class DefaultUnit:
    """A unit of the default tree; `parent` is the code of the one above it, empty for the company."""

    code: str
    title: Wording
    parent: str
    kind: UnitKind
    duties: Wording


@dataclass(frozen=True, slots=True)
class DefaultPosition:
    """A position of the default tree, in the unit with that code."""

    code: str
    title: Wording
    unit: str
    duties: Wording
    work: Wording


DEPARTMENT = "ECOM"

COMPANY = DefaultUnit(
    "COMPANY",
    Wording("公司", "Company"),
    "",
    UnitKind.COMPANY,
    Wording("经营公司各项业务，制定并执行公司章程。", "Runs the business, sets the rulebook and applies it."),
)


def units(company: DefaultUnit = COMPANY) -> list[DefaultUnit]:
    """The default tree below a company, parents before their children."""
    found = [company]
    for entry in _shipped()["unit"]:
        top = entry["code"] == DEPARTMENT
        parent, kind = (company.code, UnitKind.DEPARTMENT) if top else (DEPARTMENT, UnitKind.TEAM)
        found.append(DefaultUnit(entry["code"], Wording(**entry["title"]), parent, kind, Wording(**entry["duties"])))
    return found


def positions() -> list[DefaultPosition]:
    """The default positions."""
    return [
        DefaultPosition(entry["code"], Wording(**entry["title"]), entry["unit"], *_written(entry))
        for entry in _shipped()["position"]
    ]


def units_csv(company: DefaultUnit = COMPANY) -> bytes:
    """The default tree as a file of units for ImportOrganisation."""
    return _csv({**_texts(unit), "kind": unit.kind.value, "parent": unit.parent} for unit in units(company))


def positions_csv() -> bytes:
    """The default positions as a file of positions for ImportOrganisation."""
    return _csv(
        {**_texts(one), "work_zh": one.work.zh, "work_en": one.work.en, "unit": one.unit} for one in positions()
    )


def _shipped() -> Mapping[str, Any]:
    return tomllib.loads(resources.files("bylaw_people").joinpath("defaults.toml").read_text(encoding="utf-8"))


def _written(entry: Mapping[str, Any]) -> tuple[Wording, Wording]:
    return Wording(**entry["duties"]), Wording(**entry["work"])


def _texts(entry: DefaultUnit | DefaultPosition) -> dict[str, str]:
    return {
        "code": entry.code,
        "title_zh": entry.title.zh,
        "title_en": entry.title.en,
        "duties_zh": entry.duties.zh,
        "duties_en": entry.duties.en,
    }


def _csv(rows: Iterable[Mapping[str, str]]) -> bytes:
    listed = list(rows)
    file = io.StringIO(newline="")
    writer = csv.DictWriter(file, fieldnames=list(listed[0]))
    writer.writeheader()
    writer.writerows(listed)
    return file.getvalue().encode()
