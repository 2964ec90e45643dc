"""Bodies that are late, short, long, packed, broken or without end, and statuses that are no answer."""

import gzip
import socket
import threading
import zlib
from collections.abc import Callable
from unittest.mock import patch

import pytest

from faults.asking import URL, ask, gives, refuses
from faults.case import Case, proving
from faults.server import Answer, Asked, cut, endless, head, in_turn, raw, reset, serving, silent, whole
from pipeline.fetching import answers, gunzip, web
from pipeline.fetching.faults import Unchanged
from pipeline.fetching.web import Client, Validators

BODY = b'{"jobs": [], "about": "%s"}' % (b"kestrel " * 4000)
PACKED = gzip.compress(BODY)
SMALL = 2**16  # bytes: the bound of a body in cases of too long ones
SOON = 0.5  # seconds: the bound of an answer in cases of too slow ones
CHUNKED = head(transfer_encoding="chunked")


def bounded(proof: Callable[[], None]) -> None:
    with patch.object(answers, "MAX_BODY", SMALL):
        proof()


def refused_soon(answer: Answer) -> None:
    with patch.object(answers, "MAX_SECONDS", SOON):
        refuses(answer, "not whole after")


def chunks(*pieces: bytes) -> bytes:
    return b"".join(b"%x\r\n%s\r\n" % (len(piece), piece) for piece in pieces)


def case(name: str, done: str, holds: str, proof: Callable[[], None], long: bool = False) -> Case:
    return Case(name, done, holds, lambda _: proof(), long)


def tried_again(name: str, done: str, broken: Answer) -> Case:
    return case(
        name, f"{done}, once", "asked again, and had whole", lambda: gives(in_turn(broken, whole(BODY)), BODY, 2)
    )


def given_up(name: str, done: str, broken: Answer, words: str) -> Case:
    return case(name, f"{done}, always", "five tries, then a failure of the board", lambda: refuses(broken, words, 5))


def refused(name: str, done: str, answer: Answer, words: str) -> Case:
    return case(name, done, "refused at once, not asked again", lambda: refuses(answer, words, 1))


def too_much(name: str, done: str, answer: Answer) -> Case:
    return case(name, done, "refused within the bound", lambda: bounded(lambda: refuses(answer, "larger than", 1)))


def too_slow(name: str, done: str, answer: Answer) -> Case:
    return case(name, done, "refused within the bound, not asked again", lambda: refused_soon(answer))


def bombs() -> bytes:
    """Zeros, packed to a thousandth: harmless, and a hundred times the bound of these cases."""
    return gzip.compress(bytes(100 * SMALL))


def unpacks_in_pieces() -> None:
    unpacked = [len(piece) for piece in gunzip.Gunzip().feed(bombs())]
    assert sum(unpacked) == 100 * SMALL
    assert max(unpacked) <= gunzip.PIECE


def in_parts(body: bytes) -> Answer:
    def answer(wire: socket.socket, asked: Asked) -> None:
        wire.sendall(head(content_length=len(body)))
        for start in range(0, len(body), 9999):
            threading.Event().wait(0.02)
            wire.sendall(body[start : start + 9999])

    return answer


async def four_times(client: Client) -> None:
    for _ in range(4):
        await client.get(URL)


def board_is_bounded() -> None:
    with patch.object(web, "MAX_BOARD", 3 * len(BODY)):
        refuses(whole(BODY), "larger than .* together", 4, four_times)


def offers_gzip_alone() -> None:
    with serving(whole(BODY)) as way:
        ask(way)
        assert way.server.asked[0].headers["accept-encoding"] == "gzip"


def unchanged(status: str, known: Validators) -> None:
    with serving(whole(status=status)) as way:
        try:
            ask(way, known=known)
        except Unchanged:
            assert known.headers()
        else:
            pytest.fail("it was taken for an answer")


def sent_back(etag: str, is_sent: bool) -> Callable[[], None]:
    def proof() -> None:
        with serving(whole(BODY)) as way:
            assert ask(way, known=Validators(etag)) == BODY
            assert ("if-none-match" in way.server.asked[0].headers) == is_sent

    return proof


