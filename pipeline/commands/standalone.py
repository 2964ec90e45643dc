"""`trackmix normalise`: a standalone posting, one from anywhere, judged by the same reading as a board's."""

from __future__ import annotations

from dataclasses import asdict
from datetime import date
from functools import partial
from typing import Annotated, Any

import typer

from pipeline.commands.streams import In, LineError, Out, stream
from pipeline.posting import RawPay, RawPlace
from reports.cli import app, said_plainly

MOST_PAID = 1e15  # of any currency a year; what is more is no pay, and its digits may be too many for a number
PAY = {name: name for name in ("low", "high", "currency", "period")} | {
    "times_a_year": "times",
    "low_usd": "low_usd",
    "high_usd": "high_usd",
}  # what is written of pay, by the field it is
Why = Annotated[bool, typer.Option("--why", help="Tell what decided each place and signal, too.")]


@app.command()
def normalise(in_: In = "-", out: Out = "-", why: Why = False) -> None:
    """Read postings `id,title,location,text` and optional `pay`: writes places, pay, seniority and the signals of the text."""
    with said_plainly(LineError, OSError):
        stream(in_, out, lambda batch: map(partial(judge_standalone, tells_why=why), batch))


def judge_standalone(posting: dict[str, Any], tells_why: bool = False) -> dict[str, Any]:
    """Places, pay, seniority and signals of an object with `id`, `title`, `location`, `text` and maybe `pay`.

    `pay` is an object or list of objects `low, high, currency, interval`; `posted_on` (ISO date)
    dates the exchange rate; `level` and `employment_type` are words of a board's fields. `tells_why` adds what decided each
    place, and the words that decided each signal.
    """
    from pipeline.reading.normalise import read_date  # the gazetteer: half a second that a question must not cost
    from pipeline.reading.passages import Text
    from pipeline.reading.pay import read_pay
    from pipeline.reading.places import read_places, why
    from pipeline.reading.remote_in_text import own_country, refined
    from pipeline.reading.seniority import read_seniority
    from pipeline.reading.signals import read_signals
    from pipeline.reading.text import plain

    title, location, text = (_text(posting.get(name)) for name in ("title", "location", "text"))
    stated = (RawPlace(words=location),) if location else ()
    told, body = read_places(stated, None, None, title), plain(text)
    (places, workplace, is_remote, remote_area), words = refined(told, title, beside := Text.of(body))
    country = own_country(told.places, places)
    level, employment_type = _text(posting.get("level")), _text(posting.get("employment_type"))
    signals = read_signals(title, beside, level, employment_type, words)
    posted_on: date | None = read_date(_text(posting.get("posted_on")))
    pay = read_pay(_stated(posting.get("pay")), body, country, posted_on)
    return {
        "id": posting["id"],
        "places": [asdict(place) for place in places],
        "workplace": workplace,
        "is_remote": is_remote,
        "remote_area": remote_area,
        **{f"pay_{name}": pay and getattr(pay, field) for name, field in PAY.items()},
        "seniority": read_seniority(title, body, level, employment_type),
        "years_asked": signals.years,
        **{name: getattr(signals, name) for name in ("degree", "visa", "clearance", "contract", "language")},
    } | ({"why": why(location), "words": dict(signals.words)} if tells_why else {})


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _stated(pay: object) -> tuple[RawPay, ...]:
    """Pay fields where they have the form described; anything else is read from the text alone."""
    fields = [field for field in (pay if isinstance(pay, list) else [pay]) if isinstance(field, dict)]
    return tuple(
        RawPay(
            low=_amount(field.get("low")),
            high=_amount(field.get("high")),
            currency=_text(field.get("currency")) or None,
            interval=_text(field.get("interval")) or None,
        )
        for field in fields
    )


def _amount(value: object) -> float | None:
    if isinstance(value, bool) or not isinstance(value, int | float) or abs(value) > MOST_PAID:
        return None
    return float(value)
