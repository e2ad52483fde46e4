# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""The official description of the Engine API, and what it has against a request."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple
from urllib.parse import parse_qsl, urlsplit

import yaml
from jsonschema import Draft4Validator

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import ApiVersion, Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.client import encode_query
from ansible_collections.longshore.docker.tests.contract.schema import closed, resolved

# What Engines understand and the text does not say.
UNDECLARED_QUERY = {
    ("/build", "buildid"),  # names a build for BuildKit, and the request that brings its context
    # The text that came with Engine 20.10 lacks these; the text of API 1.41 was completed later.
    ("/build", "version"),
    ("/images/create", "changes"),
}
UNDECLARED_HEADERS = {
    ("/distribution/{name}/json", "x-registry-auth"),
}
REPEATED_QUERY = {
    ("/build", "t"),  # declared as a string, but read as a list: further tags
}
# Values that belong to a list of the text, which some versions of it lack.
FURTHER_VALUES = {
    ("RestartPolicy", "Name"): "no",
}
# Headers of HTTP itself, which the description has no need to list.
HTTP_HEADERS = {
    "accept", "accept-encoding", "connection", "content-length", "content-type", "host", "transfer-encoding",
    "upgrade", "user-agent",
}  # fmt: skip
_TEXTS = {"integer": r"-?\d+", "boolean": "0|1|true|false"}


class Request(NamedTuple):
    """A request on its way. `path` has no version prefix; `body` is a JSON document, None for none or other bytes."""

    method: str
    path: str
    query: list[tuple[str, str]]
    headers: Mapping[str, str]
    body: Any


def of_call(call: Call) -> Request:
    """The request that a client makes of a call."""
    query = parse_qsl(encode_query(call.query).lstrip("?"), keep_blank_values=True, strict_parsing=bool(call.query))
    headers = {name: value for name, value in call.headers.items() if value is not None}
    return Request(call.method, call.path, query, headers, json.loads(json.dumps(call.body)))


def of_wire(method: str, target: str, headers: Mapping[str, str], body: bytes) -> Request:
    """A request as a server reads it; `target` is the path with its query."""
    url = urlsplit(target)
    is_json = headers.get("Content-Type", "").startswith("application/json") and body
    query = parse_qsl(url.query, keep_blank_values=True)
    path = re.sub(r"^/v\d+\.\d+/", "/", url.path)
    return Request(method, path, query, headers, json.loads(body) if is_json else None)


@dataclass
class Operation:
    template: str
    parameters: dict[tuple[str, str], dict[str, Any]] = field(default_factory=dict)

    def of(self, place: str) -> dict[str, dict[str, Any]]:
        return {name: one for (where, name), one in self.parameters.items() if where == place}


class Description:
    """One file of it. `version` is the API's."""

    def __init__(self, path: Path) -> None:
        document = yaml.load(path.read_text(), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506
        major, minor = str(document["info"]["version"]).split(".")
        self.version: ApiVersion = (int(major), int(minor))
        self._raw: dict[str, Any] = document["definitions"]
        for (name, key), value in FURTHER_VALUES.items():
            for part in self._raw[name].get("allOf", [self._raw[name]]):
                if key in part.get("properties", {}):
                    part["properties"][key]["enum"].append(value)
        self._definitions = {name: closed(one, self._raw) for name, one in self._raw.items()}
        self._operations: list[tuple[str, re.Pattern[str], Operation]] = []
        # Fixed paths come before patterns: /images/json is no image.
        for template, item in sorted(document["paths"].items(), key=lambda pair: (pair[0].count("{"), pair[0])):
            shared = item.get("parameters", [])
            for method in set(item) - {"parameters"}:
                given = {(one["in"], one["name"]): one for one in shared + item[method].get("parameters", [])}
                self._operations.append((method.upper(), _pattern(template), Operation(template, given)))

    def operation(self, method: str, path: str) -> Operation | None:
        for known, pattern, operation in self._operations:
            if known == method and pattern.fullmatch(path):
                return operation
        return None

    def problems(self, request: Request) -> list[str]:
        """What is wrong with it; nothing is."""
        operation = self.operation(request.method, request.path)
        if operation is None:
            return ["no operation %s %s" % (request.method, request.path)]
        return [*_query(operation, request), *_headers(operation, request), *self._body(operation, request)]

    def _body(self, operation: Operation, request: Request) -> Iterator[str]:
        declared = list(operation.of("body").values())
        if not declared:
            if request.body is not None:
                yield "a body, but none is declared"
            return
        schema = declared[0]["schema"]
        if resolved(schema, self._raw).get("type") == "string":
            if request.body is not None:
                yield "a document for a body, but bytes are declared"
        elif request.body is not None:
            found = {**closed(schema, self._raw), "definitions": self._definitions}
            for error in Draft4Validator(found).iter_errors(request.body):
                yield "body%s: %s" % ("".join("[%r]" % step for step in error.absolute_path), error.message)
        elif declared[0].get("required"):
            yield "no body, but one is required"


def _pattern(template: str) -> re.Pattern[str]:
    """Names of images have slashes; all else is percent-encoded."""
    name = ".+" if template.startswith(("/images/", "/distribution/")) else "[^/]+"
    return re.compile(re.sub(r"\\{\w+\\}", name, re.escape(template)))


def _query(operation: Operation, request: Request) -> Iterator[str]:
    declared = operation.of("query")
    given: dict[str, list[str]] = {}
    for name, text in request.query:
        given.setdefault(name, []).append(text)
    for name, texts in given.items():
        if name in declared:
            yield from _values(operation, declared[name], texts)
        elif (operation.template, name) not in UNDECLARED_QUERY:
            yield "query %s is not declared" % name
    for name, one in declared.items():
        if one.get("required") and name not in given:
            yield "query %s is required" % name


def _values(operation: Operation, parameter: dict[str, Any], texts: list[str]) -> Iterator[str]:
    name, one = parameter["name"], parameter
    if one["type"] == "array":
        one = one["items"]
    elif len(texts) > 1 and (operation.template, name) not in REPEATED_QUERY:
        yield "query %s is given %d times" % (name, len(texts))
    for text in texts:
        if not re.fullmatch(_TEXTS.get(one["type"], "(?s:.*)"), text):
            yield "query %s: %r is no %s" % (name, text, one["type"])
        if "enum" in one and text not in one["enum"]:
            yield "query %s: %r is none of %s" % (name, text, one["enum"])
        if name == "filters" and not _is_filters(text):
            yield "query filters: %s does not map names to lists of texts" % text


def _is_filters(text: str) -> bool:
    try:
        document = json.loads(text)
    except ValueError:
        return False
    return isinstance(document, dict) and all(
        isinstance(values, list) and all(isinstance(value, str) for value in values) for values in document.values()
    )


def _headers(operation: Operation, request: Request) -> Iterator[str]:
    declared = {name.lower(): one for name, one in operation.of("header").items()}
    given = {name.lower() for name in request.headers}
    for name in sorted(given - set(declared) - HTTP_HEADERS):
        if (operation.template, name) not in UNDECLARED_HEADERS:
            yield "header %s is not declared" % name
    for name, one in declared.items():
        if one.get("required") and name not in given | HTTP_HEADERS:
            yield "header %s is required" % name
