# SPDX-License-Identifier: GPL-3.0-or-later
"""One effect of a plan, as data. Pure."""

from __future__ import annotations

from typing import Any, Callable, NamedTuple, Optional, Tuple, Union

from ..engine.call import Call


class Step(NamedTuple):
    """One effect. `doing` completes "failed while ..." in messages.

    how       how the call is made: "send" or another performer's name (task.perform); or one that only one kind of
              object needs: a function (engine, step, outcome) that may raise EngineError
    data      what such a performer needs besides the call
    undo      calls that take this step back when a later one fails, made in the order given
    effect    False for steps that only look or wait: they do not count as a change
    tolerate  HTTP statuses that mean the step's aim is reached already
    patience  seconds the Engine may take longer than its usual timeout, less than 0 for no limit
    limit     seconds a waiting step may take, 0 for no limit
    barrier   from this step on nothing is taken back: what came before has proved itself
    ours      the undo is right even where the reply was lost and nobody knows whether the step was done
    revive    steps to make once more when the Engine was away meanwhile: it may have been restarted
    waits     a call that is made first, and answered when what this step starts has ended
    taken_back, left    a sentence for the failure's message: when this step was taken back, when that was not possible
    """

    doing: str
    call: Call
    how: Union[str, Callable[..., Any]] = "send"
    undo: Tuple[Step, ...] = ()
    effect: bool = True
    tolerate: Tuple[int, ...] = ()
    patience: float = 0
    limit: float = 0
    barrier: bool = False
    ours: bool = False
    waits: Optional[Call] = None
    revive: Tuple[Step, ...] = ()
    taken_back: str = ""
    left: str = ""
    data: Any = None
