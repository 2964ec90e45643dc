"""Writes a report as HTML, Markdown or, by a Chromium on this machine, PDF."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Callable, Mapping
from pathlib import Path
from tempfile import TemporaryDirectory

from reports.handout.facts import Handout
from reports.openings import pay
from reports.show import in_markdown, percent, thousands
from reports.templating import templates

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PATIENCE = 120  # seconds that a browser gets to print two pages


class HandoutError(ValueError):
    """The report cannot be written in that form; the message says why and what to do."""


def write(report: Handout, file: Path) -> None:
    """Write the report in the form that the file's ending names: .html, .md or .pdf.

    Raises HandoutError for another ending, for a PDF where there is no Chromium, and where the file cannot be written.
    """
    if not (put := _FORMS.get(file.suffix.lower())):
        raise HandoutError(f"{file.name} ends in none of {', '.join(_FORMS)}, the forms of a report")
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        put(report, file)
    except OSError as error:
        raise HandoutError(f"{file} cannot be written: {error.strerror or error}") from None


def _html(report: Handout, file: Path) -> None:
    file.write_text(_rendered("report.html", report, is_html=True), encoding="utf-8")


def _markdown(report: Handout, file: Path) -> None:
    file.write_text(_rendered("report.md", report, is_html=False), encoding="utf-8")


def _pdf(report: Handout, file: Path) -> None:
    if not (browser := next(filter(None, map(shutil.which, BROWSERS)), None)):
        raise HandoutError("a PDF needs Chromium or Chrome on this machine; without one write an .html and print that")
    with TemporaryDirectory() as folder:
        page, printed = Path(folder) / "report.html", Path(folder) / "report.pdf"
        _html(report, page)
        options = [
            "--headless",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            f"--user-data-dir={folder}/profile",
            "--no-pdf-header-footer",
            f"--print-to-pdf={printed}",
            *(["--no-sandbox"] if os.geteuid() == 0 else []),  # Chromium's sandbox refuses to run as root
        ]
        try:
            subprocess.run([browser, *options, page.as_uri()], capture_output=True, timeout=PATIENCE, check=False)
        except subprocess.TimeoutExpired:
            raise HandoutError(
                f"{browser} did not print the report in {PATIENCE} s; write an .html and print that"
            ) from None
        if not printed.is_file():
            raise HandoutError(f"{browser} printed no PDF; write an .html and print that")
        shutil.copyfile(printed, file)


_FORMS: Mapping[str, Callable[[Handout, Path], None]] = {".html": _html, ".md": _markdown, ".pdf": _pdf}


def _rendered(template: str, report: Handout, is_html: bool) -> str:
    found = templates("reports.handout", is_html)
    found.filters |= {"count": lambda number: f"{number:,}", "plain": in_markdown}
    found.globals |= {"percent": percent, "thousands": thousands, "pay": pay}
    return found.get_template(template).render(report=report)
