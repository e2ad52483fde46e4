#!/usr/bin/python
# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later

from __future__ import annotations

# The options are documented by plugins/doc_fragments/container_*.py, beside which no payload grows.
DOCUMENTATION = r"""
module: container
short_description: Bring a container to the state that is described
version_added: 0.1.0
description:
  - Creates, changes, starts, stops, pauses and removes a container.
  - Options that are not given say nothing. A task that names a container and O(state=stopped) stops it and changes
    nothing else, and a container that was made by C(docker run) or by compose is left as it is if it is as described.
  - What the Engine can change in a container that exists is changed in place. For all else the container is replaced,
    and RV(replaced_because) says which options made that necessary.
  - While a container is replaced, the old one is set aside as NAME.replaced. It comes back under its name, running if
    it ran, when the new one cannot be made, does not start, ends with an error in its first second, or, with
    O(state=healthy), does not turn healthy.
author:
  - The Longshore authors (@longshore)
extends_documentation_fragment:
  - longshore.docker.engine
  - longshore.docker.container_parameters
  - longshore.docker.container_image
  - longshore.docker.container_process
  - longshore.docker.container_networking
  - longshore.docker.container_storage
  - longshore.docker.container_limits
  - longshore.docker.container_isolation
attributes:
  idempotent:
    description: A second run changes nothing.
    support: partial
    details:
      - O(restart=true) and O(recreate=true) act each time. A container that ends by itself, such as a job with
        O(detach=false), is started again, unless O(state=present).
notes:
  - Each option that describes a property says in its last sentence how it compares by default, which O(comparisons)
    can override, and what happens when it differs. Values are compared, not spellings, so V(512m) is V(0.5g).
  - Warnings of the Engine become warnings of the task.
seealso:
  - name: Containers, for users of this module
    description: Adopting containers, changes in place and replacement, comparisons and drift, pulling.
    link: https://example.com/longshore/docker/blob/main/docs/container.md
  - name: Where tasks run
    description: When a task runs on the controller, and when on the managed node.
    link: https://example.com/longshore/docker/blob/main/docs/where_tasks_run.md
"""

EXAMPLES = r"""
- name: A web server that this machine alone can reach
  longshore.docker.container:
    name: web
    image: nginx:1.27
    published_ports:
      - 127.0.0.1:8080:80
    volumes:
      - /srv/site:/usr/share/nginx/html:ro
    restart_policy: unless-stopped

- name: The same with limits, which are changed in place
  longshore.docker.container:
    name: web
    memory: 256m
    cpus: 0.5
    pids_limit: 200

- name: A container that looks at the web server from inside its network
  longshore.docker.container:
    name: web-probe
    image: busybox:1.37
    command: [sleep, "86400"]
    network_mode: container:web

- name: A database with its data in a volume and its password in a file
  longshore.docker.container:
    name: db
    image: postgres:17
    env_file: /srv/secrets/db.env
    env:
      TZ: Europe/Berlin
    volumes:
      - db-data:/var/lib/postgresql/data
    shm_size: 128m
    stop_timeout: 60

- name: Go on only when the health check has passed
  longshore.docker.container:
    name: app
    image: busybox:1.37
    command: [httpd, -f, -p, "8080"]
    healthcheck:
      test: pidof httpd
      interval: 1s
      retries: 3
    state: healthy
    healthy_wait_timeout: 60

- name: Two networks, with an alias in one and an address in the other
  longshore.docker.container:
    name: gateway
    image: nginx:1.27
    networks:
      - name: front
        aliases: [www]
      - name: back
        ipv4_address: 10.77.0.10

- name: As few rights as possible
  longshore.docker.container:
    name: careful
    image: nginx:1.27
    user: "1000:1000"
    read_only: true
    tmpfs:
      - /run:size=1m,mode=1777
    cap_drop: [ALL]
    capabilities: [NET_BIND_SERVICE]
    security_opts: [no-new-privileges]

- name: Mounts, one property at a time
  longshore.docker.container:
    name: worker
    image: busybox:1.37
    command: [sleep, "86400"]
    mounts:
      - type: volume
        source: work
        target: /work
        labels:
          com.example.backup: "no"
      - type: tmpfs
        target: /scratch
        tmpfs_size: 16m
        tmpfs_mode: "1777"

- name: Small logs, more open files, and a setting of the kernel
  longshore.docker.container:
    name: tuned
    image: nginx:1.27
    log_driver: local
    log_options:
      max-size: 10m
    ulimits:
      - nofile:1024:2048
    sysctls:
      net.core.somaxconn: 512

- name: Run a job, wait for its end, and throw its container away
  longshore.docker.container:
    name: migration
    image: busybox:1.37
    command: [sh, -c, echo done]
    detach: false
    cleanup: true

- name: Follow a tag, replacing the container when the registry has another image
  longshore.docker.container:
    name: web
    image: nginx:1.27
    pull: always

- name: Exactly these variables, and whatever labels somebody else has set
  longshore.docker.container:
    name: tuned
    env:
      MODE: production
    labels:
      com.example.owner: web team
    comparisons:
      env: strict
      labels: ignore

- name: Stop a container and change nothing else
  longshore.docker.container:
    name: worker
    state: stopped

- name: Restart a container
  longshore.docker.container:
    name: tuned
    restart: true

- name: Freeze a container
  longshore.docker.container:
    name: careful
    paused: true

- name: Describe a container without starting it
  longshore.docker.container:
    name: spare
    image: nginx:1.27
    hostname: spare
    state: present

- name: Remove a container and its volumes without a name
  longshore.docker.container:
    name: web-probe
    state: absent
    keep_volumes: false
"""

RETURN = r"""
container:
  description:
    - The container as the Engine shows it after the task (GET /containers/NAME/json). In check mode as it is now.
    - With O(detach=false), the key C(Output) holds what the container wrote to its standard output and standard error.
  returned: success, where there is a container and O(state) is not V(absent)
  type: dict
  sample:
    Id: 3f4a1c0e5d7b
    Name: /web
    State:
      Running: true
      Status: running
status:
  description: The status that the container ended with. The task fails when it is not 0.
  returned: with O(detach=false), when the task has started the container
  type: int
  sample: 0
drift:
  description: Options that differ, but that O(comparisons) forbid to mend. They are no change and not in the diff.
  returned: when there are such options
  type: list
  elements: str
  sample: [labels]
replaced_because:
  description: Options for whose sake the container has been replaced, or would be in check mode; V(recreate) where
    nothing but O(recreate) asked for it.
  returned: when the container is replaced
  type: list
  elements: str
  sample: [image, env]
"""

from ansible_collections.longshore.docker.plugins.module_utils.resource.container.resource import CONTAINER
from ansible_collections.longshore.docker.plugins.module_utils.task.converge import converging
from ansible_collections.longshore.docker.plugins.module_utils.task.target import run_on_target

TASK = converging(CONTAINER)


def main() -> None:
    """Run as a module, on the managed node."""
    run_on_target(TASK)


if __name__ == "__main__":
    main()
