"""Compiles the contract of these tests once and hands out its modules."""

import importlib
import sys
import tempfile
from functools import cache
from pathlib import Path
from types import ModuleType

import grpc_tools
from google.api import annotations_pb2
from grpc_tools import protoc

_HERE = Path(__file__).parent
_ROOT = _HERE.parents[2]
NAMES = ("kinds", "desk")


@cache
def compiled_folder() -> Path:
    """A folder with the generated modules and `contract.binpb`, the descriptors with their comments."""
    folder = Path(tempfile.mkdtemp(prefix="gatewaytest-"))
    includes = [
        _HERE,
        _ROOT / "protos",
        Path(annotations_pb2.__file__).parents[2],
        Path(grpc_tools.__file__).parent / "_proto",
    ]
    arguments = [
        "protoc",
        *(f"--proto_path={place}" for place in includes),
        f"--python_out={folder}",
        f"--grpc_python_out={folder}",
        f"--descriptor_set_out={folder / 'contract.binpb'}",
        "--include_source_info",
        "--include_imports",
        *(f"gatewaytest/v1/{name}.proto" for name in NAMES),
    ]
    assert protoc.main(arguments) == 0
    sys.path.insert(0, str(folder))
    importlib.invalidate_caches()
    return folder


@cache
def module(name: str) -> ModuleType:
    """A generated module, such as `kinds_pb2`."""
    compiled_folder()
    return importlib.import_module(f"gatewaytest.v1.{name}")


def descriptors() -> Path:
    """The descriptor set with comments."""
    return compiled_folder() / "contract.binpb"
