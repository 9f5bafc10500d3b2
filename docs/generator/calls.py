"""The page of calls: what each does, who may make it, its REST form, its request and its answer."""

from collections.abc import Iterator

from bylaw_gateway.contract import Binding
from google.protobuf.descriptor import Descriptor, FieldDescriptor, MethodDescriptor, ServiceDescriptor

from .contract import call_name, comments, enums, forms, may, messages, packages, path_of, services, short
from .fields import WELL_KNOWN, field_table, heading, value_table
from .markdown import bullets, code, link, page, table

INTRODUCTION = """\
Every call of every service, as the contract in [protos](../../protos/bylaw) states it. Over REST a field is written in
`lowerCamelCase` (`employeeNumber`); the gateway also takes the contract's own `employee_number`. Over gRPC the names
are those below. Any call may also refuse with the reasons that belong to no call alone: see
[refusals](refusals.md#of-every-service)."""


def calls_page() -> str:
    """The whole page."""
    return page("Calls", INTRODUCTION, _contents(), *_parts())


def _contents() -> str:
    rows = (
        (link(call_name(method), call_name(method)), code(_first_form(method)), may(method))
        for service in services()
        for method in service.methods
    )
    return table(["Call", "REST", "Who may"], rows)


def _first_form(method: MethodDescriptor) -> str:
    known = forms(method)
    return path_of(method, known[0]) if known else "gRPC only"


def _parts() -> Iterator[str]:
    for service in services():
        yield from _service(service)
    for package in [*packages(), "bylaw.types.v1"]:
        yield f"## Messages of {short(package)}"
        for message in messages(package):
            yield from (f"### {heading(message)}", comments().get(message.full_name, ""), field_table(message))
        for enum in enums(package):
            yield from (f"### {heading(enum)}", comments().get(enum.full_name, ""), value_table(enum))


def _service(service: ServiceDescriptor) -> Iterator[str]:
    yield f"## {short(service.file.package)}.{service.name}"
    yield comments().get(service.full_name, "")
    for method in service.methods:
        yield from _call(method)


def _call(method: MethodDescriptor) -> Iterator[str]:
    yield f"### {call_name(method)}"
    yield comments().get(method.full_name, "")
    reached = [f"REST: {code(path_of(method, form))}" for form in forms(method)]
    yield bullets(
        [*(reached or ["gRPC only; not reachable over REST"]), f"Who may: {may(method)}", f"Answers: {_answer(method)}"]
    )
    known = forms(method)
    yield field_table(method.input_type, _place(known[0]) if known else None) or "The request is empty."
    if _is_own(method.output_type):
        yield "Answer:"
        yield field_table(method.output_type) or "The answer is empty."


def _is_own(message: Descriptor) -> bool:
    return bool(message.name.endswith("Response"))


def _answer(method: MethodDescriptor) -> str:
    kind = method.output_type
    name = code(kind.name) if _is_own(kind) else WELL_KNOWN.get(kind.full_name) or link(kind.name, heading(kind))
    return f"a stream of {name} (server-sent events over REST)" if method.server_streaming else name


class _place:  # noqa: N801 - reads as a function
    """Where each field of a form's request goes."""

    def __init__(self, form: Binding) -> None:
        self._body = form.body
        self._upload = form.upload_field
        self._path = {variable.field_path[0] for variable in form.template.variables if len(variable.field_path) == 1}

    def __call__(self, field: FieldDescriptor) -> str:
        if field.name in self._path:
            return "path"
        if field.name == "request_id":
            return "`Idempotency-Key`"
        if field.name == self._body:
            return "raw body" if field.name == self._upload else "JSON body"
        return "in the JSON body" if self._body == "*" else "query"
