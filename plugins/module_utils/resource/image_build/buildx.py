# SPDX-License-Identifier: GPL-3.0-or-later
"""`docker buildx`, for what needs a client that answers BuildKit's questions while it builds: secrets, agents, several
platforms, outputs outside of the Engine. It reads the context, and the credentials, by itself."""

from __future__ import annotations

import csv
import io
import os
import shutil
import subprocess
from typing import Any, Dict, Iterator, List, Mapping, NamedTuple, Sequence, Tuple

from ...engine.client import Engine
from ...engine.errors import EngineError
from ...state.outcome import Outcome
from ...state.step import Step
from .builder import made_by_the_engine
from .recipe import Recipe

# Where nothing else is said the program finds its way itself.
DEFAULT_HOST = "unix:///var/run/docker.sock"
_TAIL = 30
# The variables in which the child finds secrets that are given as values: a command line is for all to read.
_VARIABLE = "LONGSHORE_BUILD_SECRET_%d"


class Command(NamedTuple):
    """A command line, and what is in its environment besides ours."""

    words: Tuple[str, ...]
    environment: Mapping[str, str]


def find(recipe: Recipe, reasons: Sequence[str]) -> str:
    """The docker program, which has to have buildx. Raises EngineError that says what needs it, and what to do."""
    program = recipe.cli or "docker"
    path = shutil.which(program)
    why = "docker buildx is needed on the machine where this task runs (%s)" % ", ".join(reasons)
    if path is None:
        raise EngineError(
            "%s, and there is no program %s. Install the docker CLI with its plugin buildx" % (why, program)
        )
    try:
        asked = subprocess.run([path, "buildx", "version"], capture_output=True, timeout=60, check=False)
    except (OSError, subprocess.TimeoutExpired) as error:
        raise EngineError("%s, and %s cannot be run: %s" % (why, path, error)) from None
    if asked.returncode:
        raise EngineError(
            "%s, and %s does not have it. Install its plugin: docker-buildx-plugin, or docker-buildx, in most systems"
            % (why, path)
        )
    return path


def command(recipe: Recipe, labels: Mapping[str, str], program: str) -> Command:
    """What is run. No value of a secret is among the words."""
    words = [program, *_reach(recipe.reach), "buildx", "build", "--progress", "plain"]
    options: List[Tuple[str, Sequence[str]]] = [
        ("--tag", () if recipe.outputs else recipe.names),
        ("--file", [_dockerfile(recipe)] if recipe.dockerfile else []),
        ("--cache-from", recipe.cache_from),
        ("--network", [recipe.network] if recipe.network else []),
        ("--add-host", _pairs(recipe.etc_hosts, ":")),
        ("--build-arg", list(_arguments(recipe.args))),
        ("--target", [recipe.target] if recipe.target else []),
        ("--platform", [",".join(recipe.platforms)] if recipe.platforms else []),
        ("--shm-size", [] if recipe.shm_size is None else [str(recipe.shm_size)]),
        ("--label", _pairs(labels, "=")),
        ("--secret", list(_secrets(recipe.secrets))),
        ("--output", [_output(one) for one in outputs(recipe)]),
    ]
    for option, values in options:
        for value in values:
            words += [option, value]
    words += ["--pull"] if recipe.pull else []
    words += ["--no-cache"] if recipe.nocache else []
    hidden = {_VARIABLE % at: str(one["value"]) for at, one in enumerate(recipe.secrets) if one["type"] == "value"}
    hidden.update({name: value for name, value in recipe.args.items() if not _is_its_own(name)})
    return Command((*words, "--", recipe.path), hidden)


def build(engine: Engine, step: Step, outcome: Outcome) -> None:
    """The performer of a build by the program. Leaves its words and output in the outcome. Raises EngineError."""
    made: Command = step.data
    outcome.values["command"] = list(made.words)
    lines: List[str] = []
    try:
        process = subprocess.Popen(
            list(made.words),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            env=dict(os.environ, **made.environment),
        )
    except OSError as error:
        raise EngineError("cannot run %s: %s" % (made.words[0], error.strerror)) from error
    with process:
        for raw in process.stdout or ():
            line = raw.decode("utf-8", "replace").rstrip("\r\n")
            lines.append(line)
            if " [" in line:
                engine.report(step.doing, {"stream": line})
    outcome.values["stdout"] = "\n".join(lines)
    if process.returncode:
        tail = "\n".join([line for line in lines if line.strip()][-_TAIL:])
        raise EngineError("docker buildx ended with status %d. It said last:\n%s" % (process.returncode, tail))


def _dockerfile(recipe: Recipe) -> str:
    """Within a context that BuildKit fetches it has no path on this machine."""
    return recipe.dockerfile if recipe.is_remote else recipe.dockerfile_path


def _arguments(given: Mapping[str, str]) -> Iterator[str]:
    """Names alone: the program takes the values from its environment."""
    for name, value in sorted(given.items()):
        yield "%s=%s" % (name, value) if _is_its_own(name) else name


def _is_its_own(name: str) -> bool:
    """Whether a variable of this name would have another meaning for the program."""
    return name in ("HOME", "PATH", "TMPDIR") or name.startswith(("DOCKER_", "BUILDX_", "LD_"))


def _pairs(given: Mapping[str, str], between: str) -> List[str]:
    return ["%s%s%s" % (name, between, value) for name, value in sorted(given.items())]


def _reach(options: Mapping[str, Any]) -> Iterator[str]:
    """How the program reaches the Engine that the task is about."""
    if options.get("cli_context"):
        yield from ("--context", options["cli_context"])
        return
    if options.get("docker_host") not in (None, DEFAULT_HOST):
        yield from ("--host", options["docker_host"])
    if options.get("validate_certs"):
        yield "--tlsverify"
    elif options.get("tls"):
        yield "--tls"
    for option, name in (("--tlscacert", "ca_path"), ("--tlscert", "client_cert"), ("--tlskey", "client_key")):
        if options.get(name):
            yield from (option, options[name])


def _secrets(secrets: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for at, one in enumerate(secrets):
        if one["type"] == "file":
            yield _csv({"id": one["id"], "type": "file", "src": one["src"]})
        else:
            yield _csv({"id": one["id"], "type": "env", "env": one["env"] if one["type"] == "env" else _VARIABLE % at})


def outputs(recipe: Recipe) -> List[Dict[str, Any]]:
    """All of them, by names: --tag would take the place of every name. One is the image of the task's name on the
    Engine, by which the next run knows that it is built. Pure."""
    if not recipe.outputs:
        return []
    found = [dict(one) for one in recipe.outputs]
    own = list(recipe.names)
    for one in found:
        if one["type"] in ("docker", "oci", "image"):
            one["name"] = list(one.get("name") or own)
    kept = [one for one in found if made_by_the_engine(one)]
    images = [one for one in kept if one["type"] == "image"]
    if not any(own[0] in one["name"] for one in kept + [one for one in found if one["type"] == "image"]):
        if images:
            images[0]["name"] += own
        else:
            found.append({"type": "image", "name": own})
    return found


def _output(output: Mapping[str, Any]) -> str:
    found: Dict[str, Any] = {"type": output["type"], "dest": output.get("dest"), "context": output.get("context")}
    found["name"] = ",".join(output.get("name") or ())
    found["push"] = "true" if output.get("push") else None
    return _csv({name: value for name, value in found.items() if value})


def _csv(fields: Mapping[str, Any]) -> str:
    """A line of comma separated values, as the program reads such options."""
    line = io.StringIO()
    csv.writer(line, lineterminator="").writerow("%s=%s" % pair for pair in fields.items())
    return line.getvalue()
