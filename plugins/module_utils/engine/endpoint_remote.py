# SPDX-License-Identifier: GPL-3.0-or-later
"""Endpoints that are not a Unix socket's plain path."""

from __future__ import annotations

from typing import Any, Mapping
from urllib.parse import SplitResult, unquote, urlsplit

from .dial import Dial
from .errors import EndpointInvalid

_FORMS = "unix:///path, tcp://host:port, https://host:port, http://host:port or ssh://user@host"


def resolve_remote(host: str, options: Mapping[str, Any]) -> Dial:
    """Read tcp, http, https, ssh and http+unix URLs, and plain host:port. Raises EndpointInvalid."""
    url = _split(host if "://" in host else "tcp://" + host)
    if url.scheme == "http+unix":
        from .dial_unix import UnixDial

        return UnixDial("/" + unquote(url.netloc + url.path).strip("/"))
    if url.scheme == "npipe":
        raise _invalid("npipe", "named pipes exist on Windows only, where this does not run")
    if url.scheme not in ("tcp", "http", "https", "ssh"):
        raise _invalid(_shown(url), "the scheme %r is not known; give %s" % (url.scheme, _FORMS))
    if not url.hostname:
        raise _invalid(_shown(url), "no host is named; give %s" % _FORMS)
    if url.query or url.fragment:
        raise _invalid(_shown(url), "a ? or # has no meaning here")
    if url.scheme == "ssh":
        return _ssh(url)
    return _tcp(url, options)


def _split(text: str) -> SplitResult:
    try:
        url = urlsplit(text)
        _port = url.port  # raises what is no port number
    except ValueError as error:
        raise EndpointInvalid("docker_host: cannot be read: %s; give %s" % (error, _FORMS)) from error
    return url


def _shown(url: SplitResult) -> str:
    """Without user and password."""
    return "%s://%s%s" % (url.scheme, url.netloc.rpartition("@")[2], url.path)


def _invalid(shown: str, reason: str) -> EndpointInvalid:
    return EndpointInvalid("docker_host: %s cannot be used: %s" % (shown, reason))


def _ssh(url: SplitResult) -> Dial:
    from .dial_ssh import SshDial

    if url.password is not None:
        raise _invalid(_shown(url), "the ssh client takes no password from a URL; use keys or an agent")
    if (url.hostname or "").startswith("-") or (url.username or "").startswith("-"):
        raise _invalid(_shown(url), "a user or host cannot begin with a dash")
    # The host keeps its case: ssh_config matches it as it is written.
    host = url.netloc.rpartition("@")[2]
    host = host[1:].partition("]")[0] if host.startswith("[") else host.partition(":")[0]
    return SshDial(host, unquote(url.username or ""), url.port, url.path.rstrip("/"))


def _tcp(url: SplitResult, options: Mapping[str, Any]) -> Dial:
    from .dial_tcp import TcpDial

    if url.username is not None:
        raise _invalid(_shown(url), "a user name or password in it has no meaning; use client certificates")
    validate, ca_path = options.get("validate_certs"), options.get("ca_path")
    secure = bool(options.get("tls") or validate or url.scheme == "https")
    # Certificates to verify with mean that it is to be verified, unless that is ruled out in so many words.
    verify = bool(validate or (validate is None and (ca_path or (url.scheme == "https" and not options.get("tls")))))
    secure = secure or verify
    host = url.hostname or ""
    port = url.port or (2376 if secure else 2375)
    path = url.path.rstrip("/")
    netloc = "[%s]" % host if ":" in host else host
    dial: Dial = TcpDial(host, port, "%s://%s:%d%s" % ("https" if secure else "tcp", netloc, port, path))
    if secure:
        from .dial_tls import TlsDial, tls_context

        context = tls_context(verify, ca_path, options.get("client_cert"), options.get("client_key"))
        dial = TlsDial(dial, context, options.get("tls_hostname") or host)
    dial.base_path = path
    return dial
