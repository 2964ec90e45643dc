"""A server on loopback that answers byte by byte as a case says, and the way of the product's own web to it.

It speaks TLS with a certificate made for the run, and counts the connections that reach it. A name leads to it where the
case's resolver gives the name a public address; of what the resolver answers, the product's own guard is the judge.
"""

import atexit
import contextlib
import shutil
import socket
import ssl
import struct
import subprocess
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

import httpcore
import httpx
import pytest

from pipeline.fetching.public_network import PublicNetwork, public_transport

PUBLIC = "93.184.215.14"  # stands for a public host; nothing is sent to it
CERTIFIED = ("*.example.com", "*.greenhouse.io", "*.smartrecruiters.com", "*.algolia.com")
ANY_OTHER = "*"  # name, where a case says what it resolves to
OFTEN = 10_000_000  # times that an endless answer goes on, unless whoever asked hangs up


@dataclass(frozen=True)
class Asked:
    """One request as it came."""

    method: str
    target: str
    headers: Mapping[str, str]


Answer = Callable[[socket.socket, Asked], None]


@dataclass
class Server:
    """Answers each request by `answer`, then hangs up."""

    answer: Answer
    certified: Sequence[str] = CERTIFIED
    is_tls: bool = True
    is_trusted: bool = True
    connections: int = 0
    asked: list[Asked] = field(default_factory=list)
    faults: list[BaseException] = field(default_factory=list)

    def __enter__(self) -> "Server":
        self._context = _server_context(tuple(self.certified), self.is_trusted) if self.is_tls else None
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port = self._listening.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: TracebackType | None) -> None:
        self._listening.close()
        assert not self.faults or error, self.faults

    def _accept(self) -> None:
        while True:
            try:
                wire, _ = self._listening.accept()
            except OSError:
                return
            self.connections += 1
            threading.Thread(target=self._serve, args=(wire,), daemon=True).start()

    def _serve(self, wire: socket.socket) -> None:
        wire.settimeout(30)
        try:
            if self._context:
                wire = self._context.wrap_socket(wire, server_side=True)
            with wire:
                asked = _read_request(wire)
                self.asked.append(asked)
                self.answer(wire, asked)
                if isinstance(wire, ssl.SSLSocket):
                    wire.unwrap()
        except (OSError, ValueError):
            pass  # whoever asked has hung up, which is theirs to do
        except BaseException as error:  # a fault of the case itself
            self.faults.append(error)


