# SPDX-License-Identifier: GPL-3.0-or-later
"""A login to a registry: verified, and kept as the docker CLI keeps it."""

from __future__ import annotations

import os
from typing import Any, Dict, List, Mapping, NamedTuple, Optional, Tuple

from ...engine.api import system
from ...engine.call import NO_CALL
from ...engine.client import Engine
from ...engine.credentials import server_key
from ...engine.errors import EngineError
from ...engine.logins import (
    Kept,
    erase,
    is_listed,
    look,
    other_spellings,
    remove_login,
    store,
    write_helper,
    write_login,
)
from ...state.outcome import Outcome
from ...state.plan import Plan
from ...state.resource import Resource
from ...state.step import Step
from ...values.errors import InvalidOption


class Login(NamedTuple):
    """What steps need: the registry's name among logins, and who logs in. Shown nowhere."""

    path: str
    key: str
    username: str = ""
    password: str = ""


class Context:
    """The login that is wanted, what is kept, and what the registry said to it. `spelled` are further names under which
    a helper has it, as far as a logout is to take it from there."""

    def __init__(self, options: Mapping[str, Any], kept: Kept, listed: bool, spelled: Tuple[str, ...] = ()) -> None:
        self.options, self.kept, self.listed, self.spelled = options, kept, listed, spelled
        self.key = server_key(options["registry_url"])
        self.verified: Optional[Dict[str, Any]] = None


def _check(options: Mapping[str, Any]) -> None:
    if not options["registry_url"].strip():
        raise InvalidOption("registry_url", "it is empty")
    if not options["config_path"]:
        raise InvalidOption("config_path", "it is empty")
    if options["state"] == "present" and not (options["username"] and options["password"]):
        raise InvalidOption("username and password", "neither may be empty")
    if ":" in (options["username"] or ""):
        raise InvalidOption("username", "a colon ends the name in what HTTP sends, so it cannot be part of it")


def _observe(_engine: Engine, options: Mapping[str, Any], _settled: Any) -> Context:
    path, registry = options["config_path"], options["registry_url"]
    present, key = options["state"] == "present", server_key(registry)
    kept = look(path, registry, os.environ, present)
    spelled = () if present or not kept.helper else other_spellings(kept.helper, key, os.environ)
    return Context(options, kept, is_listed(path, key), spelled)


def _refine(engine: Engine, context: Context, made: Plan) -> bool:
    """Before a login is kept, the registry has its say, in check mode too: asking changes nothing (POST /auth)."""
    options = context.options
    if made.changed and options["state"] == "present" and options["verify"] and _is_new(context):
        registry, username = options["registry_url"], options["username"]
        body = {"username": username, "password": options["password"], "serveraddress": registry}
        try:
            found = engine.send(system.auth(body))
        except EngineError as error:
            raise EngineError("Logging in to %s as %s failed: %s" % (registry, username, error)) from error
        # A token of the registry's is a secret as well. The password is kept, which can be compared.
        context.verified = dict(found or {}, IdentityToken="")
    return False


def _same(context: Context) -> bool:
    login, options = context.kept.login or {}, context.options
    return (login.get("username"), login.get("password")) == (options["username"], options["password"])


def _is_new(context: Context) -> bool:
    return bool(context.options["reauthorize"]) or not _same(context)


def _plan(context: Context) -> Plan:
    return _planned_login(context) if context.options["state"] == "present" else _planned_logout(context)


def _planned_login(context: Context) -> Plan:
    kept, options = context.kept, context.options
    before: Dict[str, Any] = {}
    after: Dict[str, Any] = {}

    def differs(name: str, was: Any, will_be: Any) -> None:
        before[name], after[name] = was, will_be

    new = _is_new(context)
    if kept.login is None:
        differs("username", None, options["username"])
    elif not _same(context):
        differs("username", kept.login.get("username"), options["username"])
        differs("password", "another", "as given")
    elif new:
        differs("reauthorized", False, True)
    if kept.in_file:
        differs("password in config.json", True, False)
    if kept.adopts:
        differs("credsStore", None, kept.helper)
    if kept.is_open and (not kept.helper or (before and _writes_file(context))):
        differs("mode", "%04o" % (kept.mode or 0), "0600")
    warnings = (kept.warning,) if kept.warning and before else ()
    if not before:
        return Plan()
    return Plan(tuple(_steps(context, new)), before, after, warnings=warnings)


