# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: what runs in the container, and as whom."""

from __future__ import annotations

from ...state.compare import IGNORE, LIST
from ...state.field import UNKNOWN, Field
from .context import image_default
from .rows import TEXTS, late

# fmt: off
PROCESS = (
    Field("command", "Cmd", kind=LIST, type="raw", parse=late("command.words"), default=late("command.command_default"),
          same=late("command.same"), decode=lambda raw, _: list(raw or ()), encode=lambda value, _: value or None,
          fill=lambda want, supplied: want or supplied),
    Field("entrypoint", "Entrypoint", kind=LIST, parse=late("command.entrypoint"),
          default=image_default("Entrypoint", []), **TEXTS),
    Field("env", "Env", type="dict", want=late("environment.env"), uses=("env", "env_file"),
          decode=late("environment.observed"), encode=late("environment.encode"),
          default=image_default("Env", {}, late("environment.env_dict"))),
    Field("labels", "Labels", type="dict", parse=late("environment.texts"), default=image_default("Labels", {})),
    Field("healthcheck", "Healthcheck", type="dict", parse=late("health.parse"), needs=late("health.need"),
          decode=late("health.nonzero"), same=late("health.same"),
          default=image_default("Healthcheck", {}, late("health.nonzero")),
          options={"test": {"type": "raw"},
                   "test_cli_compatible": {"type": "bool", "default": False},
                   "interval": {"type": "str"},
                   "timeout": {"type": "str"},
                   "start_period": {"type": "str"},
                   "start_interval": {"type": "str"},
                   "retries": {"type": "int"}}),
    Field("hostname", "Hostname", default=UNKNOWN),
    Field("domainname", "Domainname", default=late("names.domain_default")),
    Field("user", "User", default=image_default("User", "")),
    Field("working_dir", "WorkingDir", parse=late("command.folder"), default=image_default("WorkingDir", "")),
    Field("interactive", "OpenStdin", type="bool"),
    Field("stdin_once", "StdinOnce", type="bool"),
    Field("tty", "Tty", type="bool"),
    Field("console_size", "HostConfig.ConsoleSize", kind=LIST, type="list", elements="int", default=[0, 0],
          parse=late("command.console_size")),
    Field("shell", "Shell", kind=LIST, **TEXTS),
    Field("stop_signal", "StopSignal", parse=late("command.signal_name"), decode=late("command.signal_name"),
          default=image_default("StopSignal", "", late("command.signal_name"))),
    Field("stop_timeout", "StopTimeout", rule=IGNORE, type="int", default=UNKNOWN),
    Field("groups", "HostConfig.GroupAdd", **TEXTS),
    Field("init", "HostConfig.Init", type="bool"),
    Field("auto_remove", "HostConfig.AutoRemove", type="bool"),
    Field("log_driver", "HostConfig.LogConfig.Type", default=UNKNOWN),
    Field("log_options", "HostConfig.LogConfig.Config", type="dict", aliases=["log_opt"],
          parse=late("environment.log_options"), default=UNKNOWN),
    Field("runtime", "HostConfig.Runtime", default=UNKNOWN),
    Field("annotations", "HostConfig.Annotations", type="dict", parse=late("environment.texts"), since=(1, 43)),
)
