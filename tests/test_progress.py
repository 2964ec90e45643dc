"""A run says what it is doing: every stage has its words, and a long one is named again."""

import logging
from time import monotonic

import pytest

from pipeline.assets.graph import assets
from pipeline.commands import progress
from pipeline.commands.materialize import STAGES
from pipeline.commands.progress import Progress


def test_every_stage_has_its_words() -> None:
    stages = {key.to_user_string() for asset in assets for key in asset.keys}
    assert {stage for stage in stages if not stage.startswith("raw_")} == set(STAGES)


def test_a_stage_that_is_silent_for_long_is_named_again(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(progress, "SILENT_FOR", 0.0)
    said, until = "", monotonic() + 30
    with Progress() as told:
        told.begin("labelling")
        while "still at: labelling" not in said and monotonic() < until:
            said += capsys.readouterr().err
    assert said.splitlines()[0].endswith("s  labelling")
    assert "still at: labelling" in said


def test_what_the_log_says_is_shown_while_a_run_lasts(capsys: pytest.CaptureFixture[str]) -> None:
    with Progress():
        logging.getLogger("trackmix").info("ashby: 25 of 60 boards")
    logging.getLogger("trackmix").info("later")
    said = capsys.readouterr().err
    assert "ashby: 25 of 60 boards" in said
    assert "later" not in said