def _writes_file(context: Context) -> bool:
    """Whether config.json has to be written although a helper is in charge."""
    return context.kept.in_file or context.kept.adopts or not context.listed


def _steps(context: Context, new: bool) -> List[Step]:
    kept, options = context.kept, context.options
    login = Login(options["config_path"], context.key, options["username"], options["password"])
    if not kept.helper:
        return [Step("writing the login of %s to %s" % (login.key, login.path), NO_CALL, how=_write, data=login)]
    steps = []
    if new:
        doing = "having docker-credential-%s keep the login of %s" % (kept.helper, login.key)
        steps.append(Step(doing, NO_CALL, how=_store, data=(kept.helper, login)))
    if _writes_file(context):
        data = (kept.helper if kept.adopts else "", login)
        steps.append(Step("writing %s" % login.path, NO_CALL, how=_write_helper, data=data))
    return steps


def _planned_logout(context: Context) -> Plan:
    kept, login = context.kept, Login(context.options["config_path"], context.key)
    steps = []
    there = (login.key,) if kept.helper and kept.login is not None else ()
    for name in there + context.spelled:
        doing = "having docker-credential-%s forget the login of %s" % (kept.helper, name)
        steps.append(Step(doing, NO_CALL, how=_erase, data=(kept.helper, login._replace(key=name))))
    if context.listed:
        steps.append(
            Step("taking the login of %s out of %s" % (login.key, login.path), NO_CALL, how=_remove, data=login)
        )
    if not steps:
        return Plan()
    known = (kept.login or {}).get("username")
    return Plan(tuple(steps), {"logged in": True, "username": known}, {"logged in": False, "username": None})


def _write(_engine: Engine, step: Step, _outcome: Outcome) -> None:
    write_login(*step.data)


def _store(_engine: Engine, step: Step, _outcome: Outcome) -> None:
    helper, login = step.data
    store(helper, login.key, login.username, login.password, os.environ)


def _write_helper(_engine: Engine, step: Step, _outcome: Outcome) -> None:
    adopted, login = step.data
    write_helper(login.path, login.key, adopted)


def _erase(_engine: Engine, step: Step, _outcome: Outcome) -> None:
    helper, login = step.data
    erase(helper, login.key, os.environ)


def _remove(_engine: Engine, step: Step, _outcome: Outcome) -> None:
    remove_login(step.data.path, step.data.key)


def _facts(_engine: Engine, context: Context, _made: Plan, _done: bool) -> Dict[str, Any]:
    if context.options["state"] == "absent":
        return {"login_result": {}}
    kept = context.kept
    found = {"username": context.options["username"], "serveraddress": context.key}
    return {
        "login_result": dict(found, **(context.verified or {})),
        "kept_by": "docker-credential-%s" % kept.helper if kept.helper else context.options["config_path"],
    }


def _needs_node(_options: Mapping[str, Any]) -> str:
    return "the login is kept on the managed node"


_SPEC: Dict[str, Dict[str, Any]] = {
    "registry_url": {"type": "str", "default": "https://index.docker.io/v1/", "aliases": ["registry", "url"]},
    "username": {"type": "str"},
    "password": {"type": "str", "no_log": True},
    "reauthorize": {"type": "bool", "default": False, "aliases": ["reauth"]},
    "verify": {"type": "bool", "default": True},
    "config_path": {"type": "path", "default": "~/.docker/config.json", "aliases": ["dockercfg_path"]},
    "state": {"type": "str", "default": "present", "choices": ["present", "absent"]},
}
_CONSTRAINTS: Dict[str, List[Tuple[Any, ...]]] = {"required_if": [("state", "present", ["username", "password"])]}

LOGIN = Resource("login", _SPEC, _observe, _plan, _facts, _refine, _CONSTRAINTS, check=_check, needs_node=_needs_node)
