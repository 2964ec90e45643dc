"""What may go wrong with a request, each fault with a name of its own."""

from __future__ import annotations


class FetchError(Exception):
    """A board that could not be fetched. `status` is the HTTP status where one came."""

    def __init__(self, message: str, status: int | None = None) -> None:
        super().__init__(message)
        self.status = status


class AddressError(FetchError):
    """What is no address, or does not lead over https to the public network."""


class DisallowedError(FetchError):
    """A page that its host's robots.txt asks to leave alone."""


class LeftAloneError(FetchError):
    """A host that asks to wait for longer than MAX_WAIT, or of which too many tries in a row failed."""


class Unchanged(Exception):  # noqa: N818 - news, not a fault
    """The board answered 304: it is what it was when it was last read."""