KNOWN = Validators('"v1"', None)
STATUSES = ["201 Created", "202 Accepted", "203 Non-Authoritative", "204 No Content", "206 Partial Content",
            "300 Multiple Choices", "301 Moved Permanently", "400 Bad Request", "401 Unauthorized", "403 Forbidden",
            "410 Gone", "418 I'm a teapot", "451 Unavailable", "501 Not Implemented"]  # fmt: skip

CASES = [
    case("whole", "a plain body", "had as it is", lambda: gives(whole(BODY), BODY)),
    case("gzip", "a packed body", "unpacked", lambda: gives(whole(PACKED, content_encoding="gzip"), BODY)),
    case("x-gzip", "packed, by its old name", "unpacked", lambda: gives(whole(PACKED, content_encoding="X-Gzip"), BODY)),
    case("chunked", "a body in chunks", "had whole", lambda: gives(raw(CHUNKED + chunks(BODY, b"")), BODY)),
    case(
        "two members", "two gzip members", "both are read",
        lambda: gives(whole(gzip.compress(BODY[:99]) + gzip.compress(BODY[99:]), content_encoding="gzip"), BODY),
    ),
    case("offers gzip alone", "a request", "it offers gzip and nothing else", offers_gzip_alone),
    case("slow", "a body that comes in parts, within the bound", "had whole", lambda: gives(in_parts(BODY), BODY)),
    tried_again("cut", "the connection closes in the middle of a body", cut(BODY, 99)),
    tried_again("cut before the body", "the connection closes behind the head", cut(BODY, 0)),
    tried_again("cut in the head", "the connection closes in the head", raw(b"HTTP/1.1 200 OK\r\ncont")),
    tried_again("no answer", "the connection closes without a word", raw(b"")),
    tried_again("reset", "the connection is torn down in the middle", reset(BODY, 99)),
    tried_again("cut chunk", "a chunk breaks off", raw(CHUNKED + b"ffff\r\n" + BODY[:99])),
    tried_again("no last chunk", "the last chunk never comes", raw(CHUNKED + chunks(BODY[:99]))),
    tried_again("cut gzip", "gzip breaks off, its length as promised", whole(PACKED[:-20], content_encoding="gzip")),
    tried_again("cut gzip in chunks", "gzip breaks off in chunks",
                raw(head(transfer_encoding="chunked", content_encoding="gzip") + chunks(PACKED[:50], b""))),
    tried_again("cut second member", "the second gzip member breaks off",
                whole(PACKED + PACKED[:30], content_encoding="gzip")),
    tried_again("no HTTP", "an answer that is not HTTP", raw(b"220 mail.example.com ESMTP\r\n\r\n")),
    given_up("always cut", "the body breaks off", cut(BODY, 99), "no answer from boards.example.com: RemoteProtocolError"),
    given_up("always reset", "the connection is torn down", reset(BODY, 99), "no answer from boards.example.com"),
    given_up("always cut gzip", "gzip breaks off", whole(PACKED[:-20], content_encoding="gzip"), "gzip breaks off"),
    given_up("long head", "a head of a megabyte", raw(b"HTTP/1.1 200 OK\r\nx: " + b"x" * 2**20 + b"\r\n\r\n"), "no answer"),
    refused("no gzip", "says gzip and is none", whole(BODY, content_encoding="gzip"), "not the gzip that it says"),
    refused("gzip twice", "packed twice", whole(gzip.compress(PACKED), content_encoding="gzip, gzip"), "not asked for"),
    refused("deflate", "packed otherwise than offered", whole(zlib.compress(BODY), content_encoding="deflate"), "deflate"),
    refused("br", "says br", whole(BODY, content_encoding="br"), "packed as 'br'"),
    refused("zstd", "says zstd", whole(BODY, content_encoding="zstd"), "packed as 'zstd'"),
    refused("unknown packing", "says kestrel", whole(BODY, content_encoding="kestrel"), "packed as 'kestrel'"),
    refused("behind gzip", "other bytes behind gzip", whole(PACKED + b"more", content_encoding="gzip"), "not the gzip"),
    refused("many members", "more gzip members than a body has",
            whole(gzip.compress(b"") * 1001, content_encoding="gzip"), "more than 1000 members"),
    *(refused(f"status {status[:3]}", f"the status {status}", whole(BODY if status[:3] != "204" else b"", status=status),
              f"the answer was {status[:3]}") for status in STATUSES),
    refused("no such board", "404", whole(b"", "404 Not Found"), r"no such board \(404\)"),
    refused("304 to no condition", "304 to a request without a condition", whole(status="304 Not Modified"), "was 304"),
    case("304", "304 to a condition", "unchanged", lambda: unchanged("304 Not Modified", KNOWN)),
    case("odd header", "headers that are not ASCII", "had whole", lambda: gives(whole(BODY, x_kestrel="Mü٧²"), BODY)),
    case("ETag", "an ETag", "sent back", sent_back('W/"v1"', True)),
    case("odd ETag", "an ETag that is not ASCII", "not sent back, and the board had", sent_back('"Mü"', False)),
    case("long ETag", "an ETag of 50,000 letters", "not sent back, and the board had", sent_back("v" * 50_000, False)),
    case("206 to a condition", "206 to a condition", "a failure, not a whole board",
         lambda: refuses(whole(BODY, "206 Partial Content"), "was 206", 1, known=KNOWN)),
    too_much("long", "a body over the bound", whole(bytes(SMALL + 1))),
    too_much("lies of its length", "less promised than the bound, and endless chunks", endless(chunks(b"x" * 9999), CHUNKED)),
    too_much("endless", "no length and no end", endless(b"x" * 9999, head())),
    too_slow("drip", "a byte now and then", endless(b"x", head(content_length=999), 0.05)),
    too_slow("dripping head", "a head without end, bit by bit", endless(b"x: y\r\n", b"HTTP/1.1 200 OK\r\n", 0.05)),
    too_slow("silence", "the request is taken, and nothing said", silent),
    too_slow("endless 100", "100 Continue without end", endless(b"HTTP/1.1 100 Continue\r\n\r\n", pause=0.01)),
    too_much("small and large", "packed to a thousandth of what it is", whole(bombs(), content_encoding="gzip")),
    too_much("packed nothing", "gzip of nothing, without end",
             endless(b"\x00\x00\x00\xff\xff" * 999, head(content_encoding="gzip") + PACKED[:10])),
    case("unpacked in pieces", "the same, unpacked", "never more at once than a piece", unpacks_in_pieces),
    case("endless error page", "an error page without end", "its status tells enough; nothing is read",
         lambda: bounded(lambda: refuses(endless(b"x" * 9999, head("404 Not Found")), "no such board", 1))),
    case("endless 503", "503 with a page without end", "tried again without reading it",
         lambda: bounded(lambda: gives(in_turn(endless(b"x" * 9999, head("503 Busy")), whole(b"jobs")), b"jobs", 2))),
    case("many long answers", "answers that are too much together", "the board fails", board_is_bounded),
    case("longer than promised", "more bytes than promised", "what was promised is had, the rest is not of this answer",
         lambda: gives(raw(head(content_length=4) + b"jobsmore"), b"jobs")),
    case("two lengths", "two lengths that differ", "refused",
         lambda: refuses(raw(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\ncontent-length: 9\r\n\r\njobs"), "no answer")),
    case("length below nothing", "a length of -1", "refused",
         lambda: refuses(raw(b"HTTP/1.1 200 OK\r\ncontent-length: -1\r\n\r\njobs"), "no answer")),
    case("asked again in between", "a fault, a 502, a cut, then the body", "had whole",
         lambda: gives(in_turn(raw(b""), whole(status="502 Bad Gateway"), cut(BODY, 5), whole(BODY)), BODY, 4)),
]  # fmt: skip

test_holds = proving(CASES)
