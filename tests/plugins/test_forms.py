"""A form drawn from a schema of ours asks well: titled fields in order, limits, examples, named choices."""

import runpy
from collections.abc import Callable, Iterator
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest
from bylaw_crews import Crews
from bylaw_fixed_week import FixedWeek
from bylaw_flexible_hours import FlexibleHours
from bylaw_hooks import Parameters
from bylaw_kdniao import KdniaoSettings
from bylaw_kuaidi100 import Kuaidi100Settings
from bylaw_plugin_host.schemas import in_order
from bylaw_rest_by_rota import RestByRota
from bylaw_smtp_mail.settings import MailSettings
from google.protobuf import json_format, struct_pb2

ROOT = Path(__file__).parents[2]
TEMPLATE = ROOT / "cli/bylaw_cli/plugin/template/acme_patterns/day_shift.py.template"


def example(version: int) -> type[Parameters]:
    found: type[Parameters] = vars(import_module(f"example_company.bakery_{version}"))[f"BakingDay{version}"]
    return found


MODELS: dict[str, Callable[[], type[Parameters]]] = {
    "fixed-week": lambda: FixedWeek.parameters,
    "rest-by-rota": lambda: RestByRota.parameters,
    "crews": lambda: Crews.parameters,
    "flexible-hours": lambda: FlexibleHours.parameters,
    "smtp-mail": lambda: MailSettings,
    "kuaidi100": lambda: Kuaidi100Settings,
    "kdniao": lambda: KdniaoSettings,
    "example-bakery@1": lambda: example(1),
    "example-bakery@2": lambda: example(2),
    "the template": lambda: runpy.run_path(str(TEMPLATE))["Day"],
}
NOT_COUNTED = {"user", "password", "authority_file"}
"""Texts that are as long as they are elsewhere."""


@pytest.fixture(params=MODELS)
def model(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> type[Parameters]:
    """Each model of parameters that we ship or give to copy."""
    monkeypatch.syspath_prepend(str(ROOT / "plugins/example_company"))
    return MODELS[request.param]()


def fields(model: type[Parameters]) -> Iterator[tuple[str, dict[str, Any]]]:
    """Every field of a model and of the models in it."""
    schema = in_order(model.model_json_schema())
    for part in (schema, *schema.get("$defs", {}).values()):
        yield from part["properties"].items()


def test_every_field_is_titled_and_a_number_of_minutes_or_days_says_so(model: type[Parameters]) -> None:
    for name, field in fields(model):
        zh, en = field["x-title"]["zh"], field["x-title"]["en"].lower()
        assert zh
        assert en
        for unit, chinese, english in (("minutes", "分钟", "minutes"), ("_days", "天", "days")):
            if name.endswith(unit) and field["type"] == "integer":
                assert chinese in zh
                assert english in en or "start" in en


def test_every_number_list_and_text_has_its_limits_or_an_example(model: type[Parameters]) -> None:
    for name, field in fields(model):
        if field.get("type") == "integer":
            assert field["minimum"] < field["maximum"], name
        elif field.get("type") == "array":
            assert field["maxItems"], name
        elif field.get("type") == "string" and name not in NOT_COUNTED:
            limited = {"enum", "pattern", "maxLength", "format"} & field.keys()
            assert limited, name
            assert "pattern" not in field or field["examples"], name


def test_every_choice_is_called_something_in_both_languages(model: type[Parameters]) -> None:
    for name, field in fields(model):
        choices = field.get("enum") or field.get("items", {}).get("enum")
        assert set(field.get("x-choices", {})) == set(choices or ()), name
        assert all(title["zh"] and title["en"] for title in field.get("x-choices", {}).values())


def test_whatever_carries_the_schema_the_fields_come_back_in_the_order_of_the_model(model: type[Parameters]) -> None:
    carried = json_format.ParseDict(in_order(model.model_json_schema()), struct_pb2.Struct())
    drawn = json_format.MessageToDict(struct_pb2.Struct.FromString(carried.SerializeToString()))
    asked = sorted(drawn["properties"], key=lambda name: drawn["properties"][name]["x-order"])
    assert asked == list(model.model_fields)
    assert [drawn["properties"][name]["x-order"] for name in asked] == list(range(len(asked)))
