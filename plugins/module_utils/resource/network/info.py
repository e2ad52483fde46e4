# SPDX-License-Identifier: GPL-3.0-or-later
"""network_info: the documents of networks."""

from __future__ import annotations

from typing import List

from ...engine.api import networks
from ...engine.client import Engine
from ...values.filters import Filters
from ..documents import Kind
from .named import look


def _listed(engine: Engine, filters: Filters) -> List[str]:
    return [one["Id"] for one in engine.documents(networks.list_(filters=filters))]


NETWORKS = Kind("network", look, _listed)
