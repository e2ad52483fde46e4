# SPDX-License-Identifier: GPL-3.0-or-later
"""TLS over another way."""

from __future__ import annotations

import os
import socket
import ssl
from typing import Optional, Union

from .dial import Dial
from .duplex import Duplex
from .errors import EndpointInvalid
from .failures import cannot_dial


def tls_context(verify: bool, ca_path: Optional[str], cert: Optional[str], key: Optional[str]) -> ssl.SSLContext:
    """Read the files now, so that a bad one is named before anything is connected. Raises EndpointInvalid."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_2
    context.check_hostname = verify
    context.verify_mode = ssl.CERT_REQUIRED if verify else ssl.CERT_NONE
    if bool(cert) != bool(key):
        missing, given = ("client_key", "client_cert") if cert else ("client_cert", "client_key")
        raise EndpointInvalid("%s: must be given together with %s" % (missing, given))
    if ca_path and verify:
        _readable("ca_path", ca_path)
        try:
            context.load_verify_locations(ca_path)
        except (OSError, ValueError) as error:
            raise EndpointInvalid("ca_path: %s holds no usable certificates (%s)" % (ca_path, error)) from error
    elif verify:
        context.load_default_certs()
    if cert and key:
        _readable("client_cert", cert)
        _readable("client_key", key)
        try:
            # The empty password stands in for OpenSSL's prompt on the terminal.
            context.load_cert_chain(cert, key, password="")
        except (OSError, ValueError) as error:
            raise EndpointInvalid(
                "client_cert, client_key: %s and %s are not a certificate and its unencrypted key, in PEM format (%s)"
                % (cert, key, error)
            ) from error
    return context


def _readable(option: str, path: str) -> None:
    try:
        with open(path, "rb"):
            pass
    except OSError as error:
        raise EndpointInvalid("%s: cannot read %s: %s" % (option, path, error.strerror or error)) from error
    if not os.path.getsize(path):
        raise EndpointInvalid("%s: %s is empty" % (option, path))


class TlsDial(Dial):
    """`server_name` is what the certificate is checked against, and is sent to the server (SNI)."""

    def __init__(self, below: Dial, context: ssl.SSLContext, server_name: str) -> None:
        super().__init__(below.name)
        self._below, self._context, self._server_name = below, context, server_name

    def dial(self, timeout: Optional[float]) -> socket.socket:
        sock = self._below.dial(timeout)
        try:
            return self._context.wrap_socket(sock, server_hostname=self._server_name)
        except (OSError, ValueError) as error:
            sock.close()
            raise cannot_dial(self, error) from error

    def duplex(self, timeout: Optional[float]) -> Duplex:
        return TlsDuplex(self._below.dial(timeout), self, timeout, self._context, self._server_name)

    def remark(self) -> str:
        return self._below.remark()

    def was_cut(self, sock: socket.socket) -> bool:
        return self._below.was_cut(sock)

    def close(self) -> None:
        self._below.close()


class TlsDuplex(Duplex):
    """TLS in memory, for the half close: an SSLSocket reads while it closes, and breaks on what it finds."""

    def __init__(
        self, sock: socket.socket, dial: Dial, timeout: Optional[float], context: ssl.SSLContext, server_name: str
    ) -> None:
        self._in, self._out = ssl.MemoryBIO(), ssl.MemoryBIO()
        self._tls = context.wrap_bio(self._in, self._out, server_hostname=server_name)
        super().__init__(sock, dial, timeout)
        try:
            self._handshake()
        except (OSError, ValueError) as error:
            sock.close()
            raise cannot_dial(dial, error) from error

    def _handshake(self) -> None:
        while True:
            try:
                self._tls.do_handshake()
                break
            except ssl.SSLWantReadError:
                pass
            self._send_all(self._out.read())
            self._receive()
            if self.ended:
                raise ssl.SSLEOFError(ssl.SSL_ERROR_EOF, "the connection was closed during the TLS handshake")
        self._send_all(self._out.read())
        self._decode(b"")

    def _encode(self, data: Union[bytes, memoryview]) -> bytes:
        self._tls.write(data)
        return self._out.read()

    def _decode(self, data: bytes) -> bytes:
        self._in.write(data)
        if self._tls.version() is None:
            return b""  # still shaking hands: do_handshake() will read it
        plain = bytearray()
        try:
            while True:
                part = self._tls.read(65536)
                if not part:
                    self.ended = True
                    break
                plain += part
        except ssl.SSLWantReadError:
            pass
        except ssl.SSLZeroReturnError:  # after our own close_notify, the peer's comes as an exception
            self.ended = True
        return bytes(plain)

    def close_write(self) -> None:
        try:
            self._tls.unwrap()
        except ssl.SSLWantReadError:
            pass  # ours is written; the peer's close_notify may come when it likes
        except ssl.SSLError:
            return  # the session is over already; reading will find out
        self._send_all(self._out.read())
