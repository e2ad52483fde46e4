# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Each function of engine/api with its arguments: for a function with newer parameters, a case for each version."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from ansible_collections.longshore.docker.plugins.module_utils.engine.api import (
    builds,
    container_files,
    container_processes,
    containers,
    distribution,
    execs,
    image_store,
    image_transfer,
    images,
    networks,
    system,
    volumes,
)
from ansible_collections.longshore.docker.plugins.module_utils.engine.call import Call

FILTERS = {"label": ["a=b", "c"]}
CONFIG = {"Cmd": ["true"], "Env": ["A=b"], "Labels": {"a": "b"}, "ExposedPorts": {"80/tcp": {}}, "User": "1"}
CONTAINER = {
    **CONFIG,
    "Image": "busybox:1",
    "HostConfig": {"Memory": 4194304, "Binds": ["/a:/b:ro"], "RestartPolicy": {"Name": "on-failure"}},
    "NetworkingConfig": {"EndpointsConfig": {"n": {"Aliases": ["x"], "IPAMConfig": {"IPv4Address": "10.0.0.2"}}}},
}
EXEC = {"Cmd": ["ls"], "AttachStdout": True, "Env": ["A=b"], "User": "1", "WorkingDir": "/", "Privileged": False}
NETWORK = {
    "Name": "n",
    "Driver": "bridge",
    "Internal": False,
    "Attachable": True,
    "EnableIPv6": False,
    "IPAM": {"Driver": "default", "Config": [{"Subnet": "10.0.0.0/24"}], "Options": {"a": "b"}},
    "Options": {"a": "b"},
    "Labels": {"a": "b"},
}
ENDPOINT = {"Links": ["a:b"], "Aliases": ["x"], "IPAMConfig": {"IPv4Address": "10.0.0.2"}, "DriverOpts": {"a": "b"}}
BUILD = {
    "dockerfile": "Dockerfile", "t": ("a:1", "b:2"), "extrahosts": "a:10.0.0.1", "remote": "https://a.test/b.git",
    "q": False, "nocache": True, "cachefrom": ["a"], "pull": True, "rm": True, "forcerm": True, "memory": 1,
    "memswap": -1, "cpushares": 1, "cpusetcpus": "0", "cpuperiod": 1, "cpuquota": 1, "buildargs": {"A": "b"},
    "shmsize": 1, "squash": False, "labels": {"a": "b"}, "networkmode": "none", "target": "x",
    "platform": "linux/amd64", "version": "2", "buildid": "x", "outputs": [{"Type": "moby", "Attrs": {}}],
}  # fmt: skip


class Case(NamedTuple):
    function: Callable[..., Call]
    arguments: dict[str, Any]

    @property
    def name(self) -> str:
        return "%s.%s" % (self.function.__module__.rpartition(".")[2], self.function.__name__)

    def call(self) -> Call:
        return self.function(**self.arguments)


def case(function: Callable[..., Call], **arguments: Any) -> Case:
    return Case(function, arguments)


