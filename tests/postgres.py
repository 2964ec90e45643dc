"""A server of PostgreSQL to throw away, for what needs a lake: asked by a socket in a temporary folder, so that no port is taken."""

import os
import pwd
import shutil
import signal
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from itertools import count
from pathlib import Path
from typing import Any

from warehouse.kinds import LAKE

EXTENSIONS = ("ducklake", "postgres_scanner", "httpfs")
# nothing in it outlives the test, so nothing waits for the disk
QUICK = ("fsync=off", "full_page_writes=off", "synchronous_commit=off", "listen_addresses=", "max_connections=30")


def missing() -> str:
    """Why there can be no lake on this machine; empty where there can be one."""
    lacking = [name for name in EXTENSIONS if find_spec(f"duckdb_extension_{name}") is None]
    if lacking:
        return f"no DuckDB extension {', '.join(lacking)}: pip install trackmix[lake]"
    return "" if _binaries() else "no PostgreSQL on this machine"


class Server:
    """A running server; each `lake` is a database of its own, and a folder."""

    def __init__(self, folder: Path, binaries: Path) -> None:
        self.folder, self._binaries, self._numbers = folder, binaries, count()

    def lake(self, home: Path) -> Path:
        """The home, whose settings name a new lake."""
        name = f"lake{next(self._numbers)}"
        self.run("createdb", name)
        home.mkdir(parents=True, exist_ok=True)
        said = f'catalog = "{LAKE}{self.address} dbname={name}"\ndata = "{home.resolve()}/lake"'
        (home / "trackmix.toml").write_text(f"[warehouse]\n{said}\n")
        return home

    @property
    def address(self) -> str:
        return f"host={self.folder} user=lake"

    def run(self, program: str, *words: str) -> str:
        command = [self._binaries / program, "-h", self.folder, "-U", "lake", *words]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout


@contextmanager
def postgres() -> Iterator[Server]:
    """A server that runs meanwhile; as nobody where this process is root, whom PostgreSQL does not serve."""
    binaries = _binaries()
    assert binaries is not None
    folder = Path(tempfile.mkdtemp(prefix="lake"))  # not in pytest's own, which root alone may enter
    who: dict[str, Any] = {}
    if os.geteuid() == 0:
        nobody = pwd.getpwnam("nobody")
        os.chown(folder, nobody.pw_uid, nobody.pw_gid)
        who = {"user": nobody.pw_uid, "group": nobody.pw_gid, "extra_groups": []}
    quiet = {"cwd": folder, "stdout": subprocess.DEVNULL, "stderr": subprocess.DEVNULL, **who}
    made = [binaries / "initdb", "-D", folder / "data", "-A", "trust", "-U", "lake", "-N", "--no-locale", "-E", "UTF8"]
    try:
        subprocess.run(made, check=True, **quiet)
        settings = [word for setting in QUICK for word in ("-c", setting)]
        words = [binaries / "pg_ctl", "-D", folder / "data", "-w", "-o", f"-k {folder} {' '.join(settings)}", "start"]
        subprocess.run(words, check=True, **quiet)
        try:
            yield Server(folder, binaries)
        finally:
            os.kill(int((folder / "data" / "postmaster.pid").read_text().split()[0]), signal.SIGQUIT)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _binaries() -> Path | None:
    """The folder of PostgreSQL's programs: on the path, or where Debian has them."""
    found = [Path(at).resolve().parent for program in ("initdb",) if (at := shutil.which(program))]
    found += sorted(Path("/usr/lib/postgresql").glob("*/bin"))[::-1]
    return next((folder for folder in found if (folder / "initdb").exists() and (folder / "createdb").exists()), None)
