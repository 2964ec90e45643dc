"""HTML that is read faster means what it meant."""

from html import unescape
from html.entities import html5

from hypothesis import example, given
from hypothesis import strategies as st

from pipeline.markup import unescaped
from pipeline.posting import sound_text
from pipeline.reading.text import plain

PIECES = [
    "&",
    ";",
    "#",
    "x",
    "lt;",
    "&lt;",
    "&gt;",
    "&quot;",
    "&amp;",
    "&gt",
    "&quot",
    "in;",
    "60;",
    "z" * 31,
    "<p>",
    '"',
    " ",
]
ESCAPED = st.lists(st.sampled_from([*PIECES, *(f"&{name}" for name in sorted(html5))]), max_size=12).map("".join)
ODD_BLANKS = st.text("ab \n\t\r\v\f\x00\x1c\x1f\x85\xa0\u1680\u2003\u2007\u2028\u200e\u3000\ufeff\ud800", max_size=40)


@given(ESCAPED)
@example("&amp;lt;p&amp;gt;")
@example("&notin&gt;&amp&lt;")
def test_unescaped_is_what_the_standard_library_says(html: str) -> None:
    assert unescaped(html) == unescape(html)


@given(ODD_BLANKS)
def test_lines_are_words_with_one_blank_between(text: str) -> None:
    sound = sound_text(text)
    lines = plain(text).split("\n") if plain(text) else []
    assert lines == [" ".join(line.split()) for line in sound.split("\n") if line.split()]
    assert not any(mark in sound for mark in "\x00\r\v\f\x1c\x1f\x85\u2028\u200e\ufeff\ud800")


def test_what_is_not_shown_is_not_read() -> None:
    for tag in ("script", "STYLE", "noscript", "Template"):
        assert plain(f"<p>Kernels</p><{tag} id=x>never</{tag}><p>in CUDA</p>") == "Kernels\nin CUDA"
