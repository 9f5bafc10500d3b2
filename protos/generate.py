"""Generates messages, stubs of types and the contract with its comments: `python protos/generate.py [FOLDER]`."""

import sys
from pathlib import Path

from grpc_tools import protoc

PROTOS = Path(__file__).parent
GOOGLE = Path(protoc.__file__).parent / "_proto"


def annotations_folder() -> Path:
    """Where googleapis-common-protos keeps `google/api/*.proto`."""
    import google.api.annotations_pb2 as annotations  # noqa: PLC0415

    return Path(annotations.__file__).parents[2]


def sources() -> list[str]:
    """Every proto of ours, in a stable order, relative to this folder."""
    return sorted(str(path.relative_to(PROTOS)) for path in (PROTOS / "bylaw").rglob("*.proto"))


def generate(target: Path) -> None:
    """Writes all generated files below `target`; raises SystemExit with the compiler's code when it refuses."""
    target.mkdir(parents=True, exist_ok=True)
    (target / "bylaw").mkdir(exist_ok=True)
    arguments = [
        "protoc",
        f"--proto_path={PROTOS}",
        f"--proto_path={annotations_folder()}",
        f"--proto_path={GOOGLE}",
        f"--python_out={target}",
        f"--grpc_python_out={target}",
        f"--mypy_out=quiet:{target}",
        f"--mypy_grpc_out=quiet:{target}",
        f"--descriptor_set_out={target / 'bylaw' / 'contract.binpb'}",
        "--include_source_info",
        "--include_imports",
        *sources(),
    ]
    code = protoc.main(arguments)
    if code:
        sys.exit(code)


if __name__ == "__main__":
    generate(Path(sys.argv[1]) if len(sys.argv) > 1 else PROTOS / "generated")
