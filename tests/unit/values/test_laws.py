# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""What holds for any value of Docker's notations."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.values.addresses import (
    canonical_ip,
    canonical_mac,
    shown_ip,
    shown_mac,
)
from ansible_collections.longshore.docker.plugins.module_utils.values.capabilities import canonical_capability
from ansible_collections.longshore.docker.plugins.module_utils.values.devices import parse_device
from ansible_collections.longshore.docker.plugins.module_utils.values.durations import format_duration, parse_duration
from ansible_collections.longshore.docker.plugins.module_utils.values.env_file import parse_env_file
from ansible_collections.longshore.docker.plugins.module_utils.values.errors import InvalidValue
from ansible_collections.longshore.docker.plugins.module_utils.values.images import parse_image, same_image
from ansible_collections.longshore.docker.plugins.module_utils.values.mounts import (
    format_volume,
    parse_volume,
    shown_volume,
)
from ansible_collections.longshore.docker.plugins.module_utils.values.platforms import format_platform, parse_platform
from ansible_collections.longshore.docker.plugins.module_utils.values.ports import parse_exposed, parse_published
from ansible_collections.longshore.docker.plugins.module_utils.values.sizes import format_size, parse_size
from ansible_collections.longshore.docker.plugins.module_utils.values.ulimits import parse_ulimit
from ansible_collections.longshore.docker.plugins.module_utils.values.words import scalar_text
from ansible_collections.longshore.docker.tests.unit.values.notations import NOTATIONS, OF_DICTS, OF_LISTS, cases

LARGEST = 2**63 - 1
SPELLINGS = {name: [entry[0] for part in ("canonical", "refused") for entry in cases(name)[part]] for name in NOTATIONS}
scalars = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), st.text())


def near(notation: str) -> st.SearchStrategy[Any]:
    """Texts that look like the notation: the cases' own, cut and put together anew, with and without noise."""
    flat = [text for one in SPELLINGS[notation] for text in (one if isinstance(one, list) else [one])]
    known = st.sampled_from([str(one) for one in flat])
    pieces = st.tuples(known, st.integers(0, 12), known, st.integers(0, 12))
    joined = pieces.map(lambda four: four[0][: four[1]] + four[2][four[3] :])
    return st.one_of(known, joined, st.tuples(joined, st.characters()).map("".join))


def outcome(notation: str, value: Any) -> str:
    """refused or accepted; any other exception is a bug."""
    try:
        NOTATIONS[notation](value)
    except InvalidValue:
        return "refused"
    return "accepted"


@pytest.mark.parametrize("notation", sorted(set(NOTATIONS) - set(OF_LISTS + OF_DICTS) - {"words", "env_files"}))
@given(st.data())
def test_nothing_but_invalid_value(notation: str, data: st.DataObject) -> None:
    value = data.draw(st.one_of(near(notation), scalars, st.lists(scalars, max_size=2)))
    assert outcome(notation, value) in ("refused", "accepted")


@pytest.mark.parametrize("notation", OF_LISTS)
@given(st.data())
def test_nothing_but_invalid_value_for_elements(notation: str, data: st.DataObject) -> None:
    value = data.draw(st.lists(st.one_of(near(notation), scalars), max_size=3))
    assert outcome(notation, value) in ("refused", "accepted")


@pytest.mark.parametrize("notation", ["words", "env_files"])
@given(st.data())
def test_nothing_but_invalid_value_for_texts(notation: str, data: st.DataObject) -> None:
    assert outcome(notation, data.draw(st.one_of(near(notation), st.text()))) in ("refused", "accepted")


@pytest.mark.parametrize(
    ("notation", "shown"), [("ip_addresses", shown_ip), ("mac_addresses", shown_mac), ("volumes", shown_volume)]
)
@given(st.data())
def test_what_an_engine_shows_is_never_refused(notation: str, shown: Any, data: st.DataObject) -> None:
    text = data.draw(st.one_of(near(notation), st.text()))
    value = shown(text)
    assert outcome(notation, text) == "refused" or value == NOTATIONS[notation](text)


