# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the rows in module_utils/resource/container/image.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  image:
    description:
      - The image the container is made from, such as V(nginx:1.27), V(registry.example.com/app@sha256:...) or an image
        ID. Without a tag, V(latest) is meant.
      - V(nginx) and V(docker.io/library/nginx:latest) are one image. Whether another name of the right image is a
        difference says O(image_name_mismatch), whether it is pulled says O(pull).
      - Needed with O(state=present), and to make a container that does not exist yet.
      - Compared by V(strict); a change replaces the container.
    type: str
  platform:
    description:
      - The platform of the image to use, such as V(linux/arm64/v8). What is left out fits anything; V(aarch64) and
        V(arm64) are the same.
      - Compared by V(strict); a change replaces the container.
    type: str
"""
