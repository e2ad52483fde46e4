# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""An Engine and a registry in a dictionary: what the tasks about images ask them, and what they do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import ApiError, NotFound
from ansible_collections.longshore.docker.plugins.module_utils.state.resource import Resource
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converge
from ansible_collections.longshore.docker.plugins.module_utils.task.task import Result


def digest(mark: str) -> str:
    return "sha256:" + mark * 64


class Engine:
    """`images` are documents by name, `registry` what a registry answers, a document or an error, by name. A pull puts
    the image of `arrives` under the name; an archive that is loaded holds `loads`, by name."""

    timeout = 60.0

    def __init__(self, api_version: tuple[int, int] = (1, 41)) -> None:
        self.api_version, self.read_only = api_version, False
        self.images: dict[str, dict[str, Any]] = {}
        self.registry: dict[str, Any] = {}
        self.arrives: dict[str, Any] = {}
        self.loads: dict[str, dict[str, Any]] = {}
        self.sent: list[Call] = []
        self.notices: list[str] = []
        self.vanished = False

    def inspect(self, call: Call) -> dict[str, Any] | None:
        self.sent.append(call)
        name = call.path[len("/images/") : -len("/json")]
        found = self.images.get(name)
        if found is not None and call.query.get("platform") and not found.get("fits", True):
            return None
        return found

    def send(self, call: Call, timeout: float | None = None) -> Any:
        self.sent.append(call)
        if call.method == "DELETE" and self.vanished:
            raise NotFound("DELETE", call.path, 404, "No such image")
        if not call.path.startswith("/distribution/"):
            return None
        answer = self.registry.get(call.path[len("/distribution/") : -len("/json")])
        if isinstance(answer, Exception):
            raise answer
        if answer is None:
            raise NotFound("GET", call.path, 404, "manifest unknown")
        return answer

    def head(self, call: Call) -> dict[str, str]:
        self.sent.append(call)
        return {"Builder-Version": "1", "Ostype": "linux"}

    def stream(self, call: Call) -> Iterator[dict[str, Any]]:
        self.sent.append(call)
        yield {"status": "begun"}
        if call.path == "/images/create":
            self.images["%s:%s" % (call.query["fromImage"], call.query["tag"])] = self.arrives
        else:
            yield {"aux": {"Digest": digest("f")}}

    def upload_stream(self, call: Call, body: Iterator[bytes]) -> Iterator[dict[str, Any]]:
        self.sent.append(call)
        assert b"".join(body)
        self.images.update(self.loads)
        yield from ({"stream": "Loaded image: %s\n" % name} for name in self.loads)

    def report(self, _doing: str, _record: Mapping[str, Any]) -> None:
        pass

    def wrote(self) -> list[str]:
        return ["%s %s" % (call.method, call.path) for call in self.sent if call.method != "GET"]


def run(resource: Resource, engine: Engine, check_mode: bool = False, **options: Any) -> Result:
    given = {name: row.get("default") for name, row in resource.argument_spec.items()}
    given.update(options)
    resource.check(given)
    engine.read_only = check_mode
    return converge(resource, engine, given, check_mode)  # type: ignore[arg-type]


def document(mark: str, *digests: str, **more: Any) -> dict[str, Any]:
    """An image whose ID is of this digit, known to registries by these digests."""
    repo_digests = ["registry.test/app@" + digest(one) for one in digests]
    return {"Id": digest(mark), "RepoDigests": repo_digests, "Os": "linux", "Architecture": "amd64", **more}


def offers(mark: str, *platforms: str) -> dict[str, Any]:
    named = [dict(zip(("os", "architecture", "variant"), one.split("/"), strict=False)) for one in platforms]
    return {"Descriptor": {"digest": digest(mark)}, "Platforms": named}


def refuses(status: int) -> ApiError:
    return ApiError("GET", "/distribution/registry.test/app:1/json", status, "no")
