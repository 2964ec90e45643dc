"""A home's settings: what the file says is obeyed, and what it cannot mean is said in a sentence."""

import re
import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from conftest import ROOT

from pipeline.resources import resources_of
from pipeline.settings import FILE, SECTIONS, SettingError, Settings, settings_of

EXAMPLE = (ROOT / "deploy" / "trackmix.toml").read_text()


def test_a_home_without_a_file_has_the_settings_that_hold_without_one(tmp_path: Path) -> None:
    assert settings_of(tmp_path) == Settings()


def test_the_example_names_every_setting_and_what_holds_without_it(tmp_path: Path) -> None:
    """As it stands it changes nothing; with the signs taken away it is read, and what it shows is true or said to be none."""
    (tmp_path / FILE).write_text(EXAMPLE)
    assert settings_of(tmp_path) == Settings()
    meant = re.sub(r"^# (?=\w+ = )", "", EXAMPLE, flags=re.MULTILINE)
    (tmp_path / FILE).write_text(meant)
    said = settings_of(tmp_path)
    assert {name for table in tomllib.loads(meant).values() for name in table} == {
        name for table in SECTIONS.values() for name in table
    }
    for field in fields(Settings):
        if field.default not in (None, ()):
            assert getattr(said, field.name) == field.default, field.name
    assert said.registry == tmp_path / "my-boards.csv"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[retention\n", "cannot be read"),
        ("keep_days = 3", "keep_days is no section of it; there are boards, retention, alerts, warehouse"),
        ("[retention]\nkeep_dais = 3", "retention.keep_dais is no setting; there are keep_days, keep_sites"),
        ('[retention]\nkeep_days = "3"', "retention.keep_days is '3'; it takes a whole number from 0 to"),
        ("[retention]\nkeep_days = true", "retention.keep_days is True; it takes a whole number"),
        ("[retention]\nkeep_sites = 0", "a whole number from 1"),
        ('[boards]\ninclude = "workday"', "a list such as"),
        ('[alerts]\nwebhook = "ftp://x"', "an address that begins with https://"),
        ('[alerts]\nsmtp = "mail.example.com"', "a host and a port"),
        ("[alerts]\nmail_to = [3]", "words between quotation marks"),
        ('[warehouse]\ncatalog = "postgres:dbname=x"', "it takes a catalog such as"),
        ('[warehouse]\ncatalog = "ducklake:postgres:dbname=x password=y"', "a catalog without a password"),
        ('[warehouse]\ndata = "lake"', "the whole path of a folder, or a bucket"),
        ('[retention]\npayloads = "kept"', "the whole path of a folder, or a bucket"),
        ("[warehouse]\nsnapshot_days = 0", "a whole number from 1"),
    ],
)
def test_what_cannot_be_meant_is_said(tmp_path: Path, text: str, says: str) -> None:
    (tmp_path / FILE).write_text(text)
    with pytest.raises(SettingError, match=re.escape(says)) as said:
        settings_of(tmp_path)
    assert str(said.value).startswith(f"{tmp_path / FILE}")


def test_bytes_that_are_no_text_are_said(tmp_path: Path) -> None:
    (tmp_path / FILE).write_bytes(b"\xff\xfe")
    with pytest.raises(SettingError, match="cannot be read"):
        settings_of(tmp_path)


def test_an_option_goes_before_the_file_and_the_file_before_what_holds_without_it(tmp_path: Path) -> None:
    (tmp_path / FILE).write_text(
        '[boards]\nregistry = "mine.csv"\ninclude = ["workday"]\n[retention]\nkeep_days = 30\n'
    )
    told = resources_of(tmp_path)
    assert (told["boards"].registry, told["boards"].include) == (str(tmp_path / "mine.csv"), ["workday"])
    assert (told["store"].keep_days, told["store"].keep_sites) == (30, 4)
    told = resources_of(tmp_path, registry=Path("given.csv"), include=["remoteok"], keep_days=7)
    assert (told["boards"].registry, told["boards"].include, told["store"].keep_days) == ("given.csv", ["remoteok"], 7)
    assert resources_of(tmp_path, replay=Path("replies"))["boards"].registry == "replies/boards.csv"
    assert resources_of(tmp_path, only=["ashby/acme"])["boards"].registry is None
