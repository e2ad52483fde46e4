# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What docs/awx.md says to paste into AWX works: ansible-runner runs it as AWX does, in a private data directory."""

from __future__ import annotations

import json
import os
import re
import ssl
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import jinja2
import pytest
import yaml

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import containers
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.tests.integration.engine.servers import (
    Forwarder,
    make_certificates,
)

ROOT = Path(__file__).resolve().parents[3]
PAGE = (ROOT / "docs" / "awx.md").read_text()
BLOCKS = [yaml.safe_load(block) for block in re.findall(r"^```yaml\n(.*?)^```$", PAGE, re.DOTALL | re.MULTILINE)]
_DEFINITION, TLS_FIELDS, TLS_INJECTORS, (PLAY,), REGISTRY_FIELDS, REGISTRY_INJECTORS, (LOGIN,) = BLOCKS
CREDENTIAL_TYPES = [(TLS_FIELDS, TLS_INJECTORS), (REGISTRY_FIELDS, REGISTRY_INJECTORS)]


def names_in(value: Any) -> set[str]:
    """The variables that templates use."""
    return set(re.findall(r"{{ *([a-z_.]+) *}}", json.dumps(value)))


@pytest.mark.parametrize(("fields", "injectors"), CREDENTIAL_TYPES, ids=["tls", "registry"])
def test_injectors_use_the_fields_there_are(fields: Any, injectors: Any) -> None:
    files = {"tower.filename." + name.partition(".")[2] for name in injectors.get("file", {})}
    assert names_in(injectors) == {one["id"] for one in fields["fields"]} | files
    assert set(fields["required"]) <= {one["id"] for one in fields["fields"]}


def test_playbooks_use_the_variables_that_are_injected() -> None:
    assert names_in(PLAY) == set(TLS_INJECTORS["extra_vars"])
    assert names_in(LOGIN) == set(REGISTRY_INJECTORS["extra_vars"])


def test_the_builder_accepts_what_the_collection_needs(tmp_path: Path) -> None:
    place = tmp_path / "ansible_collections" / "longshore"
    place.mkdir(parents=True)
    (place / "docker").symlink_to(ROOT)
    program = Path(sys.executable).with_name("ansible-builder")
    done = subprocess.run([program, "introspect", tmp_path], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert yaml.safe_load(done.stdout)["python"] == ["requests  # from collection longshore.docker"]


@pytest.fixture
def tls_port(tmp_path: Path, engine_socket: str) -> Iterator[int]:
    """A port in front of the tests' Engine that asks for certificates (make_certificates)."""
    make_certificates(tmp_path)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_verify_locations(tmp_path / "ca.pem")
    context.verify_mode = ssl.CERT_REQUIRED
    context.load_cert_chain(tmp_path / "server-cert.pem", tmp_path / "server-key.pem")
    forwarder = Forwarder(engine_socket, context)
    yield forwarder.port
    forwarder.close()


def rendered(injectors: Any, inputs: dict[str, str], folder: Path) -> dict[str, Any]:
    """The extra variables that AWX makes of inputs; it writes the files that they name."""
    names: dict[str, str] = {}
    for name, template in injectors.get("file", {}).items():
        path = folder / name
        path.write_text(jinja2.Template(template).render(inputs))
        names[name.partition(".")[2]] = str(path)
    known = {**inputs, "tower": {"filename": names}}
    return {name: jinja2.Template(template).render(known) for name, template in injectors["extra_vars"].items()}


def run_job(folder: Path, play: Any, extra_vars: dict[str, Any], *words: str) -> tuple[list[dict[str, Any]], str]:
    """Run a play as AWX runs a job: by ansible-runner, in a private data directory with project, inventory and env.
    Returns its events, and all that it printed."""
    files = {
        "project/site.yml": json.dumps([play]),
        "inventory/hosts": "localhost ansible_connection=local ansible_python_interpreter=%s\n" % sys.executable,
        "env/extravars": json.dumps(extra_vars),
        "env/envvars": json.dumps({"ANSIBLE_COLLECTIONS_PATH": str(ROOT / ".work" / "collections")}),
        "env/cmdline": " ".join(words),
    }
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    programs = Path(sys.executable).parent
    command = [str(programs / "ansible-runner"), "run", str(folder), "--playbook", "site.yml", "--json"]
    environment = {**os.environ, "PATH": "%s:%s" % (programs, os.environ["PATH"])}
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return [json.loads(line) for line in done.stdout.splitlines()], done.stdout


def test_a_job_with_the_credential(tmp_path: Path, tls_port: int, engine_socket: str, busybox_image: str) -> None:
    names = {"ca": "ca.pem", "cert": "cert.pem", "key": "key.pem"}
    inputs = {name: (tmp_path / file).read_text() for name, file in names.items()}
    inputs["docker_host"] = "https://127.0.0.1:%d" % tls_port
    credential = tmp_path / "credential"
    credential.mkdir()
    variables = rendered(TLS_INJECTORS, inputs, credential)
    play = json.loads(json.dumps(PLAY).replace("longshore/busybox:1", busybox_image).replace('"web"', '"ls-awx"'))
    try:
        for number, (words, changed) in enumerate(
            [(("--check", "--diff"), True), (("--diff",), True), (("--check", "--diff"), False)]
        ):
            events, output = run_job(tmp_path / ("job-%d" % number), play, variables, *words)
            (event,) = (one for one in events if one["event"] == "runner_on_ok")
            assert event["event_data"]["res"]["changed"] is changed
            assert inputs["key"].splitlines()[1] not in output
    finally:
        with open_engine({"docker_host": "unix://" + engine_socket}, {}) as engine:
            if engine.inspect(containers.inspect("ls-awx")):
                engine.send(containers.remove("ls-awx", force=True))
