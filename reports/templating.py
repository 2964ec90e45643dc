"""The templates of a package of pages, as every page of trackmix fills them."""

from __future__ import annotations

from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined

from classifiers.tracks import TITLES
from reports.show import web_address, written

PALETTE = Path(__file__).with_name("palette.css")


def templates(package: str, is_html: bool = True) -> Environment:
    """The templates of a package, with the names of the six tracks, the colours of all pages, and what writes figures and addresses.

    In HTML every value is escaped. A name that a page is not given raises jinja2.UndefinedError.
    """
    found = Environment(
        loader=PackageLoader(package),
        autoescape=is_html,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        undefined=StrictUndefined,
    )
    found.filters |= {"written": lambda value, column: written(column, value), "web_address": web_address}
    found.globals |= {"titles": TITLES, "palette": PALETTE.read_text("utf-8")}
    return found
