"""Tells whoever runs a home that something is wrong, by a webhook and by mail, as HOME/trackmix.toml says."""

from __future__ import annotations

import json
import logging
import os
import smtplib
import ssl
from collections.abc import Collection, Iterable
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from http.client import HTTPException
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from urllib.request import Request, urlopen

from pipeline.settings import settings_of
from warehouse.errors import StoreError
from warehouse.store import ask

if TYPE_CHECKING:
    import dagster as dg

Event = Literal["failure", "outage", "boards failed", "drift", "checks", "stale"]

LOG = logging.getLogger("trackmix")
SECONDS = 10.0  # that a server is given to take an alert
DRIFT, OUTAGES = "words_are_familiar", {"some_board_was_read", "some_host_is_reached"}  # the checks that are told apart


def alert(home: Path, event: Event, text: str) -> None:
    """Send it to all that the settings name; one that cannot be reached is logged, and the others are told still."""
    said = settings_of(home)
    try:
        if said.webhook:
            _post(said.webhook, {"text": f"trackmix: {text}", "event": event, "home": str(home)})
    except (OSError, HTTPException, ValueError) as error:
        LOG.warning("the webhook was not told: %s", error)
    try:
        if said.mail_to:
            _mail(said.smtp, _message(said.mail_from, said.mail_to, f"trackmix: {event}", f"{text}\n\nHome: {home}\n"))
    except (OSError, smtplib.SMTPException, ValueError) as error:
        LOG.warning("no mail was sent: %s", error)


def event_of(unmet: Collection[str]) -> Event:
    """What it is that checks of these names did not pass."""
    return "outage" if OUTAGES & set(unmet) else "drift" if DRIFT in unmet else "checks"


def unmet(checks: Iterable[dg.AssetCheckEvaluation]) -> dict[str, str]:
    """The checks that did not pass, each with what it found in words, by name."""
    return {
        check.check_name: f"check {check.check_name} of {check.asset_key.to_user_string()} did not pass: "
        + ", ".join(f"{name} {value.value}" for name, value in check.metadata.items())
        for check in checks
        if not check.passed
    }


def staleness(home: Path, now: datetime | None = None) -> str | None:
    """That the published answers are older than `stale_days`, in a sentence; None where they are not (UTC, no zone attached)."""
    now, days = now or datetime.now(UTC).replace(tzinfo=None), settings_of(home).stale_days
    try:
        seen_at = ask(home, "run/last_answer").rows[0][0]
    except StoreError as error:
        return str(error)
    if seen_at is not None and now - seen_at <= timedelta(days=days):
        return None
    since = f"since {seen_at:%Y-%m-%d}" if seen_at else "yet"
    return f"no board has answered {since}, and {days} days are the most that it may be: run trackmix, or look why it does not"


def _post(url: str, what: dict[str, str]) -> None:
    request = Request(url, json.dumps(what).encode(), {"Content-Type": "application/json"})
    with urlopen(request, timeout=SECONDS):  # raises for a status of 400 and more
        pass


def _message(sender: str, to: Collection[str], subject: str, text: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender, ", ".join(to), subject
    message.set_content(text)
    return message


def _mail(server: str, message: EmailMessage) -> None:
    """By STARTTLS where the server has it; with the user and password of TRACKMIX_SMTP, and then by STARTTLS alone."""
    host, _, port = server.rpartition(":")
    user, _, password = os.environ.get("TRACKMIX_SMTP", "").partition(":")
    with smtplib.SMTP(host, int(port), timeout=SECONDS) as smtp:
        smtp.ehlo()
        if user or smtp.has_extn("starttls"):
            # a password is told to nobody but that server; a relay of this machine may have a certificate of its own making
            smtp.starttls(context=ssl.create_default_context() if user else None)
        if user:
            smtp.login(user, password)
        smtp.send_message(message)