HEALTH = ("test", "test_cli_compatible", "interval", "timeout", "start_period", "start_interval", "retries")


@given(st.dictionaries(st.sampled_from(HEALTH), st.one_of(near("durations"), scalars, st.lists(scalars)), max_size=4))
def test_nothing_but_invalid_value_for_health_checks(value: dict[str, Any]) -> None:
    assert outcome("healthchecks", value) in ("refused", "accepted")


@given(scalars)
def test_scalars_become_texts_or_are_refused(value: Any) -> None:
    try:
        assert isinstance(scalar_text(value, "it"), str)
    except InvalidValue:
        assert not isinstance(value, str)


@given(st.integers(0, LARGEST))
def test_sizes_there_and_back(size: int) -> None:
    assert parse_size(format_size(size)) == parse_size(str(size)) == parse_size(size) == size


@given(st.integers(0, 2**20), st.sampled_from("kmgt"))
def test_units_of_sizes_in_any_spelling(number: int, unit: str) -> None:
    assert len({parse_size("%d%s" % (number, one)) for one in (unit, unit.upper(), unit + "b", unit + "iB")}) == 1


@given(st.integers(0, LARGEST))
def test_durations_there_and_back(duration: int) -> None:
    assert parse_duration(format_duration(duration)) == parse_duration("%dns" % duration) == duration


@given(st.ip_addresses())
def test_an_address_has_one_spelling(address: Any) -> None:
    once = canonical_ip(str(address))
    assert canonical_ip(once) == canonical_ip("[%s]" % once) == canonical_ip(address.exploded.upper()) == once


@given(st.binary(min_size=6, max_size=6))
def test_a_mac_address_has_one_spelling(raw: bytes) -> None:
    once = canonical_mac(raw.hex(":"))
    assert canonical_mac(once) == canonical_mac(raw.hex("-").upper()) == once


@given(st.from_regex(r"[A-Z][A-Z_]{1,12}", fullmatch=True).filter(lambda name: not name.startswith("CAP_")))
def test_a_capability_has_one_spelling(name: str) -> None:
    assert canonical_capability(name) == canonical_capability("cap_" + name.lower()) == name


paths = st.from_regex(r"(/[a-z0-9._-]{1,6}){1,3}", fullmatch=True)
sources = st.one_of(paths, st.from_regex(r"[a-z0-9][a-z0-9_.-]{1,8}", fullmatch=True))
modes = st.lists(st.sampled_from(["ro", "z", "cached", "rslave"]), unique=True)


@given(sources, paths, modes, st.randoms())
def test_volumes_there_and_back(source: str, target: str, mode: list[str], random: Any) -> None:
    volume = parse_volume(":".join([source, target] + ([",".join(mode)] if mode else [])))
    assert volume == (source, target, tuple(sorted(mode)))
    assert parse_volume(format_volume(volume)) == volume
    random.shuffle(mode)
    assert (
        parse_volume(":".join([source, target + "/", ",".join([*mode, "rw"] if "ro" not in mode else mode)])) == volume
    )


parts = st.from_regex(r"[a-z0-9]{1,4}((\.|_|__|-{1,3})[a-z0-9]{1,4}){0,2}", fullmatch=True)
hosts = st.sampled_from(["", "localhost", "localhost:5000", "quay.io", "10.0.0.1:80", "[::1]:80", "Upper", "a.b:1"])
tags = st.from_regex(r"\A[A-Za-z0-9_][A-Za-z0-9_.-]{0,10}\Z", fullmatch=True)
digests = st.from_regex(r"sha256:[0-9a-f]{64}", fullmatch=True)


