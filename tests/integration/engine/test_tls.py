# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS, against an Engine with --tlsverify."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call
from ansible_collections.longshore.docker.plugins.module_utils.engine.errors import (
    ApiError,
    ConnectionFailed,
    EndpointInvalid,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.open import open_engine
from ansible_collections.longshore.docker.plugins.module_utils.task.result import run_task
from ansible_collections.longshore.docker.plugins.modules.exec import TASK as EXEC
from ansible_collections.longshore.docker.tests.integration.engine.servers import Containers, Forwarder, TlsEngine

INFO = Call("GET", "/info")


class TestTls:
    """Against an Engine with --tlsverify."""

    def test_mutual(self, tls_engine: TlsEngine) -> None:
        with open_engine(tls_engine.options, {}) as opened:
            assert opened.get(INFO)["ServerVersion"]
            assert str(opened.endpoint) == "https://127.0.0.1:%d" % tls_engine.port

    def test_other_name(self, tls_engine: TlsEngine) -> None:
        with open_engine(dict(tls_engine.options, tls_hostname="engine.test"), {}) as opened:
            assert opened.get(INFO)
        with open_engine(dict(tls_engine.options, tls_hostname="other.test"), {}) as opened:
            with pytest.raises(ConnectionFailed, match=r"not accepted: Hostname mismatch.*tls_hostname"):
                opened.get(INFO)

    def test_other_authority(self, tls_engine: TlsEngine) -> None:
        options = dict(tls_engine.options, ca_path=str(tls_engine.folder / "other-ca.pem"))
        with open_engine(options, {}) as opened, pytest.raises(ConnectionFailed, match="is not accepted: .*ca_path"):
            opened.get(INFO)
        with open_engine(dict(options, validate_certs=False, tls=True), {}) as opened:
            assert opened.get(INFO)

    def test_system_authorities_do_not_know_it(self, tls_engine: TlsEngine) -> None:
        options = dict(tls_engine.options, ca_path=None, validate_certs=True)
        with open_engine(options, {}) as opened, pytest.raises(ConnectionFailed, match="is not accepted"):
            opened.get(INFO)

    def test_no_client_certificate(self, tls_engine: TlsEngine) -> None:
        options = {"docker_host": tls_engine.options["docker_host"], "ca_path": tls_engine.options["ca_path"]}
        with open_engine(options, {}) as opened:
            with pytest.raises(ConnectionFailed, match="client_cert and client_key"):
                opened.get(INFO)

    def test_plain_http_to_the_tls_port(self, tls_engine: TlsEngine) -> None:
        with open_engine({"docker_host": tls_engine.options["docker_host"]}, {}) as opened:
            with pytest.raises(ApiError, match="speaks TLS on this port, so set tls"):
                opened.get(INFO)

    def test_tls_to_a_plain_port(self, forwarder: Forwarder) -> None:
        with open_engine({"docker_host": "tcp://127.0.0.1:%d" % forwarder.port, "tls": True}, {}) as opened:
            with pytest.raises(ConnectionFailed, match="does not speak TLS on this port"):
                opened.get(INFO)

    def test_files_are_checked_before_connecting(self, tls_engine: TlsEngine, tmp_path: Path) -> None:
        junk = tmp_path / "junk.pem"
        junk.write_text("junk")
        for option in ("ca_path", "client_cert", "client_key"):
            with pytest.raises(EndpointInvalid, match="%s.*%s" % (option, junk)):
                open_engine(dict(tls_engine.options, **{option: str(junk)}), {})
            with pytest.raises(EndpointInvalid, match="%s: cannot read /none: No such file" % option):
                open_engine(dict(tls_engine.options, **{option: "/none"}), {})
        with pytest.raises(EndpointInvalid, match="^client_key: must be given together with client_cert"):
            open_engine(dict(tls_engine.options, client_key=None), {})

    def test_what_a_command_reads(self, tls_engine: TlsEngine) -> None:
        """Its input ends, by TLS's own sign, and what it writes long after that still comes."""
        defaults = {name: row.get("default") for name, row in EXEC.argument_spec.items()}
        with open_engine(tls_engine.options, {}) as opened:
            containers = Containers(opened)
            try:
                made = containers("sleep", "300")
                for text in ("", "short", "0123456789abcdef" * 200000):
                    for script in ("cat; sleep 1; echo late; exit 3", "sleep 1; cat; echo late; exit 3"):
                        options: dict[str, Any] = {"container": made, "argv": ["sh", "-c", script], "stdin": text}
                        options |= {"stdin_add_newline": False}
                        result = run_task(EXEC, {**defaults, **options}, lambda: opened, False, False)
                        assert (result["rc"], result["stdout"] == text + "late") == (3, True), result["msg"]
            finally:
                containers.close()
