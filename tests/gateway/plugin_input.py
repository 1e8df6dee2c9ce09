"""The input document that opa-envoy-plugin makes of a CheckRequest of Envoy's API v3.

Its names are those of protobuf's JSON, what is zero is absent, and messages stay messages: a time is an object of seconds and
nanos. Only members of a `Struct` are as JSON has them.
"""

import json
from base64 import b64encode
from collections.abc import Mapping
from typing import Final
from urllib.parse import parse_qs

from envoy.service.auth.v3.external_auth_pb2 import CheckRequest
from google.protobuf.descriptor import FieldDescriptor
from google.protobuf.json_format import MessageToDict
from google.protobuf.message import Message
from google.protobuf.struct_pb2 import Struct

from tests.gateway.go_urls import parsed

_VERSION: Final = {"ext_authz": "v3", "encoding": "protojson"}


def plugin_input(request: CheckRequest) -> dict[str, object]:
    """Return the document; raise `ValueError` where the plugin has an error, which denies."""
    http = request.attributes.request.http
    path, query = parsed(http.path)
    body, truncated = _parsed_body(http.headers, http.body or http.raw_body.decode("utf-8", "replace"))
    attributes = _mapped(request.attributes)
    made: dict[str, object] = {
        "attributes": attributes,
        "parsed_path": path,
        "parsed_query": query,
        "parsed_body": body,
        "truncated_body": truncated,
        "version": _VERSION,
    }
    if principal := request.attributes.source.principal:
        made["source_principal"] = principal
    return made


def _mapped(message: Message) -> object:
    if isinstance(message, Struct):
        return MessageToDict(message)
    return {field.json_name: _member(field, value) for field, value in message.ListFields()}


def _member(field: FieldDescriptor, value: object) -> object:
    if isinstance(value, Mapping):
        return {key: _value(value[key]) for key in value}
    return [_value(each) for each in value] if field.is_repeated else _value(value)  # type: ignore[attr-defined]


def _value(value: object) -> object:
    if isinstance(value, bytes):
        return b64encode(value).decode()
    return _mapped(value) if isinstance(value, Message) else value


def _parsed_body(headers: Mapping[str, str], body: str) -> tuple[object, bool]:
    """Return the body that the plugin reads, and whether it is cut off."""
    kind = headers.get("content-type", "")
    if not body or not ("application/json" in kind or "application/x-www-form-urlencoded" in kind):
        return None, False
    if int(headers.get("content-length", "-1")) > len(body.encode()):
        return None, True
    return (json.loads(body) if "application/json" in kind else parse_qs(body)), False
