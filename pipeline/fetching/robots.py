"""robots.txt (RFC 9309): which pages of a host may be asked for."""

from __future__ import annotations

from protego import Protego

MOST_BYTES = 500 * 1024  # that the standard asks to read; the rest of a longer one is left


def rules_of(body: bytes) -> Protego:
    """The rules of a robots.txt, with or without a byte-order mark; a line that is cut by the bound is none."""
    if len(body) > MOST_BYTES:
        body = body[:MOST_BYTES].rpartition(b"\n")[0]
    return Protego.parse(body.decode("utf-8-sig", "replace"))
