# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""A veiled text survives where a secret is taken out."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from ansible_collections.longshore.docker.plugins.module_utils.values.veil import unveil, veil


@given(st.text(), st.text(min_size=1))
def test_the_secret_is_not_in_it_and_it_comes_back(text: str, secret: str) -> None:
    veiled, letters = veil(text, secret)
    assert secret not in veiled + letters
    assert unveil(veiled, letters) == text
