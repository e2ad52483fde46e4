# Copyright (c) 2026 The Longshore authors
# GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
# SPDX-License-Identifier: GPL-3.0-or-later
"""Documentation of the options in module_utils/resource/image_build/resource.py."""

from __future__ import annotations


class ModuleDocFragment:
    DOCUMENTATION = r"""
options:
  name:
    description:
      - The name that the image is given, such as V(app) or V(registry.example.com/app). It may end with a tag.
    type: str
    required: true
  tag:
    description:
      - The tag that the image is given, where O(name) has none.
    type: str
    default: latest
  path:
    description:
      - The folder that is the context of the build, on the machine where the task runs. What its C(.dockerignore)
        leaves out is not sent; a file C(NAME.dockerignore) beside the Dockerfile counts instead, where there is one.
      - A URL, or a git repository such as V(https://example.com/app.git#main), is fetched by the builder.
    type: path
    required: true
  dockerfile:
    description:
      - The Dockerfile. A relative path counts from O(path). It may be outside of the context.
      - C(Dockerfile) where nothing is said, or C(dockerfile).
    type: str
  args:
    description:
      - Build arguments. They can be read from the image's history, so they are no place for secrets.
    type: dict
  labels:
    description:
      - Labels of the image.
    type: dict
  etc_hosts:
    description:
      - Host names and their addresses, for the C(/etc/hosts) of containers in which the build runs commands.
    type: dict
  cache_from:
    description:
      - Images whose layers may be used again. V(type=registry,ref=NAME) means the same as the name; other types need
        C(docker buildx).
    type: list
    elements: str
  platform:
    description:
      - The platform to build for, such as V(linux/arm64). More than one need C(docker buildx).
    type: list
    elements: str
  network:
    description:
      - The network of containers in which the build runs commands, such as V(none), V(host), or the name of one.
        BuildKit knows V(none), V(host) and V(default) only.
    type: str
  target:
    description:
      - The stage of the Dockerfile to build; the last one where nothing is said.
    type: str
  shm_size:
    description:
      - The size of C(/dev/shm) in containers in which the build runs commands, such as V(64m).
    type: str
  nocache:
    description:
      - Whether to build without the layers of earlier builds.
      - This does not decide about whether anything is built; O(rebuild) does.
    type: bool
    default: false
  pull:
    description:
      - Whether to pull newer versions of the images that the Dockerfile starts from, when something is built.
      - This does not decide about whether anything is built; O(rebuild) does.
    type: bool
    default: false
  rebuild:
    description:
      - V(never) builds when there is no image of this name. The context is not even looked at when there is one.
      - V(changed) also builds when something has changed that goes into the image, be it a file of the context that is
        not ignored, its mode, the Dockerfile, or an option. The digest of all that is kept as the label
        C(longshore.docker.build), and compared. An image of another origin has no such label, and is built anew.
      - With V(changed), an image from which this one was built counts too, as far as it is on the Engine. So when one
        task builds an image anew, a second task builds anew what is built from it. Unless O(pull=true), by which
        nobody can know it beforehand.
      - With V(changed), and a context that the builder fetches by itself, it builds each time.
      - V(always) builds each time. That counts as a change, whatever comes of it.
    type: str
    choices: [never, always, changed]
    default: never
  builder:
    description:
      - V(auto) chooses what the Engine offers and the build needs.
      - V(classic) is the Engine's builder before BuildKit; V(buildkit) is BuildKit within the Engine.
      - V(buildx) is the program C(docker buildx) on the machine where the task runs. V(auto) chooses it for
        O(secrets), for more than one O(platform), for C(RUN --mount=type=ssh), and for O(outputs) outside of the
        Engine; where it is not installed, such a task fails before anything is built.
    type: str
    choices: [auto, classic, buildkit, buildx]
    default: auto
  docker_cli:
    description:
      - The docker program, where C(docker buildx) is needed and the program is not found by its name.
    type: path
  secrets:
    description:
      - Secrets for C(RUN --mount=type=secret). They do not become part of the image. Need C(docker buildx).
    type: list
    elements: dict
    suboptions:
      id:
        description:
          - The name under which the Dockerfile asks for the secret.
        type: str
        required: true
      type:
        description:
          - Where the secret is found, namely in the file O(secrets[].src), in the environment variable
            O(secrets[].env), or in O(secrets[].value).
        type: str
        choices: [file, env, value]
        required: true
      src:
        description:
          - A file on the machine where the task runs.
        type: path
      env:
        description:
          - The name of an environment variable of the task.
        type: str
      value:
        description:
          - The secret itself. The program is given it in its environment, not on its command line.
        type: str
  outputs:
    description:
      - Where the outcome of the build goes. An image on the Engine is what comes of it where nothing is said.
    type: list
    elements: dict
    suboptions:
      type:
        description:
          - V(image) and V(docker) are images on the Engine. V(docker) with O(outputs[].dest), V(oci), V(tar) and
            V(local), and images that are pushed, need C(docker buildx).
        type: str
        choices: [local, tar, oci, docker, image]
        required: true
      dest:
        description:
          - The file, or with V(local) the folder, that is written. Needed but for V(image) and V(docker).
        type: path
      context:
        description:
          - With V(docker), the context of the docker CLI whose Engine gets the image.
        type: str
      name:
        description:
          - With V(image), its names. Those of an image that is pushed have to say to which registry.
          - O(name) need not be among them. The image gets that name on the Engine too, wherever else the outcome goes;
            next to other outputs this needs a C(docker buildx) and an Engine that know more than one.
        type: list
        elements: str
      push:
        description:
          - With V(image), whether it is pushed.
        type: bool
        default: false
"""
