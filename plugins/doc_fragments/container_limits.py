# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the rows in module_utils/resource/container/limits.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  memory:
    description:
      - How much memory the container may use, such as V(512m), V(0.5g) or V(536870912). V(0) is no limit.
      - A limit can be changed in place but not lifted there, so V(0) replaces the container.
      - Where the new limit is above the swap limit that is there, O(memory_swap) is raised to twice the memory with
        it.
      - Compared by V(strict); a change is made in place.
    type: str
  memory_swap:
    description:
      - How much memory and swap the container may use together, such as V(1g), or V(unlimited), which can be written
        V("-1").
      - Without it, the Engine allows twice the O(memory). V(0) asks for that.
      - Compared by V(strict); a change is made in place.
    type: str
  memory_reservation:
    description:
      - How much memory the container is pushed back to when the host runs short, such as V(256m). V(0), which is none,
        replaces the container.
      - Compared by V(strict); a change is made in place.
    type: str
  memory_swappiness:
    description:
      - How readily the container's memory is swapped out, from V(0) to V(100). V(-1) is the host's setting. Ignored,
        with a warning, where the host has control groups of version 2, which do not know it.
      - Compared by V(strict); a change replaces the container.
    type: int
  kernel_memory:
    description:
      - How much memory the kernel may use for the container, such as V(64m).
      - Compared by V(strict); a change replaces the container. Ignored from API 1.42 on, by the Engine
        and so here, with a warning.
    type: str
  kernel_memory_tcp:
    description:
      - How much memory the kernel may use for the container's TCP buffers, such as V(16m).
      - Compared by V(strict); a change replaces the container. Ignored from API 1.52 on, by the Engine
        and so here, with a warning.
    type: str
  shm_size:
    description:
      - The size of the container's C(/dev/shm), such as V(128m). V(0) leaves it to the Engine.
      - Compared by V(strict); a change replaces the container.
    type: str
  oom_killer:
    description:
      - Whether the kernel is kept from killing the container's processes when memory runs out. Mind the direction,
        V(true) disables the killer. Ignored, with a warning, where the host has control groups of version 2, which do
        not know it.
      - Compared by V(strict); a change replaces the container.
    type: bool
  oom_score_adj:
    description:
      - How early the container's processes are chosen when the host's memory runs out, from V(-1000), never, to
        V(1000).
      - Compared by V(strict); a change replaces the container.
    type: int
  pids_limit:
    description:
      - How many processes and threads the container may have. V(0) and V(-1) are no limit.
      - Compared by V(strict); a change is made in place.
    type: int
  cpus:
    description:
      - How many processors' time the container may use, such as V(1.5). V(0), which is no limit, replaces the
        container.
      - Cannot be combined with O(cpu_period) and O(cpu_quota), which set the same limit; a container that has those is
        replaced.
      - Compared by V(strict); a change is made in place.
    type: float
  cpu_period:
    description:
      - The length of the kernel's accounting period for O(cpu_quota), in microseconds.
      - A container that was limited by O(cpus) is replaced, and so it is by V(0).
      - Compared by V(strict); a change is made in place.
    type: int
  cpu_quota:
    description:
      - How many microseconds of each O(cpu_period) the container may run.
      - A container that was limited by O(cpus) is replaced, and so it is by V(0).
      - Compared by V(strict); a change is made in place.
    type: int
  cpu_shares:
    description:
      - The container's weight when processors are scarce, such as V(512), compared with V(1024), which a container has
        by default. V(0) replaces the container.
      - Compared by V(strict); a change is made in place.
    type: int
  cpu_realtime_period:
    description:
      - The length of the period for real-time scheduling, in microseconds. V(0) replaces the container.
      - Compared by V(strict); a change is made in place.
    type: int
  cpu_realtime_runtime:
    description:
      - How many microseconds of each O(cpu_realtime_period) the container may run with real-time priority. V(0)
        replaces the container.
      - Compared by V(strict); a change is made in place.
    type: int
  cpuset_cpus:
    description:
      - The processors the container may run on, such as V("0-2,7"). An empty text, which is all, replaces the
        container.
      - Compared by V(strict); a change is made in place.
    type: str
  cpuset_mems:
    description:
      - The memory nodes the container may use, such as V("0,1"). An empty text, which is all, replaces the container.
      - Compared by V(strict); a change is made in place.
    type: str
  blkio_weight:
    description:
      - The container's weight when block devices are busy, from V(10) to V(1000). V(0), the default weight, replaces
        the container.
      - Compared by V(strict); a change is made in place.
    type: int
  blkio_weight_device:
    description:
      - >-
        The container's weight at single devices, such as V([{path: /dev/sda, weight: 200}]).
      - Compared by V(allow_more_present); a change is made in place from API 1.55 on, and replaces the container
        before.
    type: list
    elements: dict
    suboptions:
      path:
        description:
          - The device, as the Engine's host calls it.
        type: str
        required: true
      weight:
        description:
          - From V(10) to V(1000).
        type: int
        required: true
  device_read_bps:
    description:
      - >-
        How much may be read from single devices in a second, such as V([{path: /dev/sda, rate: 20m}]).
      - Compared by V(allow_more_present); a change is made in place from API 1.55 on, and replaces the container
        before.
    type: list
    elements: dict
    suboptions: &bytes
      path:
        description:
          - The device, as the Engine's host calls it.
        type: str
        required: true
      rate:
        description:
          - A size, such as V(20m), for each second.
        type: str
        required: true
  device_write_bps:
    description:
      - >-
        How much may be written to single devices in a second, such as V([{path: /dev/sda, rate: 20m}]).
      - Compared by V(allow_more_present); a change is made in place from API 1.55 on, and replaces the container
        before.
    type: list
    elements: dict
    suboptions: *bytes
  device_read_iops:
    description:
      - >-
        How many reads from single devices are allowed in a second, such as V([{path: /dev/sda, rate: 500}]).
      - Compared by V(allow_more_present); a change is made in place from API 1.55 on, and replaces the container
        before.
    type: list
    elements: dict
    suboptions: &operations
      path:
        description:
          - The device, as the Engine's host calls it.
        type: str
        required: true
      rate:
        description:
          - A number of operations for each second.
        type: int
        required: true
  device_write_iops:
    description:
      - >-
        How many writes to single devices are allowed in a second, such as V([{path: /dev/sda, rate: 500}]).
      - Compared by V(allow_more_present); a change is made in place from API 1.55 on, and replaces the container
        before.
    type: list
    elements: dict
    suboptions: *operations
  restart_policy:
    description:
      - What the Engine does when the container ends by itself, V(no) nothing, V(on-failure) starts it again when its
        status is not 0, V(always) starts it again, and V(unless-stopped) does so but after a restart of the Engine
        leaves a container alone that had been stopped.
      - Compared by V(strict); a change is made in place.
    type: str
    choices: ["no", on-failure, always, unless-stopped]
  restart_retries:
    description:
      - How often O(restart_policy=on-failure) starts the container again before it gives up. V(0) never gives up, and
        replaces a container that counted.
      - Compared by V(strict); a change is made in place.
    type: int
  devices:
    description:
      - Devices of the Engine's host that the container may use, such as V(/dev/ttyUSB0) or V(/dev/sda:/dev/xvda:r).
        The last part holds the permissions V(r), V(w) and V(m), all three where it is left out.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  device_cgroup_rules:
    description:
      - Rules for devices that are not there yet, as the kernel's control groups write them, such as V(["c 188:*
        rmw"]).
      - Compared by V(strict); a change replaces the container.
    type: list
    elements: str
  device_requests:
    description:
      - >-
        Devices that a driver chooses, such as graphics processors by
        V([{driver: nvidia, count: -1, capabilities: [[gpu]]}]).
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: dict
    suboptions:
      driver:
        description:
          - The driver's name.
        type: str
      count:
        description:
          - How many devices, V(-1) for all.
        type: int
      device_ids:
        description:
          - The very devices, by the names that their driver gives them, instead of a number.
        type: list
        elements: str
      capabilities:
        description:
          - What a device must be capable of, a list of lists; one of the inner lists has to hold as a whole.
        type: list
        elements: list
      options:
        description:
          - Options of the driver.
        type: dict
  ulimits:
    description:
      - Limits for the container's processes, such as V(nofile:1024:2048), soft and hard, or V(nproc:512) for both.
      - Compared by V(allow_more_present); a change replaces the container.
    type: list
    elements: str
  cpu_count:
    description:
      - How many processors the container may use. Windows only.
      - Compared by V(strict); a change replaces the container.
    type: int
  cpu_percent:
    description:
      - How much of the processors' time the container may use, in percent. Windows only; elsewhere it is ignored,
        with a warning.
      - Compared by V(strict); a change replaces the container.
    type: int
  io_maximum_iops:
    description:
      - How many operations a second the container's system drive allows. Windows only.
      - Compared by V(strict); a change replaces the container.
    type: int
  io_maximum_bandwidth:
    description:
      - How much a second the container's system drive reads and writes, such as V(50m). Windows only.
      - Compared by V(strict); a change replaces the container.
    type: str
"""
