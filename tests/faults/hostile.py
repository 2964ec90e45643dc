"""One invented market whose every field holds what could do harm where it is shown, or tells of a person."""

from pathlib import Path

import pytest
from conftest import Market, Run, greenhouse_job, made_once, remoteok_job

from pipeline.posting import sound_text

DAY = "2026-10-05"
WORK = "&lt;p&gt;You write CUDA kernels and serve language models with vLLM at low latency.&lt;/p&gt;"
ATTACKS = {
    "image": "<img src=x onerror=window.harm=1>",
    "script": "<script>window.harm=1</script>",
    "end of script": "</script><script>window.harm=1</script>",
    "attribute": "\" onmouseover=window.harm=1 x='",
    "vector": "<svg/onload=window.harm=1>",
    "comment": "<!-- --> ]]> <![CDATA[",
    "frame": "<iframe srcdoc='<script>parent.harm=1</script>'>",
    "style": "<style>*{display:none}</style>",
    "link": "[harm](javascript:window.harm=1)",
    "database": "'; drop table postings; --",
    "formula": '=HYPERLINK("https://harm.example.com","x")',
    "plus": "+cmd|' /C calc'!A0",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(1+1)*cmd|' /C calc'!A0",
    "tabbed": "\t=1+1",
    "colour": "\x1b[31mred\x1b[0m",
    "title of the window": "\x1b]0;harm\x07",
    "terminal link": "\x1b]8;;https://harm.example.com\x1b\\harm\x1b]8;;\x1b\\",
    "C1": "\x9b31m\x9d0;harm\x9c",
    "screen": "\x1b[2J\x1b[H\x1b[?1049h",
    "back": "harm\x08\x08\x08\x08safe\r\x7f",
    "markup": "[bold red]harm[/] [link=https://harm.example.com]harm[/link] [/nothing]",
    "emoji": ":bomb: :skull:",
    "template": "{{ 7 * 7 }} {% include '/etc/passwd' %}",
    "template of strings": "${7*7} #{7*7} %(harm)s {0}",
    "path up": "../../../../harm",
    "path of a device": "CON/../NUL\\..\\harm",
    "absolute path": "/etc/harm",
    "dots": "..",
    "override": "gpj.\u202emrah",
    "isolate": "\u2066harm\u2069\u200f",
    "lines": "one\u2028two\u2029three\x85four",
    "table": "a | b ` c * d _ e # f ~ g",
    "null": "nul\x00harm",
}
ADDRESSES = (
    "javascript:window.harm=1",
    "JaVaScRiPt:window.harm=1",
    " javascript:window.harm=1",
    "java\tscript:window.harm=1",
    "data:text/html,<script>window.harm=1</script>",
    "vbscript:harm",
    "file:///etc/passwd",
    'https://a.example.com/"onmouseover="window.harm=1',
    "https://a.example.com/>)](javascript:window.harm=1",
    "//harm.example.com",
    "https://[::1",
    "https://a.example.com/\x1b]0;harm\x07",
)
PERSON, TOLD = "Quilla Zephyrine", "Ottoline Vane"  # named in a field of the source, and in running text
MAILS = (
    "zz01@kestrel.example.com",
    "zz02&#64;kestrel.example.com",
    "zz03 [at] kestrel [dot] example.com",
    "zz04 (at) kestrel (dot) com",
    "zz05@bücher.example",
    "zz06@xn--bcher-kva.example",
    "mail zz07 @ kestrel.example.com",
    "zz08 at kestrel dot com",
    "zz09＠kestrel.example.com",
    "zz10%40kestrel.example.com",
)
NUMBERS = (
    "(415) 555-2671",
    "415-555-2672",
    "+49 30 2555 2673",
    "0049 30 25552674",
    "Tel: 030 2555 2675",
    "1.415.555.2676",
)
CONTACTS = (*MAILS, *NUMBERS)


def hostile_home(materialize: Run, factory: pytest.TempPathFactory) -> Path:
    """The home folder of that market after one run, shared by all who look at it."""

    def fill(home: Path) -> None:
        replies = factory.mktemp("hostile-replies")
        write(Market(replies, DAY))
        assert materialize(replies, home, through="report").success

    return made_once(factory, "hostile", fill)


