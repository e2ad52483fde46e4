# SPDX-License-Identifier: GPL-3.0-or-later
"""What the rows of the container table may look at."""

from __future__ import annotations

from typing import Any, Callable, Dict, List, Mapping, Optional

from ...engine.call import ApiVersion
from ...state.field import UNKNOWN

# pull: no need; the registry or this Engine says that there is a need; only pulling can tell
NO, YES, UNSURE = "", "yes", "unsure"


class Context:
    """One task and what was observed for it.

    options    the validated options                 want, have  canonical values by row, filled while planning
    container  the inspect document or None          leftover    the container a cut-off replacement left aside, or None
    going      documents of those that are being removed, or were in vain: they are no good, and hold their names
    image      the image's inspect document, None where it is not here or has yet to be pulled
    image_name what the container that is there was made from, where that still leads to its image
    brought    rows to which another image that is named adds what it brings -> what the task names, or None
    own_image  that of the container's own image, where image_comparison wants it compared with that and it is another
    comparing  whether what is looked at is the container that is there, and not the one that would be made
    pull       whether the plan has to pull the image: NO, YES, UNSURE
    outdated   whether there is an image, and the registry has another digest: of another image, or of other platforms'
    access     with what the registry is asked (..image.registry.Access), where the image has to be pulled
    host_ip    where ports are published for which no address is named
    warnings   what the user should know of it
    ids        container names that options refer to -> IDs
    """

    def __init__(self, options: Mapping[str, Any], api_version: ApiVersion) -> None:
        self.options, self.api_version = options, api_version
        self.name: str = options["name"].lstrip("/")
        self.container: Optional[Dict[str, Any]] = None
        self.leftover: Optional[Dict[str, Any]] = None
        self.going: List[Dict[str, Any]] = []
        self.image: Optional[Dict[str, Any]] = None
        self.image_name = ""
        self.brought: Dict[str, Any] = {}
        self.own_image: Optional[Dict[str, Any]] = None
        self.comparing = False
        self.pull = NO
        self.outdated = False
        self.access: Any = None
        self.host_ip = "0.0.0.0"  # noqa: S104 - the incumbent's default, which playbooks rely on
        self.warnings: List[str] = []
        self.ids: Dict[str, str] = {}
        self.want: Dict[str, Any] = {}
        self.have: Dict[str, Any] = {}

    def from_image(self, key: str, empty: Any) -> Any:
        """A value of the image's Config; UNKNOWN while the image is not here."""
        image = (self.own_image if self.comparing else None) or self.image
        if image is None:
            return UNKNOWN
        value = (image.get("Config") or {}).get(key)
        return empty if value is None else value


def image_default(key: str, empty: Any, decode: Optional[Callable[[Any], Any]] = None) -> Callable[[Context], Any]:
    """A row's default that the image supplies under Config.KEY."""

    def default(context: Context) -> Any:
        value = context.from_image(key, empty)
        return value if value is UNKNOWN or decode is None else decode(value)

    return default
