# SPDX-License-Identifier: GPL-3.0-or-later
"""Environment variables, labels and other dicts of texts."""

from __future__ import annotations

from typing import Any, Dict, List, Mapping

from ...values import words
from ...values.errors import InvalidValue
from ...values.words import scalar_text
from .context import Context


def texts(value: Mapping[str, Any], _context: Any) -> Dict[str, str]:
    """A dict whose values are texts for the Engine."""
    return words.texts(value)


def log_options(value: Mapping[str, Any], context: Context) -> Dict[str, str]:
    """All that is not a text becomes one, with a warning: a driver reads True as true, and 1.1 is what YAML made of it.

    Playbooks for the incumbent rely on it, on its spellings and on the whole warning."""
    found = {}
    for name, item in value.items():
        if isinstance(item, (bool, int, float)):
            item = str(item)
            context.warnings.append(
                "Non-string value found for log_options option '%s'. The value is automatically converted to %r. "
                "If this is not correct, or you want to avoid such warnings, please quote the value, or explicitly "
                "convert the values to strings when templating them." % (name, item)
            )
        found[name] = item
    return words.texts(found)


def env_dict(entries: Any) -> Dict[str, str]:
    """`["A=1"]`, as the Engine shows environments, as a dict."""
    return {name: value for name, _sep, value in (entry.partition("=") for entry in entries or ())}


def observed(entries: Any, _context: Context) -> Dict[str, str]:
    return env_dict(entries)


def encode(value: Mapping[str, str], _context: Context) -> List[str]:
    return ["%s=%s" % pair for pair in sorted(value.items())]


def env(context: Context) -> Any:
    env, path = context.options.get("env"), context.options.get("env_file")
    if env is None and path is None:
        return None
    wanted: Dict[str, str] = {}
    if path is not None:
        from ...values.env_file import parse_env_file

        try:
            with open(path, encoding="utf-8") as stream:
                wanted.update(parse_env_file(stream.read()))
        except (OSError, UnicodeDecodeError, InvalidValue) as exc:
            raise InvalidValue("cannot read env_file %s: %s" % (path, exc)) from exc
    for name, value in (env or {}).items():
        try:
            text = scalar_text(value, "The value of %s" % name)
            wanted.update(env_dict(["%s=%s" % (name, text)]))  # to the Engine, a name ends at its =
        except InvalidValue as exc:  # with the words that playbooks for the incumbent look for
            raise InvalidValue("Non-string value found for env option. %s" % exc) from None
    return wanted
