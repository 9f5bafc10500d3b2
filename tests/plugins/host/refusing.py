"""Models of parameters made up for a test, and what the host says of texts that they refuse."""

from typing import Any

import orjson
import pytest
from bylaw_hooks import Parameters, setting
from bylaw_plugin_host.outcomes import ParametersRefused
from bylaw_plugin_host.parameter_wording import ParameterFault, faults_of
from bylaw_plugin_host.schemas import in_order
from bylaw_plugin_host.violations import violations_of
from pydantic import BaseModel, ValidationError, create_model


def of(annotation: Any, **field: Any) -> type[Parameters]:
    """A model whose one field is called `x`; with neither title nor default unless they are given."""
    return create_model("Given", __base__=Parameters, x=(annotation, setting("某值", "Some value", **field)))


def refused(model: type[BaseModel], text: str) -> ParametersRefused:
    with pytest.raises(ValidationError) as error:
        model.model_validate_json(text)
    return ParametersRefused(violations_of(error.value), in_order(model.model_json_schema()))


def faults(model: type[BaseModel], given: Any) -> list[ParameterFault]:
    return faults_of(refused(model, orjson.dumps(given).decode()))


def one(model: type[BaseModel], given: Any) -> ParameterFault:
    (fault,) = faults(model, given)
    return fault
