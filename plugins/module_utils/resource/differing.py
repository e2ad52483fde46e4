# SPDX-License-Identifier: GPL-3.0-or-later
"""What differs, named one by one: `differences` in the diff, which playbooks ask for by these names. Pure."""

from __future__ import annotations

from typing import Any, Iterator, List, Mapping, Sequence

from ..state.compare import DICT, DICTS, STRICT
from ..state.field import Field


def differing(
    rows: Sequence[Field], have: Mapping[str, Any], want: Mapping[str, Any], apart: Sequence[str] = ()
) -> List[str]:
    """The names of what is not as wanted in rows that differ: `labels.color`, `ipam_config[0].subnet`, `driver`.

    What is compared as one is named as one, and so is what is not there at all, but for the rows `apart`.
    """
    return [name for row in rows for name in _names(row, have[row.name], want[row.name], row.name in apart)]


def _names(row: Field, have: Any, want: Any, apart: bool) -> Iterator[str]:
    if row.kind == DICT and row.rule != STRICT and (have or apart):
        for key, value in want.items():
            if key not in have or have[key] != value:
                yield "%s.%s" % (row.name, key)
    elif row.kind == DICTS and have:
        for number, one in enumerate(want):
            if not row.satisfied(have, [one], row.rule, None):  # nothing that is there is its counterpart
                for key in one:
                    yield "%s[%d].%s" % (row.name, number, key)
    else:
        yield row.name
