"""Limits of bodies, compressed bodies, uploads and downloads."""

import gzip
import io
from typing import Any

import pytest
from flask.testing import FlaskClient

JSON_LIMIT_BYTES = 1024 * 1024


def mirror(client: FlaskClient, body: bytes, **headers: str) -> Any:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return client.post("/v1/mirror", data=body, content_type="application/json", headers=named)


def json_of(size_bytes: int) -> bytes:
    frame = b'{"someText":""}'
    return frame[:-2] + b"a" * (size_bytes - len(frame)) + frame[-2:]


def test_a_body_at_the_limit_is_taken_and_one_byte_more_is_not(client: FlaskClient) -> None:
    assert mirror(client, json_of(JSON_LIMIT_BYTES)).status_code == 200
    answer = mirror(client, json_of(JSON_LIMIT_BYTES + 1))
    assert (answer.status_code, answer.json["reason"]) == (413, "BODY_TOO_LARGE")
    assert answer.json["variables"]["limit_bytes"] == str(JSON_LIMIT_BYTES)


class NeverRead(io.RawIOBase):
    """A body that nobody may touch."""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:  # noqa: ARG002
        raise AssertionError("the body was read")


def test_a_body_of_two_hundred_megabytes_is_refused_without_reading_it(client: FlaskClient) -> None:
    for path, kind in (("/v1/mirror", "application/json"), ("/v1/people/7/files", "text/csv")):
        sent = {"wsgi.input": NeverRead(), "CONTENT_LENGTH": "200000000"}
        assert client.post(path, content_type=kind, environ_overrides=sent).status_code == 413


def test_a_body_without_a_length_is_cut_off_at_the_limit(client: FlaskClient) -> None:
    def in_chunks(size_bytes: int) -> int:
        sent = {"wsgi.input": io.BytesIO(json_of(size_bytes)), "wsgi.input_terminated": True, "CONTENT_LENGTH": ""}
        told = {"HTTP_TRANSFER_ENCODING": "chunked"}
        return client.post("/v1/mirror", content_type="application/json", environ_overrides=sent | told).status_code

    assert (in_chunks(JSON_LIMIT_BYTES), in_chunks(JSON_LIMIT_BYTES + 1)) == (200, 413)


def test_a_body_that_ends_too_soon_is_refused(client: FlaskClient) -> None:
    sent = {"wsgi.input": io.BytesIO(b'{"some'), "CONTENT_LENGTH": "500"}
    answer = client.post("/v1/mirror", content_type="application/json", environ_overrides=sent)
    assert (answer.status_code, answer.json["reason"]) == (400, "BODY_TRUNCATED")


def test_a_compressed_body_is_unpacked(client: FlaskClient) -> None:
    answer = mirror(client, gzip.compress('{"someText": "压"}'.encode()), content_encoding="gzip")
    assert answer.json["someText"] == "压"


def test_a_bomb_is_refused_at_the_unpacked_limit(client: FlaskClient) -> None:
    answer = mirror(client, gzip.compress(json_of(30_000_000)), content_encoding="gzip")
    assert (answer.status_code, answer.json["reason"]) == (413, "BODY_TOO_LARGE")


@pytest.mark.parametrize("body", [b"{}", gzip.compress(b"{}")[:-4], gzip.compress(b"{}") + b"more", b""])
def test_a_body_that_only_claims_to_be_compressed_is_refused(client: FlaskClient, body: bytes) -> None:
    assert mirror(client, body or b"\0", content_encoding="gzip").json["reason"] == "BODY_TRUNCATED"


@pytest.mark.parametrize("encoding", ["br", "deflate", "gzip, gzip"])
def test_another_compression_is_refused_with_the_one_we_take(client: FlaskClient, encoding: str) -> None:
    answer = mirror(client, b"{}", content_encoding=encoding)
    assert (answer.status_code, answer.headers["Accept-Encoding"]) == (415, "gzip")


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "application/x-www-form-urlencoded", "application/json; charset=gbk"]
)
def test_a_body_that_does_not_say_it_is_json_is_refused(client: FlaskClient, kind: str) -> None:
    answer = client.post("/v1/mirror", data=b"{}", content_type=kind)
    assert (answer.status_code, answer.json["reason"]) == (415, "CONTENT_TYPE_UNSUPPORTED")


@pytest.mark.parametrize("kind", ["application/json", 'application/json; charset="UTF-8"', "Application/JSON"])
def test_json_may_be_named_in_any_usual_way(client: FlaskClient, kind: str) -> None:
    assert client.post("/v1/mirror", data=b"{}", content_type=kind).status_code == 200


def test_text_in_another_encoding_is_refused(client: FlaskClient) -> None:
    assert mirror(client, '{"someText": "章程"}'.encode("gbk")).json["reason"] == "JSON_MALFORMED"


def test_an_upload_takes_the_raw_bytes_its_type_and_the_query(client: FlaskClient) -> None:
    answer = client.post(
        "/v1/people/7/files?fileName=attlog.dat", data=b"\xff\x00" * 700_000, content_type="text/plain; charset=gbk"
    )
    assert answer.json == {
        "parent": "people/7",
        "fileName": "attlog.dat",
        "contentType": "text/plain; charset=gbk",
        "sizeBytes": "1400000",
    }


def test_an_upload_as_a_form_is_refused_with_what_to_do(client: FlaskClient) -> None:
    answer = client.post("/v1/people/7/files", data={"file": (io.BytesIO(b"a"), "a.csv")})
    assert (answer.status_code, answer.json["detail"]) == (415, "The body must be the file itself, not a form.")


def download(client: FlaskClient, **query: str) -> Any:
    return client.get("/v1/files/a", query_string=query)


def test_a_download_is_the_raw_bytes_to_be_saved(client: FlaskClient) -> None:
    answer = download(client, contentType="text/csv; charset=utf-8", fileName="sheet.csv")
    assert answer.data == b"\x00\xffraw"
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.headers["Content-Disposition"] == 'attachment; filename="sheet.csv"'
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("kind", ["text/html", "image/svg+xml", "text/html; charset=utf-8", "x\r\nSet-Cookie: a=b", ""])
def test_a_download_that_a_browser_might_run_is_mere_bytes(client: FlaskClient, kind: str) -> None:
    answer = download(client, contentType=kind)
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"] == "attachment"


@pytest.mark.parametrize(
    ("name", "disposition"),
    [
        ("../../etc/passwd", 'attachment; filename="passwd"'),
        ("C:\\a\\b.csv", 'attachment; filename="b.csv"'),
        ('a";x="b.csv', 'attachment; filename="ax=b.csv"'),
        ("...", "attachment"),
        (
            "三月 考勤.csv",
            "attachment; filename=\"__ __.csv\"; filename*=UTF-8''%E4%B8%89%E6%9C%88%20%E8%80%83%E5%8B%A4.csv",
        ),
    ],
)
def test_a_file_name_keeps_only_what_is_harmless(client: FlaskClient, name: str, disposition: str) -> None:
    assert download(client, fileName=name).headers["Content-Disposition"] == disposition
