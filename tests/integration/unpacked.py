"""Answers as plain things, workbooks as the texts of their parts: packed, an id cannot be told from another."""

import io
import zipfile
from typing import Any

from bylaw_chassis.workbook_page import CONTENT_TYPE
from google.api.httpbody_pb2 import HttpBody
from google.protobuf import json_format
from google.protobuf.message import Message


def unpacked(answer: Message) -> dict[str, Any]:
    """An answer by its fields; a workbook also by its parts."""
    said = json_format.MessageToDict(answer, preserving_proto_field_name=True)
    if isinstance(answer, HttpBody) and answer.content_type == CONTENT_TYPE:
        with zipfile.ZipFile(io.BytesIO(answer.data)) as book:
            said["data"] = {part.filename: book.read(part).decode() for part in book.infolist()}
    return said
