# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of what every module has: how to reach the Engine (module_utils/task/options.py)."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  docker_host:
    description:
      - Where the Engine listens.
      - V(unix:///run/docker.sock) is a Unix socket, V(tcp://192.0.2.10:2375) a plain connection,
        V(tcp://192.0.2.10:2376) or V(https://192.0.2.10:2376) one with TLS (see O(tls) and O(validate_certs)), and
        V(ssh://deploy@192.0.2.10) goes through the system's C(ssh) client, which has to log in without asking.
      - Where it is not given, E(DOCKER_HOST) counts, and after that E(DOCKER_CONTEXT).
    type: str
    default: unix:///var/run/docker.sock
    aliases: [docker_url]
  cli_context:
    description:
      - A context of the C(docker) command line tool, such as V(production), to take address and certificates from.
      - It is looked for below E(DOCKER_CONFIG), else below C(~/.docker), where the task runs.
      - Takes precedence over E(DOCKER_HOST). O(docker_host) cannot be given beside it.
    type: str
  tls:
    description:
      - Whether to speak TLS. Without O(validate_certs) and O(ca_path) the Engine's certificate is not verified then.
      - Where it is not given, E(DOCKER_TLS) counts.
    type: bool
  tls_hostname:
    description:
      - The name to look for in the Engine's certificate, where that is not the host name in O(docker_host).
      - Where it is not given, E(DOCKER_TLS_HOSTNAME) counts.
    type: str
  validate_certs:
    description:
      - Whether to speak TLS and to verify the Engine's certificate.
      - Where it is not given, E(DOCKER_TLS_VERIFY) counts; after that, naming O(ca_path) means V(true).
    type: bool
    aliases: [tls_verify]
  ca_path:
    description:
      - A file of certificates, in PEM format, of which one has to have signed the Engine's. Read where the task runs.
      - Where it is not given, the file C(ca.pem) in E(DOCKER_CERT_PATH) counts, if it exists; else the system's
        certificates are used.
    type: path
    aliases: [ca_cert, tls_ca_cert, cacert_path]
  client_cert:
    description:
      - A file with the certificate that this client shows to the Engine, in PEM format. Read where the task runs.
      - Where it is not given, the file C(cert.pem) in E(DOCKER_CERT_PATH) counts, if it exists.
    type: path
    aliases: [tls_client_cert, cert_path]
  client_key:
    description:
      - The file with the unencrypted key of O(client_cert), in PEM format. Read where the task runs.
      - Where it is not given, the file C(key.pem) in E(DOCKER_CERT_PATH) counts, if it exists.
    type: path
    aliases: [tls_client_key, key_path]
  api_version:
    description:
      - The version of the Engine API to speak, such as V(1.45). V(auto) takes the newest that the Engine offers.
      - Where it is not given, E(DOCKER_API_VERSION) counts.
    type: str
    default: auto
    aliases: [docker_api_version]
  timeout:
    description:
      - How many seconds the Engine may be silent before the task gives up. What is known to take longer, such as a
        stop that waits for the container, is given that time on top.
      - Where it is not given, E(DOCKER_TIMEOUT) counts.
    type: int
    default: 60
  use_ssh_client:
    description:
      - Has no effect. Connections to V(ssh://) addresses always use the system's C(ssh) client.
    type: bool
  debug:
    description:
      - Has no effect. C(ansible-playbook -vvv) shows where a task runs and why.
    type: bool
requirements:
  - Docker Engine 20.10 (API 1.41) or newer
  - Python's C(requests), on the controller or, where the task runs on the managed node, there
notes:
  - The task runs on the controller where nothing needs the managed node, and else on the node. See
    C(docs/where_tasks_run.md) in the collection, and the variable C(longshore_docker_run_on).
  - The Docker SDK for Python is not used.
attributes:
  action_group:
    description: Options that all modules of the collection share can be set once, by C(module_defaults).
    support: full
    membership:
      - longshore.docker.docker
  check_mode:
    description: Can run without changing anything, and says what would change.
    support: full
  diff_mode:
    description: Says what is and what will be, in the same words in check mode and in real runs.
    support: full
"""
