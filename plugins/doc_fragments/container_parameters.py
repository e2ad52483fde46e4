# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options that steer a run (PARAMETERS in module_utils/resource/container/table.py)."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  name:
    description:
      - The container's name, such as V(web), or the ID of one that exists, whole or its first twelve digits; it keeps
        its name when it is replaced.
    type: str
    required: true
  state:
    description:
      - What shall be. Properties that the task does not name are left as they are.
    type: str
    default: started
    choices:
      absent: The container does not exist. A running one is stopped first. Options that describe it are not looked at.
      present: The container exists with the properties described. It goes on running or not; a new one is not started.
      healthy: As V(started), and the health check has said so, if there is one. See O(healthy_wait_timeout).
      started: The container exists with the properties described, and runs.
      stopped: The container exists with the properties described, and does not run.
  env_file:
    description:
      - A file with lines NAME=VALUE, to be set as O(env), which wins where both have a name. Nothing is unquoted, but
        blanks at the end of a line are dropped. Lines that begin with C(#) are comments.
      - Read where the task runs.
    type: path
  comparisons:
    description:
      - >-
        How single options compare, by their names, such as V({env: strict, labels: ignore}).
      - V(strict) wants exactly what is described, and what the image brings. Named here with it, O(env),
        O(exposed_ports) and O(volumes) compare even where they are not given, and may hold what the image brings only.
      - V(allow_more_present) wants at least what is described. For options with more than one value.
      - V(ignore) leaves the option alone in containers that exist. What differs is then returned as RV(drift).
      - The key V(*) stands for every option not named, with V(strict) or V(ignore).
    type: dict
  command_handling:
    description:
      - V(compatibility) takes an empty O(command) or O(entrypoint) for one that is not given, and a list for a line
        that is split into words as a text is, as old playbooks do.
        V(correct) takes an empty O(entrypoint) for no entrypoint, and an empty O(command) for the image's.
    type: str
    default: correct
    choices: [compatibility, correct]
  container_default_behavior:
    description:
      - V(no_defaults) leaves alone what is not given. V(compatibility) gives O(auto_remove), O(detach), O(init),
        O(interactive), O(memory), O(paused), O(privileged), O(read_only) and O(tty) the values that they had as
        defaults in playbooks of old, V(true) for O(detach), V(0) for O(memory), and V(false) for the others.
    type: str
    default: no_defaults
    choices: [compatibility, no_defaults]
  default_host_ip:
    description:
      - The host's address that O(published_ports) without an address are published at, such as V(127.0.0.1). An
        empty text stands for all addresses, IPv6 included, as with C(docker run -p).
      - Where it is not given, it is V(0.0.0.0), or what the first of O(networks) that has the option
        C(com.docker.network.bridge.host_binding_ipv4) says.
      - Where it is given, an empty text included, ports at other addresses are a difference.
    type: str
  networks_cli_compatible:
    description:
      - Whether a new container is connected to none but O(networks), where these are given, and made in the first of
        them without O(network_mode). If not, it is connected to O(network_mode), or V(bridge), besides them.
    type: bool
    default: true
  image_comparison:
    description:
      - Which image a container that exists is expected to have its values from, such as variables, labels, ports and
        volumes that the task does not name. V(desired-image) is the one that O(image) leads to now, V(current-image)
        the one that the container was made of.
      - It makes a difference where these are two and O(comparisons) say V(ignore) for O(image). Without that, a
        container whose image is another is replaced in any case. With V(desired-image), one that lacks what that image
        brings of variables, ports and volumes, and of labels where O(labels) is given, is replaced.
    type: str
    default: desired-image
    choices: [desired-image, current-image]
  image_label_mismatch:
    description:
      - Whether labels that the image brings and the task does not set are an error when O(labels) is given and compares
        by V(strict).
    type: str
    default: ignore
    choices: [ignore, fail]
  image_name_mismatch:
    description:
      - Whether a container is replaced that has the right image under another name. An ID is another name.
    type: str
    default: recreate
    choices: [recreate, ignore]
  pull:
    description:
      - When to pull the image, V(never), when it is V(missing), or V(always). V(true) is V(always), V(false) is
        V(missing).
      - With V(always) the registry is asked for the tag's digest first, in check mode too. Nothing is pulled when the
        image is here already. A tag of several platforms may have moved for the others only. That shows when it is
        pulled; check mode says then that the container is replaced, and the real run leaves it as it is.
    type: raw
    default: missing
    choices: [never, missing, always, true, false]
  pull_check_mode_behavior:
    description:
      - What check mode says with O(pull=always). With V(image_not_present) what the registry answers, and where it does
        not answer, that nothing is pulled unless the image is missing. With V(always) that the image is pulled, as if
        the registry had another one.
    type: str
    default: image_not_present
    choices: [image_not_present, always]
  recreate:
    description:
      - Whether a container that exists is replaced even when nothing differs.
    type: bool
    default: false
  restart:
    description:
      - Whether a container that runs is restarted, unless the task starts or replaces it anyhow. Without effect with
        O(state=present).
    type: bool
    default: false
  paused:
    description:
      - Whether the running container's processes are frozen. Left alone where it is not given.
    type: bool
  detach:
    description:
      - V(false) waits until the container has ended, returns RV(status) and its output, and fails when the status is
        not 0.
    type: bool
  output_logs:
    description:
      - Has no effect. With O(detach=false), what the container wrote is always returned.
    type: bool
    default: false
  cleanup:
    description:
      - Whether the container is removed when it has ended, with O(detach=false).
    type: bool
    default: false
  force_kill:
    description:
      - Whether a container that has to stop is killed at once.
    type: bool
    default: false
    aliases: [forcekill]
  kill_signal:
    description:
      - The signal for O(force_kill), such as V(SIGINT). V(SIGKILL) where it is not given.
      - A container that still runs O(stop_timeout) seconds after another signal than V(SIGKILL) makes the task fail.
    type: str
  keep_volumes:
    description:
      - Whether volumes without a name outlive a container that is removed or replaced.
    type: bool
    default: true
  healthy_wait_timeout:
    description:
      - How many seconds O(state=healthy) waits for the health check's verdict. V(0) and less wait for ever.
    type: float
    default: 300
  removal_wait_timeout:
    description:
      - How many seconds the Engine may take to remove a container, or to finish a removal that is under way. Without a
        limit where it is not given.
    type: float
"""
