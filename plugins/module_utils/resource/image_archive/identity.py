# SPDX-License-Identifier: GPL-3.0-or-later
"""An image in an archive, and whether an Engine has it. Pure."""

from __future__ import annotations

from typing import Any, Mapping, NamedTuple, Optional, Tuple

from ..image.containerd import known_by_manifest

# What an image's configuration and an inspect document have in common (GET /images/{name}/json), empty values left out.
_PROCESS = (
    *("Cmd", "Entrypoint", "Env", "ExposedPorts", "Healthcheck", "Labels", "OnBuild"),
    *("StopSignal", "User", "Volumes", "WorkingDir"),
)


class ArchivedImage(NamedTuple):
    """One image of an archive.

    names     as an Engine writes them (busybox:1); none for an image that was saved by its ID
    config_id digest of the configuration: the ID in Docker's classic image store; empty where the archive does not say
    manifest  digest of the manifest, or of the index of manifests: the ID in the containerd image store; empty in
              archives of Engines before 25, which have none
    config    the configuration (OCI image-spec, config.md); empty where the archive does not hold it
    """

    names: Tuple[str, ...] = ()
    config_id: str = ""
    manifest: str = ""
    config: Mapping[str, Any] = {}

    @property
    def reference(self) -> str:
        """What to look for where the image has no name."""
        return self.config_id or self.manifest

    def is_known_as(self, image_id: str) -> bool:
        """Whether this ID, or its beginning, is the image's."""
        prefix, _colon, digits = image_id.rpartition(":")
        return any(one.startswith("%s:%s" % (prefix or "sha256", digits)) for one in (self.config_id, self.manifest))

    @property
    def references(self) -> Tuple[str, ...]:
        """Its names, else its ID."""
        return self.names or (self.reference,)


def is_there(archived: ArchivedImage, document: Optional[Mapping[str, Any]]) -> bool:
    """Whether the Engine's image with this inspect document is the archive's."""
    if not document:
        return False
    if document["Id"] in (archived.config_id, archived.manifest):
        return True
    # The containerd store makes a manifest of its own for an archive without one, and nobody knows its digest.
    return not archived.manifest and known_by_manifest(document) and _same_content(document, archived.config)


def _same_content(document: Mapping[str, Any], config: Mapping[str, Any]) -> bool:
    """Layers, moment of creation, platform and what is run: whatever both documents speak of."""
    layers = (config.get("rootfs") or {}).get("diff_ids")
    if not layers or layers != (document.get("RootFS") or {}).get("Layers"):
        return False
    pairs = (("created", "Created"), ("architecture", "Architecture"), ("os", "Os"))
    if any((config.get(here) or "") != (document.get(there) or "") for here, there in pairs):
        return False
    mine, theirs = config.get("config") or {}, document.get("Config") or {}
    return all((mine.get(name) or None) == (theirs.get(name) or None) for name in _PROCESS)
