"""The `trackmix` command: the questions of `reports.cli`, and the work that makes their answers."""

from __future__ import annotations

from pipeline.commands import company, find, label, operate, run, standalone, train  # noqa: F401 - their commands
from pipeline.commands.boards import boards
from reports import comparisons, guidance, questions  # noqa: F401 - their commands
from reports.assistants import command as assistants  # noqa: F401 - its command
from reports.cli import app
from reports.handout import command  # noqa: F401 - its command

app.add_typer(boards, name="boards")

if __name__ == "__main__":
    app()
