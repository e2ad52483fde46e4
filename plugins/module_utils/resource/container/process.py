# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Rows: what runs in the container, and as whom."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from ...state.compare import DICT, IGNORE, LIST, STRICT, holds
from ...state.field import UNKNOWN, Field
from ...values.env_file import parse_env_file
from ...values.errors import InvalidValue
from ...values.healthchecks import parse_healthcheck
from ...values.words import scalar_text, split_words
from .context import Context, image_default


def texts(value: Mapping[str, Any], _context: Any) -> Dict[str, str]:
    """A dict whose values are texts for the Engine."""
    return {str(key): scalar_text(item, "the value of %s" % key) for key, item in value.items()}


def _words(value: Any, _context: Any) -> List[str]:
    if isinstance(value, (list, tuple)):
        return [str(item) for item in value]
    return split_words(str(value))


def _entrypoint(value: List[Any], context: Context) -> List[str]:
    if context.options.get("command_handling") == "compatibility" and not value:
        raise InvalidValue("an empty entrypoint needs command_handling: correct")
    return [str(item) for item in value]


def _command_default(context: Context) -> Any:
    # The Engine drops the image's command where the entrypoint is given (POST /containers/create).
    return [] if context.want.get("entrypoint") else context.from_image("Cmd", [])


def _same_command(have: List[str], want: List[str], rule: str, context: Context) -> bool:
    wanted = want or _command_default(context)
    return wanted is UNKNOWN or holds(LIST, rule, have, wanted)


def env_dict(entries: Any) -> Dict[str, str]:
    """`["A=1"]`, as the Engine shows environments, as a dict."""
    return {name: value for name, _sep, value in (entry.partition("=") for entry in entries or ())}


def _env(context: Context) -> Any:
    env, path = context.options.get("env"), context.options.get("env_file")
    if env is None and path is None:
        return None
    wanted: Dict[str, str] = {}
    if path is not None:
        try:
            with open(path, encoding="utf-8") as stream:
                wanted.update(parse_env_file(stream.read()))
        except (OSError, UnicodeDecodeError) as exc:
            raise InvalidValue("cannot read env_file %s: %s" % (path, exc)) from exc
    for name, value in (env or {}).items():
        wanted[str(name)] = scalar_text(value, "the value of %s" % name)
    return wanted


def _same_health(have: Dict[str, Any], want: Dict[str, Any], rule: str, context: Context) -> bool:
    if want.get("Test") == ["NONE"]:
        return have.get("Test") in (None, [], ["NONE"])
    if rule == STRICT:
        base = context.from_image("Healthcheck", {})
        want = want if base is UNKNOWN else dict(base, **want)
    return holds(DICT, rule, have, want)


def _nonzero(value: Any, _context: Any = None) -> Dict[str, Any]:
    return {key: item for key, item in (value or {}).items() if item not in (None, 0, [])}


def signal_name(value: Any, _context: Any = None) -> str:
    """SIGTERM for TERM, SIGTERM, 15 and "15"; what no signal of this machine is called stays as it is."""
    text = str(value or "").strip().upper()
    if text.isdigit():
        import signal

        try:
            return signal.Signals(int(text)).name
        except ValueError:
            return text
    return text if not text or text.startswith("SIG") else "SIG" + text


PROCESS = (
    Field(
        "command",
        "Cmd",
        kind=LIST,
        type="raw",
        parse=_words,
        default=_command_default,
        same=_same_command,
        decode=lambda raw, _: list(raw or ()),
        encode=lambda value, _: value or None,
    ),
    Field(
        "entrypoint",
        "Entrypoint",
        kind=LIST,
        type="list",
        elements="str",
        parse=_entrypoint,
        default=image_default("Entrypoint", []),
    ),
    Field(
        "env",
        "Env",
        type="dict",
        want=_env,
        decode=lambda raw, _: env_dict(raw),
        encode=lambda value, _: ["%s=%s" % pair for pair in sorted(value.items())],
        default=image_default("Env", {}, env_dict),
    ),
    Field("labels", "Labels", type="dict", parse=texts, default=image_default("Labels", {})),
    Field(
        "healthcheck",
        "Healthcheck",
        type="dict",
        parse=lambda value, _: parse_healthcheck(value),
        decode=_nonzero,
        same=_same_health,
        default=image_default("Healthcheck", {}, _nonzero),
        options={
            "test": {"type": "raw"},
            "test_cli_compatible": {"type": "bool", "default": False},
            "interval": {"type": "str"},
            "timeout": {"type": "str"},
            "start_period": {"type": "str"},
            "start_interval": {"type": "str"},
            "retries": {"type": "int"},
        },
    ),
    Field("hostname", "Hostname", default=UNKNOWN),
    Field("domainname", "Domainname"),
    Field("user", "User", default=image_default("User", "")),
    Field("working_dir", "WorkingDir", default=image_default("WorkingDir", "")),
    Field("interactive", "OpenStdin", type="bool"),
    Field("stdin_once", "StdinOnce", type="bool"),
    Field("tty", "Tty", type="bool"),
    Field("shell", "Shell", kind=LIST, type="list", elements="str", default=image_default("Shell", [])),
    Field(
        "stop_signal",
        "StopSignal",
        parse=signal_name,
        decode=signal_name,
        default=image_default("StopSignal", "", signal_name),
    ),
    Field("stop_timeout", "StopTimeout", rule=IGNORE, type="int", default=UNKNOWN),
    Field("groups", "HostConfig.GroupAdd", type="list", elements="str"),
    Field("init", "HostConfig.Init", type="bool"),
    Field("auto_remove", "HostConfig.AutoRemove", type="bool"),
    Field(
        "log_driver",
        "HostConfig.LogConfig.Type",
        default=UNKNOWN,
    ),
    Field("log_options", "HostConfig.LogConfig.Config", type="dict", aliases=["log_opt"], parse=texts, default=UNKNOWN),
    Field("runtime", "HostConfig.Runtime", default=UNKNOWN),
    Field("annotations", "HostConfig.Annotations", type="dict", parse=texts, since=(1, 43)),
)
