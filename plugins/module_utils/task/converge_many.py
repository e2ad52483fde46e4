# SPDX-License-Identifier: GPL-3.0-or-later
"""Bring many containers to their states in one task, several at a time, each after those it depends on."""

from __future__ import annotations

from concurrent.futures import FIRST_COMPLETED, Future, ThreadPoolExecutor, wait
from typing import Any, Dict, List, Optional, Set

from ansible.module_utils.common.arg_spec import ArgumentSpecValidator

from ..engine.client import Engine
from ..engine.errors import EngineError
from ..resource.container.resource import CONTAINER
from ..resource.containers import resource as containers
from ..resource.containers.shared_engine import SharedEngine
from ..state.member import Member
from ..values.errors import InvalidOption
from .converge import converge
from .task import Result, Task, TaskFailed

Validated = List[Dict[str, Any]]


def _run(options: Dict[str, Any], engine: Engine, check_mode: bool) -> Result:
    validator = ArgumentSpecValidator(**containers.ENTRY)
    entries = [
        _validated(validator, given, "entry %d" % number) for number, given in enumerate(containers.given(options), 1)
    ]
    members = containers.listed(entries, options)
    shared = SharedEngine(engine, options["parallelism"])
    removal = _validated(validator, dict(options["defaults"], name="any", state="absent"), "purge")
    members = containers.with_purged(shared, options, members, removal)
    done = _Converging(engine, shared, check_mode).run(members)
    return _result([done[one.name] for one in members])


def _validated(validator: ArgumentSpecValidator, given: Dict[str, Any], where: str) -> Dict[str, Any]:
    """Raises InvalidOption in ansible-core's words."""
    found = validator.validate(given)
    if found.error_messages:
        name = given.get("name")
        raise InvalidOption("containers", "%s%s: %s" % (where, " (%s)" % name if name else "", found.errors.msg))
    validated: Dict[str, Any] = found.validated_parameters
    return validated


class _Done:
    """What became of a member: a result, or why there is none."""

    def __init__(self, name: str, result: Optional[Result] = None, failure: Optional[TaskFailed] = None) -> None:
        self.name, self.result, self.failure = name, result, failure

    @property
    def changed(self) -> bool:
        if self.result is not None:
            return self.result.changed
        return bool(self.failure and self.failure.values.get("changed"))

    def entry(self) -> Dict[str, Any]:
        """For the task's result."""
        if self.result is not None:
            return dict(self.result.values, name=self.name, changed=self.changed)
        values = dict(self.failure.values if self.failure else {}, name=self.name, changed=self.changed)
        return dict(values, failed=True, msg=str(self.failure))


class _Converging:
    """One run over all members: some are under way, and others wait for them."""

    def __init__(self, engine: Engine, shared: Any, check_mode: bool) -> None:
        self._behind, self._engine, self._check_mode = engine, shared, check_mode
        self._done: Dict[str, _Done] = {}

    def run(self, members: List[Member]) -> Dict[str, _Done]:
        """See to all of them. One that fails keeps those that come after it from being touched, and no others."""
        waiting = list(members)
        under_way: Set[Future[_Done]] = set()
        at_once = min(len(members), self._engine.endpoint.most_at_once) or 1
        with ThreadPoolExecutor(at_once) as pool:
            try:
                while waiting or under_way:
                    ready = [one for one in waiting if (one.after | one.behind) <= set(self._done)]
                    waiting = [one for one in waiting if one not in ready]
                    under_way |= {pool.submit(self._see_to, one) for one in ready}
                    finished, under_way = wait(under_way, return_when=FIRST_COMPLETED)
                    for one in finished:
                        self._done[one.result().name] = one.result()
            except Exception:
                raise  # a bug of ours: what is under way goes on to its end
            except BaseException:
                # The task's time is over (its keyword `timeout`), or somebody wants it to end: the pool waits for all.
                from ..engine.hanging_up import hang_up

                self._engine.abandon()
                hang_up(self._behind)
                raise
        return self._done

    def _see_to(self, member: Member) -> _Done:
        failed = sorted(name for name in member.after if self._done[name].failure)
        if failed:
            message = "Not touched, because %s failed, on which it depends" % ", ".join(failed)
            return _Done(member.name, failure=TaskFailed(message, changed=False, skipped=True))
        try:
            result = converge(CONTAINER, self._engine, member.options, self._check_mode, member.waits)
        except TaskFailed as error:
            return _Done(member.name, failure=error)
        except (InvalidOption, EngineError) as error:
            return _Done(member.name, failure=TaskFailed(str(error), changed=False))
        if self._check_mode:
            containers.foretell(self._engine, member.name, result.values, result.before)
        return _Done(member.name, result)


def _result(done: List[_Done]) -> Result:
    changed = any(one.changed for one in done)
    values = {"containers": [one.entry() for one in done]}
    warnings = ["%s: %s" % (one.name, text) for one in done if one.result for text in one.result.warnings]
    failures = ["%s: %s" % (one.name, one.failure) for one in done if one.failure]
    if failures:
        message = "%d of %d containers failed. %s" % (len(failures), len(done), "; ".join(failures))
        raise TaskFailed(message, changed=changed, warnings=warnings, **values)
    results = {one.name: one.result for one in done if one.result and one.result.changed}
    before, after = ({name: getattr(one, side) for name, one in results.items()} for side in ("before", "after"))
    return Result(changed, values, before, after, tuple(warnings))


CONTAINERS = Task(
    "containers", containers.ARGUMENT_SPEC, _run, containers.CONSTRAINTS, containers.check, containers.needs_node
)
