"""Gzip (RFC 1952) unpacked in bounded pieces, so that a small body cannot fill the memory at a stroke."""

from __future__ import annotations

import zlib
from collections.abc import Iterator

PIECE = 2**18  # bytes unpacked at once
MOST_MEMBERS = 1000  # of one body; a sitemap that is written in pieces has a few


class Gunzip:
    """Unpacks what is fed to it; members that follow each other are one body."""

    def __init__(self) -> None:
        self._member = zlib.decompressobj(wbits=31)
        self._members = 1

    def feed(self, packed: bytes) -> Iterator[bytes]:
        """What the next bytes unpack to, in pieces of at most PIECE. Raises zlib.error for what is not gzip."""
        piece = b""
        while packed or (len(piece) == PIECE and not self.is_whole):
            if self.is_whole:
                self._begin_member()
            piece = self._member.decompress(packed, PIECE)
            yield piece
            packed = self._member.unused_data if self.is_whole else self._member.unconsumed_tail

    @property
    def is_whole(self) -> bool:
        """Whether the last member has come to its end."""
        return self._member.eof

    def _begin_member(self) -> None:
        self._members += 1
        if self._members > MOST_MEMBERS:
            raise zlib.error(f"it has more than {MOST_MEMBERS} members")
        self._member = zlib.decompressobj(wbits=31)