CASES = [
    case(builds.build, registry_config="e30=", **BUILD),
    case(builds.prune, all_=True, filters=FILTERS, keep_storage=1),
    case(builds.prune, all_=True, filters=FILTERS, reserved_space=1, max_used_space=1, min_free_space=1),
    case(container_files.archive_info, name="c", path="/a"),
    case(container_files.changes, name="c"),
    case(
        container_files.commit, container="c", repository="r", tag="t", comment="c", author="a", pause=False,
        changes="CMD a", config=CONFIG,
    ),
    case(container_files.export, name="c"),
    case(container_files.get_archive, name="c", path="/a"),
    case(container_files.put_archive, name="c", path="/a", no_overwrite_dir_non_dir=True, copy_uid_gid=True),
    case(
        container_processes.attach, name="c", stdin=True, stdout=True, stderr=True, stream=True, logs=True,
        detach_keys="ctrl-p",
    ),
    case(container_processes.resize, name="c", height=24, width=80),
    case(container_processes.stats, name="c", stream=False, one_shot=True),
    case(container_processes.top, name="c", ps_args="-ef"),
    case(containers.create, name="c", body=CONTAINER, platform="linux/amd64"),
    case(containers.inspect, name="c", size=True),
    case(containers.kill, name="c", signal="SIGHUP"),
    case(containers.list_, all_=True, limit=1, size=True, filters=FILTERS),
    case(
        containers.logs, name="c", stdout=True, stderr=True, follow=False, timestamps=True, tail="all", since=1, until=2
    ),
    case(containers.pause, name="c"),
    case(containers.prune, filters=FILTERS),
    case(containers.remove, name="c", volumes=True, force=True, link=False),
    case(containers.rename, name="c", new_name="d"),
    case(containers.restart, name="c", timeout=1),
    case(containers.restart, name="c", timeout=1, signal="SIGINT"),
    case(containers.start, name="c"),
    case(containers.stop, name="c", timeout=1),
    case(containers.stop, name="c", timeout=1, signal="SIGINT"),
    case(containers.unpause, name="c"),
    case(containers.update, name="c", body={"Memory": 4194304, "RestartPolicy": {"Name": "always"}}),
    case(containers.wait, name="c", condition="not-running"),
    case(distribution.inspect, image="registry.test:5000/a/b:1", registry_auth="e30="),
    case(execs.create, container="c", body=EXEC),
    case(execs.create, container="c", body={**EXEC, "ConsoleSize": [24, 80]}),
    case(execs.inspect, exec_id="e"),
    case(execs.resize, exec_id="e", height=24, width=80),
    case(execs.start, exec_id="e", detach=True, tty=True),
    case(execs.start, exec_id="e", detach=True, tty=True, console_size=(24, 80)),
    case(image_store.attestations, name="a/b", platform="linux/arm/v7", predicate_types=["a", "b"], statement=True),
    case(image_store.history, name="a/b:1"),
    case(image_store.history, name="a/b:1", platform="linux/arm/v7"),
    case(image_store.list_, all_=True, filters=FILTERS, digests=True),
    case(image_store.list_, all_=True, filters=FILTERS, digests=True, shared_size=True),
    case(image_store.list_, all_=True, filters=FILTERS, digests=True, shared_size=True, manifests=True),
    case(image_store.list_, manifests=True, identity=True),
    case(image_store.prune, filters={"dangling": ["false"]}),
    case(image_store.remove, name="registry.test:5000/a/b:1", force=True, no_prune=True),
    case(image_store.remove, name="a/b@sha256:0", force=True, no_prune=True, platforms=["linux/arm/v7", "linux/s390x"]),
    case(image_store.tag, name="a/b:1", repository="c", tag="2"),
    case(
        image_transfer.import_image, source="-", repository="a/b", tag="1", message="m", changes=["CMD a", "ENV A=b"],
        platform="linux/amd64",
    ),
    case(image_transfer.load, quiet=True),
    case(image_transfer.load, quiet=True, platforms=["linux/arm/v7"]),
    case(image_transfer.load, quiet=True, platforms=["linux/arm/v7", "linux/s390x"]),
    case(image_transfer.push, repository="a/b", tag="1", registry_auth="e30="),
    case(image_transfer.push, repository="a/b", tag="1", platform="linux/arm/v7"),
    case(image_transfer.save, name="a/b:1"),
    case(image_transfer.save, name="a/b:1", platforms=["linux/arm/v7"]),
    case(image_transfer.save, name="a/b:1", platforms=["linux/arm/v7", "linux/s390x"]),
    case(image_transfer.save_many, names=["a/b:1", "c"]),
    case(image_transfer.save_many, names=["a/b:1", "c"], platforms=["linux/arm/v7"]),
    case(image_transfer.save_many, names=["a/b:1", "c"], platforms=["linux/arm/v7", "linux/s390x"]),
    case(image_transfer.search, term="a", limit=1, filters={"stars": ["3"]}),
    case(images.inspect, name="registry.test:5000/a/b:1"),
    case(images.inspect, name="a/b:1", manifests=True),
    case(images.inspect, name="a/b:1", platform="linux/arm/v7"),
    case(images.pull, repository="a/b", tag="1", platform="linux/amd64", registry_auth="e30="),
    case(networks.connect, network="n", container="c", endpoint_config=ENDPOINT),
    case(networks.create, body=NETWORK),
    case(networks.disconnect, network="n", container="c", force=True),
    case(networks.inspect, network="n", verbose=True, scope="local"),
    case(networks.list_, filters=FILTERS),
    case(networks.prune, filters=FILTERS),
    case(networks.remove, network="n"),
    case(system.auth, body={"username": "u", "password": "p", "serveraddress": "registry.test:5000"}),
    case(system.df),
    case(system.df, types=["container", "build-cache"]),
    case(system.df, types=["image"], verbose=True),
    case(system.events, since=1, until="2.000000001", filters=FILTERS),
    case(system.info),
    case(system.ping),
    case(system.version),
    case(volumes.create, body={"Name": "v", "Driver": "local", "DriverOpts": {"a": "b"}, "Labels": {"a": "b"}}),
    case(volumes.inspect, name="v"),
    case(volumes.list_, filters=FILTERS),
    case(volumes.prune, filters=FILTERS),
    case(volumes.remove, name="v", force=True),
    case(volumes.update, name="v", version=3, spec={"AccessMode": {"Availability": "pause"}}),
]  # fmt: skip
