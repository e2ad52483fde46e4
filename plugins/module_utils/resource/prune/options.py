# SPDX-License-Identifier: GPL-3.0-or-later
"""prune: its options, and the filters that can be foretold."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping

from ...engine.call import ApiVersion
from ...values.errors import InvalidOption, InvalidValue
from ...values.filters import Filters, encode_filters, truth
from ...values.moments import Now, format_moment, parse_moment
from ...values.sizes import parse_size

NAME = "prune"
# The filters of each kind (POST /containers/prune and so on), and whether they are true or false.
FILTERS: Dict[str, Dict[str, bool]] = {
    "containers": {"label": False, "label!": False, "until": False},
    "images": {"label": False, "label!": False, "until": False, "dangling": True},
    "networks": {"label": False, "label!": False, "until": False},
    "volumes": {"label": False, "label!": False, "all": True},
}
_SWITCH: Dict[str, Any] = {"type": "bool", "default": False}
ARGUMENT_SPEC: Dict[str, Dict[str, Any]] = {
    **dict.fromkeys(FILTERS, _SWITCH),
    **{name + "_filters": {"type": "dict"} for name in FILTERS},
    "builder_cache": _SWITCH,
    "builder_cache_all": _SWITCH,
    "builder_cache_filters": {"type": "dict"},
    "builder_cache_keep_storage": {"type": "str"},
}


def check(options: Mapping[str, Any]) -> None:
    """Refuse filters that the Engine does not know, or that cannot be understood."""
    for name in (*FILTERS, "builder_cache"):
        option = name + "_filters"
        try:
            filters = encode_filters(options.get(option))
            if name in FILTERS:
                _check_filters(name, filters)
        except InvalidValue as error:
            raise InvalidOption(option, error) from None
    keep_storage(options)


def _check_filters(name: str, filters: Filters) -> None:
    known = FILTERS[name]
    for one in filters:
        if one not in known:
            raise InvalidValue("there is no filter %s for %s, only %s" % (one, name, ", ".join(sorted(known))))
        if not filters[one] and not one.startswith("label"):
            raise InvalidValue("%s: the list is empty" % one)
        if known[one]:
            truth(filters, one, False)
    if len(filters.get("until", ())) > 1:
        raise InvalidValue("until: there can be only one")
    with_moment(filters, lambda: Now(2**63))


def keep_storage(options: Mapping[str, Any]) -> Any:
    """The bytes of the build cache that are to stay, None where that was not said. Raises InvalidOption."""
    given = options.get("builder_cache_keep_storage")
    try:
        return None if given is None else parse_size(given)
    except InvalidValue as error:
        raise InvalidOption("builder_cache_keep_storage", error) from None


def filters_of(kind: str, options: Mapping[str, Any], now: Callable[[], Now]) -> Filters:
    """The filters to send: `until` as a moment, so that it means the same for what is foretold and for what is done."""
    return with_moment(encode_filters(options.get(kind + "_filters")), now)


def as_known(filters: Filters, version: ApiVersion) -> Filters:
    """The filters for volumes. Before API 1.42 all unused ones are meant, and the filter that says so is unknown.
    Raises InvalidOption where named ones cannot be spared."""
    if version >= (1, 42):
        return filters
    if not truth(filters, "all", True):
        raise InvalidOption(
            "volumes_filters", "all: this Engine cannot spare volumes that have a name: that needs API 1.42"
        )
    return {name: values for name, values in filters.items() if name != "all"}


def with_moment(filters: Filters, now: Callable[[], Now]) -> Filters:
    """The same with `until` in Unix seconds. Raises InvalidValue."""
    found: Dict[str, List[str]] = dict(filters)
    if filters.get("until"):
        found["until"] = [format_moment(parse_moment(filters["until"][0], now))]
    return found