def _read_request(wire: socket.socket) -> Asked:
    head = b""
    while b"\r\n\r\n" not in head:
        if not (more := wire.recv(65536)) or more[0] < 32:
            raise ValueError("no request, or TLS where none is spoken")
        head += more
    start, *lines = head.partition(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
    method, target, _ = start.split(" ")
    pairs = (line.partition(":") for line in lines)
    return Asked(method, target, {name.lower(): value.strip() for name, _, value in pairs})


def head(status: str = "200 OK", **headers: object) -> bytes:
    """The head of an answer; a header's name is written with underscores."""
    lines = [f"{name.replace('_', '-')}: {value}\r\n" for name, value in {"connection": "close", **headers}.items()]
    return "".join([f"HTTP/1.1 {status}\r\n", *lines, "\r\n"]).encode()


def whole(body: bytes = b"", status: str = "200 OK", **headers: object) -> Answer:
    """An answer with nothing wrong."""
    return raw(head(status, **{"content_length": len(body), **headers}) + body)


def raw(sent: bytes) -> Answer:
    """Exactly these bytes."""
    return lambda wire, asked: wire.sendall(sent)


def cut(body: bytes, after: int, **headers: object) -> Answer:
    """The whole length is promised, and the connection is closed in the middle."""
    return raw(head(**{"content_length": len(body), **headers}) + body[:after])


def reset(body: bytes, after: int) -> Answer:
    """The connection is torn down in the middle."""

    def answer(wire: socket.socket, asked: Asked) -> None:
        wire.sendall(head(content_length=len(body)) + body[:after])
        wire.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        raise ConnectionResetError

    return answer


def endless(piece: bytes, start: bytes = b"", pause: float = 0.0) -> Answer:
    """`start`, and then the same for as long as anybody listens."""

    def answer(wire: socket.socket, asked: Asked) -> None:
        wire.sendall(start)
        waiting = threading.Event()
        for _ in range(OFTEN):
            wire.sendall(piece)
            waiting.wait(pause)

    return answer


def silent(wire: socket.socket, asked: Asked) -> None:
    """Nothing, until whoever asked hangs up."""
    wire.recv(1)


def redirect(location: str, status: str = "302 Found") -> Answer:
    """To another address."""
    return whole(status=status, location=location)


def in_turn(*answers: Answer) -> Answer:
    """Each answer once, the last for good."""
    waiting = list(answers)

    def answer(wire: socket.socket, asked: Asked) -> None:
        (waiting.pop(0) if len(waiting) > 1 else waiting[0])(wire, asked)

    return answer


def by_path(**answers: Answer) -> Answer:
    """An answer for each path, `robots.txt` as `robots`; a path without one is not found."""

    def answer(wire: socket.socket, asked: Asked) -> None:
        name = asked.target.partition("?")[0].strip("/").partition(".")[0].replace("/", "_")
        answers.get(name, whole(status="404 Not Found"))(wire, asked)

    return answer


class Wire(httpcore.AsyncNetworkBackend):
    """Takes what the product's guard lets through to the server, and keeps which address that was."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._inner = httpcore.AnyIOBackend()
        self.reached: list[str] = []
        self.dead: set[str] = set()

    async def connect_tcp(self, host: str, port: int, *rest: Any) -> httpcore.AsyncNetworkStream:
        self.reached.append(host)
        if host in self.dead:
            raise httpcore.ConnectError("refused")
        return await self._inner.connect_tcp("127.0.0.1", self._server.port, *rest)


@dataclass
class Way:
    """The product's own transport, whose names are resolved by the case."""

    server: Server
    names: Mapping[str, Sequence[str]] = field(default_factory=dict)  # the others are public

    def __post_init__(self) -> None:
        self.wire = Wire(self.server)

    @property
    def reached(self) -> list[str]:
        """The addresses that were connected to."""
        return self.wire.reached

    async def resolve(self, host: str, port: int) -> Sequence[str]:
        """What the case says of a name."""
        return self.names.get(host) or self.names.get(ANY_OTHER) or (PUBLIC,)

    def transport(self) -> httpx.AsyncBaseTransport:
        """The transport, with the product's guard in it."""
        return public_transport(16, PublicNetwork(self.resolve, self.wire), trusting_context())


@cache
def _certificate(names: tuple[str, ...], is_trusted: bool) -> Path:
    """A folder with a key and a certificate for some names, which is its own authority; one of each that is trusted."""
    if shutil.which("openssl") is None:
        pytest.skip("no openssl to make a certificate with")
    folder = Path(tempfile.mkdtemp(prefix="certificate-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes", "-days", "2",
         "-subj", f"/CN={names[0]}", "-addext", "subjectAltName=" + ",".join(f"DNS:{name}" for name in names),
         "-keyout", str(folder / "key.pem"), "-out", str(folder / "certificate.pem")],
        check=True, capture_output=True,
    )  # fmt: skip
    return folder


def _server_context(names: tuple[str, ...], is_trusted: bool) -> ssl.SSLContext:
    folder = _certificate(names, is_trusted)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "certificate.pem", folder / "key.pem")
    return context


def trusting_context() -> ssl.SSLContext:
    """The usual checks, by which only the certificate of a sound `Server` is good."""
    return ssl.create_default_context(cafile=str(_certificate(CERTIFIED, True) / "certificate.pem"))


@contextlib.contextmanager
def serving(answer: Answer, names: Mapping[str, Sequence[str]] | None = None, **options: Any) -> Iterator[Way]:
    """A server with that answer, and the way to it."""
    with Server(answer, **options) as server:
        yield Way(server, names or {})
