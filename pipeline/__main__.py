"""`trackmix`, and `python -m pipeline`: the command line, of which a question loads no more than what answers it."""

from __future__ import annotations

import sys
from importlib import import_module

QUESTIONS = {
    "area": "reports.questions",
    "track": "reports.questions",
    "company": "pipeline.commands.company",
    "openings": "reports.questions",
    "compare": "reports.comparisons",
    "trend": "reports.comparisons",
    "changes": "reports.comparisons",
    "skills": "reports.comparisons",
    "claims": "reports.guidance",
    "choose": "reports.guidance",
    "sql": "reports.cli",
    "tables": "reports.cli",
}


def main() -> None:
    """Load the command that is asked for, or, for what is no question, all of them; and run it."""
    import_module(QUESTIONS.get(sys.argv[1] if len(sys.argv) > 1 else "", "pipeline.cli"))
    from reports.cli import app

    app()


if __name__ == "__main__":
    main()
