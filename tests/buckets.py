"""A server of buckets to throw away, on this machine and over HTTP: moto's, which answers as S3 does."""

from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from urllib.request import Request, urlopen
from uuid import uuid4

import pytest

KEYS = {"AWS_ACCESS_KEY_ID": "nobody", "AWS_SECRET_ACCESS_KEY": "nothing", "AWS_REGION": "us-east-1"}


def missing() -> str:
    """Why there can be no bucket on this machine; empty where there can be one."""
    lacking = [name for name in ("obstore", "moto", "flask_cors") if find_spec(name) is None]
    return f"no package {', '.join(lacking)}: pip install trackmix[dev]" if lacking else ""


class Buckets:
    """A running server, which the environment of this process names; each `bucket` is a new one."""

    def __init__(self, address: str) -> None:
        self.address = address

    def bucket(self) -> str:
        """The address of an empty bucket."""
        name = f"bucket-{uuid4()}"  # the servers of a process share what they hold
        urlopen(Request(f"{self.address}/{name}", method="PUT")).close()
        return f"s3://{name}/trackmix"


@contextmanager
def buckets() -> Iterator[Buckets]:
    """A server that runs meanwhile, on a free port."""
    from moto.server import ThreadedMotoServer

    server = ThreadedMotoServer("127.0.0.1", port=0, verbose=False)
    server.start()
    try:
        address = "http://{}:{}".format(*server.get_host_and_port())
        with pytest.MonkeyPatch.context() as patched:
            for name, value in (KEYS | {"AWS_ENDPOINT_URL": address}).items():
                patched.setenv(name, value)
            yield Buckets(address)
    finally:
        server.stop()
