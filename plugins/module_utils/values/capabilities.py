# SPDX-License-Identifier: GPL-3.0-or-later
"""Capabilities in one spelling."""

from __future__ import annotations

from typing import Any


def canonical_capability(name: Any) -> str:
    """NET_ADMIN for NET_ADMIN, cap_net_admin and CAP_NET_ADMIN."""
    text = str(name).strip().upper()
    return text[4:] if text.startswith("CAP_") else text
