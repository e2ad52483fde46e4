# SPDX-License-Identifier: GPL-3.0-or-later
"""One option, declared once: its argument, its place in the API, how it is read back, how it compares. Pure."""

from __future__ import annotations

from typing import Any, Callable, Dict, Mapping, Optional, Tuple

from ..values.errors import InvalidOption, InvalidValue
from .compare import DICT, DICTS, LIST, SET, STRICT, SUBSET, VALUE, holds, merged

REPLACE, UPDATE, STEPS = "replace", "update", "steps"


class Unknown:
    """What nobody can know before the Engine has chosen it; never compared, never shown."""


UNKNOWN = Unknown()
_EMPTY: Dict[str, Any] = {"bool": False, "int": 0, "float": 0, "str": "", "list": [], "dict": {}}
_KIND = {"list": SET, "dict": DICT}


class Field:
    """A row of an option table.

    name       the option
    api        where the value is written in the body of create, dotted ("HostConfig.Memory"); "" for none
    read       where it is read in the inspect document; default: api, below Config unless it begins with HostConfig
    kind       how values compare (state.compare); `rule` is the default rule, which users override by `comparisons`
    parse      (value, context) -> canonical value; may raise InvalidValue
    want       (context) -> canonical value or None; instead of parse, where several options make one value, which
               `uses` names
    encode     (canonical, context) -> API value      decode  (API value or None, context) -> canonical value
    write      (canonical, context) -> part of the body, merged into it; instead of api and encode
    observe    (document, context) -> canonical value; instead of read and decode
    same       (have, want, rule, context) -> bool; instead of the comparison by kind
    default    what a fresh object has where the option is not given: a value, UNKNOWN, or (context) -> value
    fill       (want, default) -> what a fresh object has where the option is given; instead of merging by kind
    change     REPLACE, UPDATE (one call, in place), STEPS (calls of its own, made by the resource)
    in_place   (have, want, context) -> whether UPDATE or STEPS can mend it in place this time
    follow     (have of all rows, want of all rows) -> values of other rows to send along with an update
    show       (canonical) -> how the diff shows it
    since      the API version the option needs
    until      the API version from which on Engines take no notice of it; None where none has dropped it
    system     the operating system whose Engines alone take notice of it; "" for all
    needs      (canonical) -> {suboption: API version}, for what is newer than the option itself
    preset     the argument's default: what the task says where it says nothing; None for none
    spec       the rest is the argument specification; type is str where not given
    """

    def __init__(
        self,
        name: str,
        api: str = "",
        read: str = "",
        kind: str = "",
        rule: str = "",
        parse: Optional[Callable[[Any, Any], Any]] = None,
        want: Optional[Callable[[Any], Any]] = None,
        uses: Tuple[str, ...] = (),
        encode: Optional[Callable[[Any, Any], Any]] = None,
        decode: Optional[Callable[[Any, Any], Any]] = None,
        write: Optional[Callable[[Any, Any], Dict[str, Any]]] = None,
        observe: Optional[Callable[[Mapping[str, Any], Any], Any]] = None,
        same: Optional[Callable[[Any, Any, str, Any], bool]] = None,
        default: Any = None,
        fill: Optional[Callable[[Any, Any], Any]] = None,
        change: str = REPLACE,
        in_place: Optional[Callable[[Any, Any, Any], bool]] = None,
        follow: Optional[Callable[[Dict[str, Any], Dict[str, Any]], Dict[str, Any]]] = None,
        show: Callable[[Any], Any] = lambda value: value,
        since: Tuple[int, int] = (0, 0),
        until: Optional[Tuple[int, int]] = None,
        system: str = "",
        needs: Optional[Callable[[Any], Dict[str, Tuple[int, int]]]] = None,
        preset: Any = None,
        **spec: Any,
    ) -> None:
        self.name, self.since, self.change, self.show = name, since, change, show
        self.spec = dict({"type": "str"}, **(spec if preset is None else dict(spec, default=preset)))
        self.until, self.system, self._needs, self._fill, self._uses = until, system, needs, fill, uses or (name,)
        self.api = tuple(api.split(".")) if api else ()
        self.path = tuple((read or (api if api.startswith("HostConfig.") else "Config." + api)).split("."))
        # What a document that does not show the key says: newer APIs drop keys, and leave out what is empty.
        fixed = default is not None and default is not UNKNOWN and not callable(default)
        self.empty = default if fixed else _EMPTY.get(self.spec["type"])
        self.kind = kind or _KIND.get(self.spec["type"], VALUE)
        self.rule = rule or (STRICT if self.kind in (VALUE, LIST) else SUBSET)
        self.default = self.empty if default is None else default
        self._parse, self._want, self._encode, self._decode = parse, want, encode, decode
        self._write, self._observe, self._same, self._in_place, self._follow = write, observe, same, in_place, follow

    def wanted(self, context: Any) -> Any:
        """The canonical value the task asks for, None where it asks for none. Raises InvalidOption."""
        given = context.options.get
        if all(given(name) is None for name in self._uses):
            return None
        try:
            if self._want:
                return self._want(context)
            return self._parse(given(self.name), context) if self._parse else given(self.name)
        except InvalidValue as exc:
            raise InvalidOption(self.name, exc) from exc

    def needed(self, want: Any) -> Dict[str, Tuple[int, int]]:
        """The API versions that the value needs, by the names of option and suboptions."""
        found = {self.name: self.since}
        if self._needs:
            found.update(("%s.%s" % (self.name, key), since) for key, since in self._needs(want).items())
        return found

    def ignored(self, api_version: Tuple[int, int], system: Optional[str]) -> str:
        """Why an Engine takes no notice of the option; empty where it does, or where nobody knows (system is None)."""
        if self.until and api_version >= self.until:
            return "Engines take no notice of it since API %d.%d" % self.until
        if self.system and system not in (self.system, None):
            return "Engines for %s take no notice of it" % system
        return ""

    def observed(self, document: Mapping[str, Any], context: Any) -> Any:
        """The canonical value an inspect document shows."""
        if self._observe:
            return self._observe(document, context)
        node: Any = document
        for key in self.path:
            node = (node or {}).get(key)
        if self._decode:
            return self._decode(node, context)
        return self.empty if node is None else node

    def fresh(self, want: Any, context: Any) -> Any:
        """The value a new object will have: the one wanted, on top of what image and Engine supply."""
        base = self.default(context) if callable(self.default) else self.default
        if want is None or self._not_given(want):
            return base
        if base is UNKNOWN:
            return want
        return self._fill(want, base) if self._fill else merged(self.kind, base, want)

    def satisfied(self, have: Any, want: Any, rule: str, context: Any) -> bool:
        """Whether nothing has to be done for this row."""
        if self._not_given(want):
            want = self.fresh(want, context)
            if want is UNKNOWN:
                return True
        if self._same and rule in (STRICT, SUBSET):
            return self._same(have, want, rule, context)
        if rule == STRICT and self.kind in (SET, DICT, DICTS):
            want = self.fresh(want, context)
        return holds(self.kind, rule, have, want)

    def kept(self, have: Any, want: Any, context: Any) -> bool:
        """Whether a new object has what is there, to the letter: a dict of a list loses what is not wanted of it."""
        if not self.satisfied(have, want, STRICT, context):
            return False
        if self.kind != DICTS or self.change == STEPS:
            return True
        return holds(DICTS, SUBSET, want, [{key: item for key, item in one.items() if item} for one in have])

    def _not_given(self, want: Any) -> bool:
        """An empty text leaves the choice to the image or the Engine, which put their own value in its place."""
        return self.kind == VALUE and isinstance(want, str) and not want

    def updatable(self, have: Any, want: Any, context: Any) -> bool:
        """Whether this difference can be mended without replacing the object."""
        if self.change not in (UPDATE, STEPS):
            return False
        return self._in_place(have, want, context) if self._in_place else self.change == STEPS or bool(want)

    def followers(self, have: Dict[str, Any], want: Dict[str, Any]) -> Dict[str, Any]:
        """Values of other rows that have to be sent along when this one is updated."""
        return self._follow(have, want) if self._follow else {}

    def body(self, value: Any, context: Any) -> Dict[str, Any]:
        """The part of a create body that sets this row."""
        if self._write:
            return self._write(value, context)
        node: Any = self._encode(value, context) if self._encode else value
        for key in reversed(self.api):
            node = {key: node}
        return dict(node) if self.api else {}


def merge_into(body: Dict[str, Any], part: Mapping[str, Any]) -> Dict[str, Any]:
    """Merge dicts of dicts; where both hold a list, the parts are appended. Returns `body`; `part` stays as it is."""
    for key, value in part.items():
        if isinstance(value, dict) and isinstance(body.get(key), dict):
            merge_into(body[key], value)
        elif isinstance(value, list) and isinstance(body.get(key), list):
            body[key] = body[key] + value
        else:
            body[key] = merge_into({}, value) if isinstance(value, dict) else value
    return body
