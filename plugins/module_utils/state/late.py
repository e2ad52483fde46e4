# SPDX-License-Identifier: GPL-3.0-or-later
"""Functions that are imported when they are first called: a task pays for the options that it uses, not for all."""

from __future__ import annotations

from importlib import import_module
from typing import Any, Callable, Optional


class Late:
    """Stands for the function `place` (module.function) of a package.

    ansible-core ships only what import statements name, so whoever uses this names the modules under TYPE_CHECKING too.
    """

    def __init__(self, package: str, place: str) -> None:
        self._package, self.place = package, place
        self._function: Optional[Callable[..., Any]] = None

    def resolve(self) -> Callable[..., Any]:
        """The function itself."""
        if self._function is None:
            module, _dot, name = self.place.rpartition(".")
            self._function = getattr(import_module("%s.%s" % (self._package, module)), name)
        return self._function

    def __call__(self, *arguments: Any) -> Any:
        return self.resolve()(*arguments)
