"""A form drawn from a plugin's schema gives back what it was drawn from, and what was typed where it is wrong."""

import json
from collections.abc import Iterable, Mapping
from typing import Any

import pytest
from bylaw_console.schemas import Field, faults_of, fields_of, plain_numbers, read, told
from bylaw_crews.parameters import Cycle
from bylaw_fixed_week.parameters import Week
from bylaw_flexible_hours.parameters import Flexible
from bylaw_plugin_host.schemas import drawn
from bylaw_rest_by_rota.parameters import Rota
from bylaw_statutory_leave.parameters import StatutoryDays
from google.protobuf.json_format import MessageToDict
from google.protobuf.struct_pb2 import Struct
from pydantic import BaseModel
from werkzeug.datastructures import MultiDict

SHIPPED = (Cycle, Week, Flexible, Rota, StatutoryDays)
OWN: dict[str, Any] = {
    "type": "object",
    "$defs": {"Gate": {"type": "object", "properties": {"door": {"type": "string"}, "open": {"type": "boolean"}}}},
    "properties": {
        "ratio": {"type": "number", "x-order": 1, "default": 0.5},
        "mode": {"anyOf": [{"enum": ["a", "b"], "type": "string"}, {"type": "null"}], "default": None, "x-order": 0},
        "gate": {"$ref": "#/$defs/Gate", "x-order": 2, "x-title": {"zh": "门", "en": "Gate"}},
        "counts": {"type": "array", "items": {"type": "integer"}, "x-order": 3, "default": [1, 2]},
        "anything": {"type": "object", "x-order": 4, "default": {"kept": True}},
    },
}


def travelled(schema: Mapping[str, Any]) -> Any:
    """A schema as the call brings it: in a Struct, whose members have no order and whose numbers are floats."""
    carried = Struct()
    carried.update(json.loads(json.dumps(schema)))
    return plain_numbers(MessageToDict(carried))


def untouched(fields: Iterable[Field]) -> MultiDict[str, str]:
    """What a browser sends of these fields if nobody changes any."""
    sent: MultiDict[str, str] = MultiDict()
    for one in fields:
        if one.kind == "group":
            sent.update(untouched(one.fields))
        elif one.kind == "rows":
            sent.add(f"{one.path}#", str(len(one.rows)))
            for row in one.rows:
                sent.update(untouched(row))
        elif one.kind == "choices":
            sent.setlist(one.path, [str(value) for value in one.value])
        elif one.kind != "flag":
            sent.add(one.path, str(one.value))
        elif one.value:
            sent.add(one.path, "yes")
    return sent


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.__name__)
@pytest.mark.clause("HRS-1", "LVE-1")
def test_an_untouched_form_means_the_defaults(model: type[BaseModel]) -> None:
    schema = travelled(drawn(model))
    sent = read(schema, untouched(fields_of(schema, {}, "zh", {})))
    assert model.model_validate_json(json.dumps(sent)) == model()


@pytest.mark.parametrize("model", SHIPPED, ids=lambda model: model.__name__)
@pytest.mark.parametrize("language", ["zh", "en"])
def test_every_parameter_has_a_name_in_the_language_of_the_page(model: type[BaseModel], language: str) -> None:
    schema = travelled(drawn(model))
    titles = [title for title, _ in told(schema, {}, language)]
    fields = [field.json_schema_extra["x-title"][language] for field in model.model_fields.values()]  # type: ignore[index,call-overload] # every setting has it
    assert titles == fields


def test_the_schema_of_a_companys_own_plugin_is_drawn_in_its_order() -> None:
    fields = fields_of(OWN, {}, "en", {})
    assert [(one.kind, one.path, one.title) for one in fields] == [
        ("choice", "mode", "mode"),
        ("number", "ratio", "ratio"),
        ("group", "gate", "Gate"),
        ("lines", "counts", "counts"),
        ("json", "anything", "anything"),
    ]
    assert read(OWN, untouched(fields)) == {
        "ratio": 0.5,
        "gate": {"open": False},
        "counts": [1, 2],
        "anything": {"kept": True},
    }


def test_what_cannot_be_read_stays_as_it_was_typed() -> None:
    sent = MultiDict([("ratio", "half"), ("mode", "c"), ("counts", "1\ntwo\n"), ("anything", "{")])
    assert read(OWN, sent) == {
        "ratio": "half",
        "mode": "c",
        "gate": {"open": False},
        "counts": [1, "two"],
        "anything": "{",
    }


def test_a_fault_stands_beside_its_field() -> None:
    errors = [{"field": "pattern_assignment.parameters.segments[1].hours", "detail": "no hours"}]
    schema = travelled(drawn(Week))
    segments = next(one for one in fields_of(schema, {}, "en", faults_of(errors)) if one.path == "segments")
    assert [[part.fault for part in row if part.path.endswith("hours")] for row in segments.rows][1] == ["no hours"]
