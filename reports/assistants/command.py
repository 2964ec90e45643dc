"""`trackmix mcp`: answers an assistant."""

from __future__ import annotations

import os
import socket
import sys
from typing import Annotated

import typer

from reports.cli import DEFAULT_HOME, Home, app, said_plainly

LOOPBACK = "127.0.0.1"


class MissingExtraError(Exception):
    """The packages of the extra `mcp` are not installed; the message says how to install them."""


class PortError(ValueError):
    """A port that cannot be listened at; the message says why."""


@app.command()
def mcp(
    port: Annotated[
        int | None,
        typer.Option(
            min=0, max=65535, help="Answer at this port of this machine over streamable HTTP, not on standard input."
        ),
    ] = None,
    home: Home = DEFAULT_HOME,
) -> None:
    """Answer an assistant over the Model Context Protocol: the same questions, for reading only."""
    with said_plainly(MissingExtraError, PortError):
        try:
            from reports.assistants.server import serve_port, server_of
        except ModuleNotFoundError as error:
            missing = f"trackmix mcp needs the package {error.name}, which is not installed"
            raise MissingExtraError(f"{missing}; install it with: pip install 'trackmix[mcp]'") from None
        server = server_of(home)
        if port is None:
            server.run("stdio")
            return
        with _listening(port) as listening, open(os.devnull) as nobody:
            sys.stdin = nobody  # a name that fits several things is told to the assistant, and not asked for here
            print(f"http://{LOOPBACK}:{listening.getsockname()[1]}/mcp", flush=True)
            serve_port(server, listening)


def _listening(port: int) -> socket.socket:
    try:
        return socket.create_server((LOOPBACK, port))
    except OSError as error:
        why = os.strerror(error.errno) if error.errno else error
        raise PortError(f"port {port} of this machine cannot be used ({why}); name another") from None
