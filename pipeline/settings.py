"""How a home is run: what HOME/trackmix.toml says, and environment variables."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from warehouse.kinds import SNAPSHOT_DAYS, catalog_of, data_of
from warehouse.shards import MOST_SHARDS

FILE = "trackmix.toml"  # in the home folder
MOST_DAYS = 36_500  # a hundred years: what is older is no answer of the web
MOST_FAILED = 0.2  # of the boards asked; of more a run ends with exit status 3


class SettingError(ValueError):
    """A setting that cannot be meant so; the message names it."""


@dataclass(frozen=True, slots=True)
class Settings:
    """What a home's file of settings may say; where it is silent, it is as here. deploy/trackmix.toml explains each.

    What the VARIABLES of the environment say goes before, for every home of a process.
    """

    registry: Path | None = None
    include: tuple[str, ...] = ()
    shards: int = 1
    keep_days: int = 90
    keep_sites: int = 4
    payloads: str | None = None
    webhook: str | None = None
    mail_to: tuple[str, ...] = ()
    mail_from: str = "trackmix@localhost"
    smtp: str = "localhost:25"
    stale_days: int = 8
    catalog: str | None = None
    data: str | None = None
    snapshot_days: int = SNAPSHOT_DAYS


def settings_of(home: Path) -> Settings:
    """The settings of a home. Raises SettingError for what cannot be read or is no setting."""
    file = home / FILE
    try:
        said = tomllib.loads(file.read_text("utf-8")) if file.exists() else {}
    except (OSError, ValueError) as error:  # of TOML and of UTF-8 alike
        raise SettingError(f"{file} cannot be read: {getattr(error, 'strerror', None) or error}") from None
    found: dict[str, Any] = {}
    for section, table in said.items():
        if section not in SECTIONS or not isinstance(table, dict):
            raise SettingError(f"{file}: {section} is no section of it; there are {', '.join(SECTIONS)}")
        for name, value in table.items():
            if name not in SECTIONS[section]:
                raise SettingError(f"{file}: {section}.{name} is no setting; there are {', '.join(SECTIONS[section])}")
            try:
                found[name] = SECTIONS[section][name](value)
            except ValueError as error:
                raise SettingError(f"{file}: {section}.{name} is {value!r}; it takes {error}") from None
    found |= _of_environment()
    if registry := found.get("registry"):
        found["registry"] = home / registry
    return Settings(**found)


def _of_environment() -> dict[str, Any]:
    found = {}
    for variable, (name, read) in VARIABLES.items():
        if said := os.environ.get(variable):
            try:
                found[name] = read(said)
            except ValueError as error:
                raise SettingError(f"{variable} is {said!r}; it takes {error}") from None
    return found


def _days(said: str) -> int:
    if not (said.isascii() and said.isdigit() and len(said) < 9 and int(said) <= MOST_DAYS):
        raise ValueError(f"days, a whole number from 0 to {MOST_DAYS}")
    return int(said)


def _whole(least: int, most: int = MOST_DAYS) -> Callable[[Any], int]:
    def read(value: Any) -> int:
        if type(value) is not int or not least <= value <= most:
            raise ValueError(f"a whole number from {least} to {most}")
        return value

    return read


def _words(value: Any) -> str:
    if not isinstance(value, str) or not value.isprintable() or not value.strip():
        raise ValueError("words between quotation marks")
    return value.strip()


def _kept(read: Callable[[str], object]) -> Callable[[Any], Any]:
    """A value as it is said, where it can be read."""

    def check(value: Any) -> Any:
        read(value)
        return value

    return check


def _list_of_words(value: Any) -> tuple[str, ...]:
    if not isinstance(value, list):
        raise ValueError('a list such as ["one", "another"]')
    return tuple(map(_words, value))


def _address(value: Any) -> str:
    if not _words(value).startswith(("https://", "http://")):
        raise ValueError("an address that begins with https://")
    return _words(value)


def _server(value: Any) -> str:
    host, _, port = _words(value).rpartition(":")
    if not host or not (port.isascii() and port.isdigit() and 0 < int(port) < 65_536):
        raise ValueError("a host and a port, such as mail.example.com:587")
    return _words(value)


SECTIONS: Mapping[str, Mapping[str, Callable[[Any], Any]]] = {
    "boards": {"registry": _words, "include": _list_of_words, "shards": _whole(1, MOST_SHARDS)},
    "retention": {"keep_days": _whole(0), "keep_sites": _whole(1), "payloads": _kept(data_of)},
    "alerts": {
        "webhook": _address,
        "mail_to": _list_of_words,
        "mail_from": _words,
        "smtp": _server,
        "stale_days": _whole(1),
    },
    "warehouse": {"catalog": _kept(catalog_of), "data": _kept(data_of), "snapshot_days": _whole(1)},
}
VARIABLES: Mapping[str, tuple[str, Callable[[str], Any]]] = {
    "TRACKMIX_KEEP_DAYS": ("keep_days", _days),
    "TRACKMIX_PAYLOADS": ("payloads", _kept(data_of)),
}