@given(hosts, st.lists(parts, min_size=1, max_size=3), st.one_of(st.just(""), tags), st.one_of(st.just(""), digests))
def test_images_there_and_back(host: str, path: list[str], tag: str, digest: str) -> None:
    if not host and len(path) > 1 and ("." in path[0] or path[0] == "localhost"):
        path = path[1:]
    text = "/".join(([host] if host else []) + path) + (":" + tag if tag else "") + ("@" + digest if digest else "")
    found = parse_image(text)
    assert parse_image(found.full)[:2] == found[:2]
    assert parse_image(found.full).digest == digest
    assert digest or parse_image(found.full) == parse_image(found.with_tag) == found
    assert same_image(text, found.full)
    assert host or same_image(text, "docker.io/" + ("library/" if len(path) == 1 else "") + text)


architectures = st.sampled_from(["amd64", "arm64", "arm", "386", "x86_64", "aarch64", "armhf", "i386", "s390x"])
variants = st.sampled_from(["", "v6", "v7", "v8", "8", "v1", "v2"])


@given(st.sampled_from(["linux", "windows", "macos"]), architectures, variants)
def test_platforms_there_and_back(system: str, architecture: str, variant: str) -> None:
    once = parse_platform("/".join(part for part in (system, architecture, variant) if part))
    assert parse_platform(format_platform(once)) == once


@given(st.sampled_from(["nofile", "memlock", "core"]), st.integers(0, 10**9), st.integers(0, 10**9))
def test_ulimits_there_and_back(name: str, one: int, other: int) -> None:
    soft, hard = sorted((one, other))
    for sep in ":=":
        assert parse_ulimit("%s%s%d:%d" % (name, sep, soft, hard)) == (name, soft, hard)


@given(paths, paths, st.lists(st.sampled_from("rwm"), min_size=1, max_size=3, unique=True))
def test_devices_there_and_back(host: str, container: str, permissions: list[str]) -> None:
    once = parse_device("%s:%s:%s" % (host, container, "".join(permissions)))
    assert parse_device(":".join(once)) == once
    assert set(once[2]) == set(permissions)


ports = st.tuples(
    st.sampled_from(["", "127.0.0.1", "::1", "::"]),
    st.one_of(st.just(""), st.integers(1, 65535).map(str)),
    st.integers(1, 65535),
    st.sampled_from(["tcp", "udp", "sctp"]),
)


@given(st.lists(ports, max_size=4))
def test_ports_there_and_back(wanted: list[tuple[str, str, int, str]]) -> None:
    specs = []
    for ip, outer, inner, protocol in wanted:
        host = "[%s]:" % ip if ":" in ip else ip + ":" if ip else ""
        specs.append("%s%s%d/%s" % (host, outer + ":" if host or outer else "", inner, protocol))
    found = parse_published(specs)
    assert {(ip, outer, port) for port, pairs in found.items() for ip, outer in pairs} == {
        (ip, outer, "%d/%s" % (inner, protocol)) for ip, outer, inner, protocol in wanted
    }
    assert all(len(pairs) == len(set(pairs)) for pairs in found.values())
    assert parse_exposed(list(found)) == sorted(found)


@given(st.integers(1, 60000), st.integers(1, 60000), st.integers(0, 20))
def test_a_range_is_its_ports(outer: int, inner: int, more: int) -> None:
    whole = parse_published(["%d-%d:%d-%d" % (outer, outer + more, inner, inner + more)])
    assert whole == parse_published(["%d:%d" % (outer + index, inner + index) for index in range(more + 1)])


names = st.from_regex(r"\A[A-Za-z_][A-Za-z0-9_.-]{0,8}\Z", fullmatch=True)
values = st.text(st.characters(exclude_characters="\n", exclude_categories=["Cs"]), max_size=12)


@given(st.dictionaries(names, values.map(str.rstrip)))
def test_environments_there_and_back(env: dict[str, str]) -> None:
    text = "".join("%s=%s\n" % pair for pair in env.items())
    assert parse_env_file(text) == parse_env_file(text.replace("\n", "\r\n")) == env


@given(st.text())
def test_an_environment_file_is_not_quoted_in_what_is_refused(secret: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        parse_env_file("A B=hunter2" + secret.replace("\n", ""))
    assert "hunter2" not in str(caught.value)
