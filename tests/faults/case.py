"""A case of the harness, and the one runner of all of them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Case:
    """One fault: what is done, what must hold, and the proof of it.

    The proof is given an empty folder of its own and raises AssertionError where the claim does not hold. A case that is
    `long` takes more than a few seconds and runs in `make faults` alone.
    """

    name: str
    done: str
    holds: str
    proof: Callable[[Path], None]
    long: bool = False


def proving(cases: Sequence[Case], seconds: int = 120) -> Callable[..., None]:
    """The test of a group of cases: each case by its name, ended as failed after so many seconds."""
    names = [case.name for case in cases]
    assert len(names) == len(set(names)), "two cases of a group have one name"

    @pytest.mark.timeout(seconds)
    @pytest.mark.parametrize(
        "case",
        [pytest.param(case, id=case.name, marks=[pytest.mark.long] if case.long else []) for case in cases],
    )
    def test_holds(case: Case, tmp_path: Path) -> None:
        case.proof(tmp_path)

    return test_holds
