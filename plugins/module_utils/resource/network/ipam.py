# SPDX-License-Identifier: GPL-3.0-or-later
"""Address pools of networks: subnets and what is set apart in them."""

from __future__ import annotations

from typing import Any, Dict, Iterator, List, Mapping, Sequence, Tuple

from ...values.addresses import canonical_ip, shown_ip
from ...values.errors import InvalidOption, InvalidValue
from ...values.subnets import canonical_subnet, contains, overlap, shown_subnet

Pool = Dict[str, Any]


def pools(value: Sequence[Mapping[str, Any]], context: Any) -> List[Pool]:
    """The pools a task asks for. Raises InvalidValue for what cannot be: addresses outside of their subnet or taken
    twice, and subnets that overlap, of which Engines notice some when the network is made, and some never."""
    found = [_pool(one) for one in value]
    if driver(context.options.get("ipam_driver"), context) == "default":  # other drivers have rules of their own
        for number, one in enumerate(found):
            _check(one)
            for other in found[:number]:
                if "subnet" in one and "subnet" in other and overlap(one["subnet"], other["subnet"]):
                    raise InvalidValue("the subnets %s and %s overlap" % (other["subnet"], one["subnet"]))
    return found


def _pool(given: Mapping[str, Any]) -> Pool:
    """An empty text, of a variable that was not filled in, leaves the choice to the Engine, but for the subnet."""
    pool: Pool = {}
    if given.get("subnet") is not None:
        pool["subnet"] = _subnet(given["subnet"])
    if given.get("iprange"):
        pool["iprange"] = _subnet(given["iprange"])
    if given.get("gateway"):
        pool["gateway"] = canonical_ip(given["gateway"])
    if given.get("aux_addresses") is not None:
        pool["aux_addresses"] = {str(name): _address(name, one) for name, one in given["aux_addresses"].items()}
    return pool


def _subnet(given: Any) -> str:
    try:
        return canonical_subnet(given)
    except InvalidValue as exc:
        raise InvalidOption("ipam_config", str(exc), whole=True) from exc


def _address(name: Any, given: Any) -> str:
    found = canonical_ip(given)
    if not found:
        raise InvalidValue("aux_addresses.%s has no address" % name)
    return found


def taken(pool: Mapping[str, Any]) -> Iterator[Tuple[str, str]]:
    """(what for, address) of each address of a pool that no container can have."""
    if pool.get("gateway"):
        yield "gateway", pool["gateway"]
    for name, address in sorted((pool.get("aux_addresses") or {}).items()):
        yield "aux_addresses.%s" % name, address


def _check(pool: Pool) -> None:
    subnet = pool.get("subnet")
    if subnet is None:
        if pool:
            raise InvalidValue("%s needs a subnet beside it" % ", ".join(sorted(pool)))
        return
    if "iprange" in pool and not contains(subnet, pool["iprange"]):
        raise InvalidValue("the iprange %s is outside of the subnet %s" % (pool["iprange"], subnet))
    seen: Dict[str, str] = {}
    for what, address in taken(pool):
        if not contains(subnet, address):
            raise InvalidValue("the address %s (%s) is outside of the subnet %s" % (address, what, subnet))
        if seen.setdefault(address, what) != what:
            raise InvalidValue("the address %s is taken twice: by %s and by %s" % (address, seen[address], what))


def driver(raw: Any, _context: Any) -> str:
    """The default one has no name on some Engines."""
    return str(raw or "default")


def observed(raw: Any, _context: Any) -> List[Pool]:
    """Pools as an Engine shows them (IPAM.Config)."""
    found = []
    for one in raw or ():
        pool: Pool = {key: shown_subnet(one[name]) for key, name in _SUBNETS if one.get(name)}
        if one.get("Gateway"):
            pool["gateway"] = shown_ip(one["Gateway"].partition("/")[0])
        if one.get("AuxiliaryAddresses"):
            pool["aux_addresses"] = {name: shown_ip(ip) for name, ip in one["AuxiliaryAddresses"].items()}
        found.append(pool)
    return found


_SUBNETS = (("subnet", "Subnet"), ("iprange", "IPRange"))
_KEYS = {"subnet": "Subnet", "iprange": "IPRange", "gateway": "Gateway", "aux_addresses": "AuxiliaryAddresses"}


def encode(value: Sequence[Pool], _context: Any) -> List[Dict[str, Any]]:
    return [{_KEYS[key]: item for key, item in pool.items()} for pool in value]


def same(have: Sequence[Pool], want: Sequence[Pool], _rule: str, _context: Any) -> bool:
    """Each wanted pool is there; there may be another, such as the IPv4 pool beside an IPv6 one that was asked for."""
    return all(any(_holds(one, wanted) for one in have) for wanted in want)


def _holds(have: Pool, want: Pool) -> bool:
    return all(have.get(key, {} if key == "aux_addresses" else None) == value for key, value in want.items())
