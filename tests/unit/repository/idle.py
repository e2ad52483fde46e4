# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""As a program: runs a task that changes nothing, against answers that are written down here, and prints what of the
collection it has imported by then, and how many requests it took.
"""

from __future__ import annotations

import base64
import io
import json
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

# A file for each module: `options`, and `documents` that the Engine has, by the paths of their requests (without the
# version), `bytes` in base64, or `headers`, by the paths of requests that have no other answer. A task that acts each
# time has `check`: it is run in check mode, and changes something all the same. `uses` names what of the client such a
# task cannot do without, though most can: credentials, say.
FOLDER = Path(__file__).parent / "idle_tasks"


class Answer(NamedTuple):
    data: bytes
    status: int = 200
    headers: dict[str, str] = {"Api-Version": "1.41"}
    rest: io.BytesIO = io.BytesIO()

    def read(self, size: int, **_how: Any) -> bytes:
        return self.rest.read(size)

    def stream(self, _size: int, **_how: Any) -> Iterator[bytes]:
        return iter([self.data])

    def close(self) -> None:
        pass


class Answers:
    """In place of the client's transport."""

    def __init__(self, known: dict[str, Any]) -> None:
        self.documents = {path: json.dumps(document).encode() for path, document in known.get("documents", {}).items()}
        self.bytes = {path: base64.b64decode(content) for path, content in known.get("bytes", {}).items()}
        self.headers = known.get("headers", {})

    def request(self, _method: str, path: str, *_rest: Any) -> Answer:
        path = path.removeprefix("/v1.41")
        if path in self.bytes:
            return Answer(b"", rest=io.BytesIO(self.bytes[path]))
        if path in self.headers:
            return Answer(b"", headers=self.headers[path])
        return Answer(self.documents[path]) if path in self.documents else Answer(b"{}", 404)

    def close(self) -> None:
        pass


def main(name: str) -> None:
    with tempfile.TemporaryDirectory() as files:
        known = json.loads((FOLDER / (name + ".json")).read_text().replace("@FILES@", files))
        for file, content in known.get("files", {}).items():
            Path(files, file).write_bytes(base64.b64decode(content))
            Path(files, file).chmod(0o600)
        run(name, known)


def run(name: str, known: dict[str, Any]) -> None:
    from importlib import import_module

    collection = "ansible_collections.longshore.docker.plugins."
    task = import_module(collection + "modules." + name).TASK
    # As the target host does it, AnsibleModule's part aside.
    import_module(collection + "module_utils.engine.session")
    engine = import_module(collection + "module_utils.engine.open").open_engine({}, {})
    engine._transport = Answers(known)
    validated = {key: row.get("default") for key, row in task.argument_spec.items()}
    validated.update(known["options"])
    run_task = import_module(collection + "module_utils.task.result").run_task
    result = run_task(task, validated, lambda: engine, known.get("check", False), True)
    found = {name: module.__file__ for name, module in sys.modules.items() if name.startswith("ansible_collections.")}
    acts = known.get("check", False)
    sys.stdout.write(
        json.dumps(
            {
                "result": result,
                "acts": acts,
                "uses": known.get("uses", []),
                "requests": engine.calls,
                "files": {n: f for n, f in found.items() if f},
            }
        )
    )


if __name__ == "__main__":
    main(*sys.argv[1:])