def write(market: Market) -> None:
    """Its replies: a board for each attack, and boards of the sources that name people."""
    for number, attack in enumerate(ATTACKS.values()):
        jobs = [_attacked(100 * number + at, attack) for at in range(2)]
        market.board(csv_cell(f"{attack} Company {number}"), f"k{number:02}", jobs)
    market.board(
        "Addresses", "addresses", [greenhouse_job(7000 + n, absolute_url=url) for n, url in enumerate(ADDRESSES)]
    )
    market.board("Contacts", "contacts", [_of_a_person(8000 + n, contact) for n, contact in enumerate(CONTACTS)])
    market.board("Broken", "broken", b"<script>window.harm=1</script>\x1b]0;harm\x07 zz11@kestrel.example.com")
    market.board("Rejected", "rejected", [{"id": ATTACKS["screen"], "title": None}, {"id": "zz12@kestrel.example.com"}])
    _smartrecruiters(market)
    _personio(market)
    _hackernews(market)
    _remoteok(market)


def _attacked(number: int, attack: str) -> dict[str, object]:
    return greenhouse_job(
        number,
        f"{attack} Inference Engineer {number} {attack}",
        content=f"{WORK}&lt;p&gt;{attack.replace('<', '&amp;lt;')} {attack}&lt;/p&gt;",
        departments=[{"name": f"{attack} Department"}],
        location={"name": f"{attack}; Berlin, Germany"},
        metadata=[{"name": "Workplace Type", "value": attack}],
        pay_input_ranges=[
            {"min_cents": 12_000_000, "max_cents": 15_000_000, "currency_type": "EUR", "title": f"{attack} range"}
        ],
    )


def _of_a_person(number: int, contact: str) -> dict[str, object]:
    told = f"&lt;p&gt;Write to {contact} now. Contact: Prof. Dr. {TOLD}&lt;/p&gt;"
    return greenhouse_job(
        number,
        f"Inference Engineer {contact}",
        content=WORK + told,
        departments=[{"name": f"Team {contact}"}],
        absolute_url=f"https://a.example.com/jobs?to={contact}",
        pay_input_ranges=[{"min_cents": 12_000_000, "max_cents": 15_000_000, "currency_type": "EUR", "title": contact}],
    )


def _smartrecruiters(market: Market) -> None:
    board = "https://api.smartrecruiters.com/v1/companies/kestrel/postings"
    row = {"id": "1", "name": "Inference Engineer", "creator": {"name": PERSON, "email": MAILS[0]}}
    market.reply(f"{board}?limit=100&offset=0", {"totalFound": 1, "content": [row]})
    sections = {"jobDescription": {"title": "Role", "text": f"<p>Serve models with vLLM. {MAILS[1]}</p>"}}
    market.reply(f"{board}/1", row | {"jobAd": {"sections": sections}, "location": {"city": "Berlin", "country": "de"}})
    market.list_board("Smart", "smartrecruiters", "kestrel")


def _personio(market: Market) -> None:
    contact = f"<name>CONTACT_PERSON</name><value><![CDATA[<p>{PERSON}, {MAILS[0]}</p>]]></value>"
    told = "<name>Role</name><value>&lt;p&gt;Serve models with vLLM.&lt;/p&gt;</value>"
    sections = "".join(f"<jobDescription>{section}</jobDescription>" for section in (told, contact))
    position = (
        f"<id>1</id><name>Inference Engineer</name><office>Berlin</office><jobDescriptions>{sections}</jobDescriptions>"
    )
    feed = f"<workzag-jobs><position>{position}</position></workzag-jobs>"
    market.reply("https://kestrel.jobs.personio.de/xml", feed.encode())
    market.list_board("Person", "personio", "kestrel")


def _hackernews(market: Market) -> None:
    text = f"Kestrel Labs | Inference Engineer | Berlin, Germany<p>We serve models with vLLM. Contact: Dr. {TOLD}, {MAILS[2]}"
    comment = {"id": 2, "author": PERSON, "text": text, "created_at": f"{DAY}T00:00:00Z", "children": []}
    thread = {"id": 1, "author": PERSON, "title": "Ask HN: Who is hiring? (October 2026)", "children": [comment]}
    market.reply("https://hn.algolia.com/api/v1/items/1", thread)
    hit = {"title": thread["title"], "objectID": "1"}
    market.reply("https://hn.algolia.com/api/v1/search_by_date", {"hits": [hit], "nbPages": 1})
    market.list_board("Hacker News", "hackernews", "whoishiring")


def _remoteok(market: Market) -> None:
    jobs = [
        remoteok_job(
            n, company=f"{attack} Remote Company", position=f"Inference Engineer {attack}", url=ADDRESSES[n % 12]
        )
        for n, attack in enumerate(ATTACKS.values())
    ]
    market.reply("https://remoteok.com/api", [{"legal": "notice"}, *jobs])
    market.list_board("Remote", "remoteok", "all")


def csv_cell(cell: str) -> str:
    """A cell of a registry, without the control characters and line ends that a registry refuses."""
    return '"' + " ".join(sound_text(cell).split()).replace('"', '""') + '"'
