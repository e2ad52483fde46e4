# SPDX-License-Identifier: GPL-3.0-or-later
"""Which images POST /images/prune takes, by the rules of the two stores that an Engine may keep them in. Pure."""

from __future__ import annotations

import hashlib
from typing import Any, Callable, Dict, List, NamedTuple, Optional, Sequence, Set

from ...values.errors import InvalidValue
from ...values.images import parse_image

Document = Dict[str, Any]
Names = Dict[str, Set[str]]
Layers = Callable[[str], Sequence[str]]


class Removal(NamedTuple):
    """`records` as the Engine reports them; `first` are names that have to be taken away one by one before."""

    records: List[Dict[str, str]]
    first: List[str]


def foretell(
    listed: Sequence[Document],
    meant: Set[str],
    dangling: bool,
    users: Sequence[Document],
    layers: Optional[Layers],
) -> Removal:
    """`listed` are all images, those between others too, `meant` the IDs of those that the filters let through, `users`
    the containers that stay. `dangling`: only images without a tag. `layers` tells of an image, by its ID, what it is
    made of; None for containerd's store, which does not report them."""
    used: Names = {}
    for one in users:
        used.setdefault(one.get("ImageID") or "", set()).add(_full(one.get("Image") or ""))
    wanted = [one for one in listed if one["Id"] in meant and not (dangling and _tags(one))]
    return _of_containerd(wanted, used) if layers is None else _of_layers(listed, wanted, used, layers)


def _of_layers(listed: Sequence[Document], wanted: Sequence[Document], used: Names, layers: Layers) -> Removal:
    """The store of graph drivers. An image that is used keeps one name; which one, the Engine leaves to chance. So the
    others are taken away before it is asked to prune, and the containers' own name stays."""
    parents = {one.get("ParentId") for one in listed}
    first: List[str] = []
    untagged: List[str] = []
    bare = {one["Id"] for one in listed if not _names(one)}
    roots: List[str] = []
    for image in wanted:
        if image["Id"] in bare and image["Id"] in parents:
            continue
        if image["Id"] in used:
            others = _other_names(image, used[image["Id"]])
            first += others
            untagged += _with_digests(image, others)
        else:
            untagged += _names(image)
            bare.add(image["Id"])
            roots.append(image["Id"])
    gone = _gone(listed, roots, bare - set(used))
    gone += _lost_layers([one["Id"] for one in listed], gone, layers)
    return Removal([{"Untagged": one} for one in untagged] + [{"Deleted": one} for one in gone], first)


def _lost_layers(listed: Sequence[str], gone: Sequence[str], layers: Layers) -> List[str]:
    """The layers of images that go, but for those that other images have."""
    lost = {one for image in gone for one in _chain(layers(image))}
    if not lost:
        return []
    return sorted(lost.difference(*(_chain(layers(image)) for image in listed if image not in gone)))


def _chain(digests: Sequence[str]) -> List[str]:
    """What layers are called with all that is below them (the ChainID of the OCI image specification)."""
    found: List[str] = []
    for one in digests:
        whole = hashlib.sha256(("%s %s" % (found[-1], one)).encode("ascii")).hexdigest() if found else ""
        found.append("sha256:" + whole if found else one)
    return found


def _gone(listed: Sequence[Document], roots: Sequence[str], free: Set[str]) -> List[str]:
    """Images without children go; then their parents, if these are free and left without children too."""
    parent = {one["Id"]: one.get("ParentId") or "" for one in listed}
    children: Names = {}
    for image, above in parent.items():
        children.setdefault(above, set()).add(image)
    waiting = [one for one in roots if one in free and not children.get(one)]
    gone = []
    while waiting:
        image = waiting.pop()
        gone.append(image)
        above = parent[image]
        children[above].discard(image)
        if above in free and not children[above]:
            waiting.append(above)
    return gone


def _of_containerd(wanted: Sequence[Document], used: Names) -> Removal:
    """containerd's store. A name stays if a container was made by it; an image without any goes if it is not used."""
    records: List[Dict[str, str]] = []
    kept = {name for names in used.values() for name in names}
    for image in wanted:
        tags = _tags(image)
        lost = [one for one in tags if _full(one) not in kept]
        if image["Id"] not in used and len(lost) == len(tags):
            records += [{"Untagged": one} for one in lost or [image["Id"]]]
            records.append({"Deleted": image["Id"]})
        else:
            records += [{"Untagged": one} for one in lost]
    return Removal(records, [])


def _tags(image: Document) -> List[str]:
    return [one for one in image.get("RepoTags") or () if not one.startswith("<none>")]


def _names(image: Document) -> List[str]:
    """By tag and by digest."""
    return _tags(image) + [one for one in image.get("RepoDigests") or () if not one.startswith("<none>")]


def _other_names(image: Document, wanted: Set[str]) -> List[str]:
    """All names but one that a container was made by, or the first, and but the digests that belong to that. Taking a
    repository's last tag takes its digests, so those are not named."""
    names = _names(image)
    kept = next((one for one in names if _full(one) in wanted), names[0] if names else "")
    tagged = {_repository(one) for one in [*_tags(image), kept]}
    return [one for one in names if one != kept and ("@" not in one or _repository(one) not in tagged)]


def _with_digests(image: Document, removed: Sequence[str]) -> List[str]:
    """What goes when these names are taken away."""
    left = {_repository(one) for one in _tags(image) if one not in removed}
    lost = {_repository(one) for one in removed} - left
    return [one for one in _names(image) if one in removed or ("@" in one and _repository(one) in lost)]


def _repository(name: str) -> str:
    return name.partition("@")[0] if "@" in name else name.rpartition(":")[0]


def _full(name: str) -> str:
    """With its tag, or its digest, as the Engine lists it."""
    try:
        return parse_image(name).full
    except InvalidValue:
        return name
