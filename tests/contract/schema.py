# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Swagger 2.0 schemas as JSON schemas that refuse unknown keys at every level.

The official description lists what a document may hold, but does not say that it may hold nothing else; an Engine
ignores what it does not know. Here a misspelt key is an error.
"""

from __future__ import annotations

from typing import Any

Schema = dict[str, Any]


def closed(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """The schema, its references left in place, with additionalProperties: false wherever properties are listed."""
    if "allOf" in schema:
        schema = _merged(schema, definitions)
    if "$ref" in schema:
        reference = {"$ref": schema["$ref"]}
        return {"anyOf": [reference, {"type": "null"}]} if schema.get("x-nullable") else reference
    found = dict(schema)
    if "properties" in found:
        found["properties"] = {name: closed(one, definitions) for name, one in found["properties"].items()}
        found.setdefault("additionalProperties", False)
    for key in ("items", "additionalProperties"):
        if isinstance(found.get(key), dict):
            found[key] = closed(found[key], definitions)
    if found.get("x-nullable") and "type" in found:
        found["type"] = [found["type"], "null"]
        if "enum" in found:
            found["enum"] = [*found["enum"], None]
    return found


def _merged(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """One schema in place of allOf: closed parts would each refuse the keys of the others."""
    merged: Schema = {key: value for key, value in schema.items() if key != "allOf"}
    properties: Schema = dict(merged.get("properties", {}))
    required: list[str] = list(merged.get("required", []))
    for part in schema["allOf"]:
        part = resolved(part, definitions)
        if "allOf" in part:
            part = _merged(part, definitions)
        properties.update(part.get("properties", {}))
        required += part.get("required", [])
        merged = {**part, **merged}
    if properties:
        merged["properties"] = properties
    if required:
        merged["required"] = required
    return merged


def resolved(schema: Schema, definitions: dict[str, Schema]) -> Schema:
    """What a reference stands for."""
    while "$ref" in schema:
        schema = definitions[schema["$ref"].rpartition("/")[2]]
    return schema
