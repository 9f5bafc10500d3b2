"""Which calls only read, as the contract has them."""

from bylaw_chassis.serving import Service
from google.api.annotations_pb2 import http
from google.protobuf import descriptor_pool
from google.protobuf.descriptor import MethodDescriptor


def calls_that_read(*services: Service) -> set[str]:
    """Every call of some services that reads, by full name of its request: none is missing from the script."""
    calls = (call_of(path) for service in services for path in service.server.methods)
    return {call.input_type.full_name for call in calls if call.GetOptions().Extensions[http].get}


def call_of(path: str) -> MethodDescriptor:
    """A call as the contract has it."""
    owner, _, name = path.strip("/").partition("/")
    return descriptor_pool.Default().FindServiceByName(owner).methods_by_name[name]
