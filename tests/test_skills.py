"""The skills that postings name: how they are read, counted, compared and shown."""

import csv
import json
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from clock import is_linear
from conftest import Market, Run, greenhouse_job
from scipy.stats import hypergeom
from selectolax.lexbor import LexborHTMLParser
from test_history import add_threads
from typer.testing import CliRunner

from classifiers.skills import FILE, skills, skills_named
from classifiers.tracks import TRACKS
from pipeline.assets import skills as asset
from pipeline.cli import app
from reports.site.write import render
from warehouse.clusters import Clusters
from warehouse.estimates import wilson
from warehouse.store import ask, open_store

MarketOf = Callable[[str], Market]
SERVING = (
    "You write CUDA kernels and serve models with vLLM at low latency, tune batching, quantization and the KV cache. "
)
RECRUITER = (
    "You find and win candidates, run interviews, keep the applicant tracking system and close offers with managers. "
)


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("C++, C#, .NET and Node.js", ["C#", "C++", ".NET", "Node.js"]),
        ("C/C++ and ASP.NET Core", ["C", "C++", ".NET"]),
        ("nodejs, golang, k8s, sklearn, postgres", ["Go", "Kubernetes", "Node.js", "PostgreSQL", "scikit-learn"]),
        ("fine-tuning, fine tuning or finetuning", ["Fine-tuning"]),
        ("Text-to-SQL, A/B tests; CI/CD (GitHub Actions)", ["A/B testing", "CI/CD", "GitHub Actions", "SQL", "Text to SQL"]),
        ("W&B, Weights & Biases", ["Weights & Biases"]),
        ("AWS Lambda and Azure OpenAI", ["AWS", "AWS Lambda", "Azure", "Azure OpenAI"]),
        ("PyTorch\nHugging\nface", ["Hugging Face", "PyTorch"]),
        ("**Python**/_Rust_", ["Python", "Rust"]),
        # word borders
        ("pythonic javascripty prerust unsqlable", []),
        ("www.vendor.net, net new revenue", []),
        ("Apache. Spark of genius, cutting-edge AI devices", ["Spark"]),
        # only as written
        ("we react quickly, rest well and flask around", []),
        ("React, REST and Flask", ["Flask", "REST APIs", "React"]),
        ("Bert and Clara claim that claude fell", []),
        # only beside another in a list
        ("Go to market. Go far. We go on.", []),
        ("Proficiency in Python, Go or Rust", ["Go", "Python", "Rust"]),
        ("Go, R, C and Python", ["C", "Go", "Python", "R"]),
        ("Python and Go-to-market teams", ["Go", "Python"]),  # what the rule costs
        ("You know Python\nGo the extra mile", ["Python"]),
        ("our R&D, Series C, vitamin C, R. Smith", []),
        ("Python or R", ["Python", "R"]),
        ("a swift answer in spring; Swift answers; Spring Health", []),
        ("Kotlin/Swift and Java (Spring)", ["Java", "Kotlin", "Spring", "Swift"]),
        ("OpenAI alumni founded us", []),
        ("LLMs (OpenAI, Anthropic, Llama)", ["Anthropic Claude", "Large language models", "Meta Llama", "OpenAI GPT"]),
        ("temporal data and Temporal logic", []),
        ("Airflow, Temporal", ["Airflow", "Temporal"]),
        ("chroma keying; Pinecone,\nChroma", ["Chroma", "Pinecone"]),
        ("dental, vision, PPO and HSA", []),
        ("SFT, RLHF, PPO", ["Preference optimization", "RLHF", "Supervised fine-tuning"]),
    ],
)  # fmt: skip
def test_what_a_text_names(text: str, named: list[str]) -> None:
    assert skills_named(text) == sorted(named)


def test_a_company_does_not_ask_for_itself() -> None:
    text = "At Databricks we build Databricks with Spark"
    assert skills_named(text, "Databricks") == ["Spark"]
    assert skills_named(text, "Kestrel") == ["Databricks", "Spark"]
    assert skills_named("Claude, made by Anthropic", "anthropic") == []


def test_every_alias_of_the_list_finds_its_skill_and_no_other_skill_has_it() -> None:
    with FILE.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert 250 <= len(rows) <= 420
    assert len({row["name"].casefold() for row in rows}) == len(rows) == len(skills())
    owners: dict[str, str] = {}
    for row in rows:
        given = {
            kind: [alias for alias in row[kind].split("|") if alias] for kind in ("aliases", "as_written", "beside")
        }
        exact = given["as_written"] + given["beside"]
        for alias in given["aliases"] + exact:
            assert owners.setdefault(alias.casefold(), row["name"]) == row["name"], alias
            other = alias.swapcase()
            alone, other_alone = (row["name"] in skills_named(f"we like {one} here") for one in (alias, other))
            assert alone == (alias not in given["beside"]), alias
            assert row["name"] in skills_named(f"GraphQL, {alias}"), alias
            assert other_alone == (alias not in exact or other in given["as_written"]), alias


@pytest.mark.parametrize("piece", ["Python, Go or R. ", "Go, ", "\n", "a", "C++", "and ", ". ", "é", "(", "W&"])
def test_reading_takes_linear_time(piece: str) -> None:
    assert is_linear(skills_named, piece, 10_000)


def materialized(result: Any) -> int:
    """How many postings the asset read."""
    return int(result.asset_materializations_for_node("skills")[0].metadata["read"].value)


def named_by(home: Path, number: int) -> list[str]:
    rows = ask(home, f"select skill from posting_skills where posting_id like '%/{number}' order by skill").rows
    return [row[0] for row in rows]


def test_only_what_changed_is_read_again(
    market: MarketOf, materialize: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, at = tmp_path / "home", market("2026-10-05")
    jobs = [
        greenhouse_job(1, content=f"<p>{SERVING}</p>"),
        greenhouse_job(2, "Model Serving Engineer", content=f"<p>{SERVING} Rust.</p>"),
        greenhouse_job(3, "Technical Recruiter", content=f"<p>{RECRUITER} Python.</p>"),
    ]
    at.board("Kestrel", "kestrel", jobs)
    assert materialized(materialize(at.folder, home, through="skills")) == 2  # the recruiter is of none of the six
    assert named_by(home, 1) == ["CUDA", "GPU kernels", "KV cache", "Quantization", "vLLM"]
    assert named_by(home, 2) == ["CUDA", "GPU kernels", "KV cache", "Model serving", "Quantization", "Rust", "vLLM"]
    assert named_by(home, 3) == []
    assert materialized(materialize(at.folder, home, through="skills")) == 0

    later = market("2026-10-12")
    changed = greenhouse_job(2, "Model Serving Engineer", content=f"<p>{SERVING} Triton kernels.</p>")
    later.board("Kestrel", "kestrel", [jobs[0], changed, jobs[2]])
    assert materialized(materialize(later.folder, home, through="skills")) == 1
    assert named_by(home, 2) == ["CUDA", "GPU kernels", "KV cache", "Model serving", "Quantization", "Triton", "vLLM"]

    monkeypatch.setattr(asset, "skills_version", lambda: "another list")
    assert materialized(materialize(later.folder, home, through="skills")) == 2
    assert len(named_by(home, 1)) == 5


def test_what_a_company_says_of_itself_under_every_job_is_not_read(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    about = "<p>Kestrel was founded by people who made Kubernetes and PostgreSQL what they are.</p>"
    jobs = [
        greenhouse_job(number, f"Inference Engineer, Team {number}", content=f"{about}<p>{SERVING} Team {number}.</p>")
        for number in (1, 2, 3)
    ]
    jobs += [
        greenhouse_job(number, f"Technical Recruiter, Team {number}", content=f"{about}<p>{RECRUITER}</p>")
        for number in (4, 5)
    ]
    at.board("Kestrel", "kestrel", jobs)
    at.board("Merlin", "merlin", jobs[:3])  # all of one kind: that may be what the job asks for
    assert materialize(at.folder, home, through="skills").success
    own = ask(
        home, "select posting_id, skill from posting_skills where skill in ('Kubernetes', 'CUDA') order by all"
    ).rows
    assert {row for row in own if "kestrel" in row[0]} == {(f"greenhouse/kestrel/{n}", "CUDA") for n in (1, 2, 3)}
    assert ("greenhouse/merlin/1", "Kubernetes") in own


def trackmix(home: Path, *words: str) -> tuple[int, str, str]:
    """Exit status, standard output, standard error."""
    result = CliRunner().invoke(app, ["skills", *words, "--home", str(home)])
    return result.exit_code, result.stdout, result.stderr


def rows(home: Path, *words: str) -> list[dict[str, Any]]:
    status, out, _ = trackmix(home, *words, "--format", "json")
    assert status == 0
    return json.loads(out)


def test_the_command_agrees_with_the_table_and_with_sql(sample_home: Path) -> None:
    found = rows(sample_home)
    assert {row["track"] for row in found} == {track.name for track in TRACKS}
    columns = "track, skill, field, postings, companies, of_postings, of_companies"
    built = ask(sample_home, f"select {columns} from skill_demand where area_kind = 'world'").rows
    assert sorted(built) == sorted(tuple(row[name] for name in columns.split(", ")) for row in found)
    for row in found[::17]:
        counted = ask(
            sample_home,
            f"""select count(*), count(distinct company) from open_tracks join posting_skills using (posting_id)
            where track = '{row["track"]}' and skill = '{row["skill"]}'""",
        ).rows[0]
        assert counted == (row["postings"], row["companies"])
        assert row["share_with_skill"] == row["postings"] / row["of_postings"]
        assert 0 <= row["share_with_skill_low"] < row["share_with_skill"] < row["share_with_skill_high"] <= 1
    for track in TRACKS:
        postings = [row["postings"] for row in found if row["track"] == track.name]
        assert postings == sorted(postings, reverse=True)
    counts = [[row[name] for name in ("skill", "postings", "companies")] for row in found if row["track"] == "training"]
    alone = rows(
        sample_home, "--track", "training"
    )  # its limits may differ in the last digit, as sums in another order do
    assert [[row[name] for name in ("skill", "postings", "companies")] for row in alone] == counts


def test_a_country_of_the_command_is_the_one_of_the_table(sample_home: Path) -> None:
    country, name = ask(
        sample_home, "select country, name from skill_demand join countries using (country) order by of_postings desc"
    ).rows[0]
    built = ask(sample_home, f"from skill_demand where country = '{country}' order by track, skill").records()
    found = sorted(rows(sample_home, name), key=lambda row: (row["track"], row["skill"]))
    assert [row["skill"] for row in found] == [row["skill"] for row in built]
    for one, other in zip(found, built, strict=True):
        assert [one["share_with_skill_low"], one["share_with_skill_high"]] == pytest.approx(
            [other["share_with_skill_low"], other["share_with_skill_high"]]
        )


def test_a_few_postings_show_their_skills_with_an_interval(sample_home: Path) -> None:
    named = ask(
        sample_home,
        """select distinct area_kind, country, track from posting_areas join open_tracks using (posting_id)
        join posting_skills using (posting_id) where area_kind in ('world', 'country')""",
    ).rows
    shown = set(ask(sample_home, "select distinct area_kind, country, track from skill_demand").rows)
    assert shown == set(named)
    found = rows(sample_home, "Berlin")
    assert found
    assert all(row["of_postings"] < 20 for row in found)
    assert all(row["share_with_skill_high"] - row["share_with_skill_low"] > 0.3 for row in found)
    status, out, _ = trackmix(sample_home, "Berlin")
    assert status == 0
    (said,) = re.findall(r"No posting names a skill of: ([^.]*)\.", " ".join(out.split()))
    assert "AI safety / evaluation" in said
    assert rows(sample_home, "Berlin", "--track", "safety_eval") == []


def test_a_table_says_what_it_rests_on(sample_home: Path) -> None:
    status, out, _ = trackmix(sample_home)
    said = " ".join(out.split())
    assert status == 0
    assert said.count("SAMPLE MARKET") == 6
    for words in ("Rests on", "Last seen 2026-11-23", "design effect", "asked for or not", "95 %"):
        assert words in said


@pytest.mark.parametrize(
    ("words", "status", "said"),
    [
        (("Berlni",), 2, "Berlin"),
        (("--company", "Nobody at all"), 2, "no board of a company"),
        (("--track", "cooking"), 2, "'cooking' is none of applied_llm"),
        (("Berlin", "--company", "Vesper Labs"), 2, "do not go together"),
        (("Berlin", "--rising"), 2, "goes with neither"),
    ],
)
def test_a_mistake_is_told(sample_home: Path, words: tuple[str, ...], status: int, said: str) -> None:
    found, out, err = trackmix(sample_home, *words)
    assert (found, out) == (status, "")
    assert said in " ".join(err.split())


def team(first: int, number: int, words: str) -> list[dict[str, Any]]:
    return [
        greenhouse_job(n, f"Inference Engineer, Team {n}", content=f"<p>{SERVING} Team {n}. {words}</p>")
        for n in range(first, first + number)
    ]


def tables(page: Path, label: str) -> list[list[str]]:
    """The cells of the table of that label on a page of the site, row by row."""
    found = LexborHTMLParser(page.read_text("utf-8")).css(f'[aria-label="{label}"] tbody tr')
    return [[cell.text(separator=" ", strip=True) for cell in row.css("th, td")] for row in found]


def test_a_company_is_told_apart_by_what_others_do_not_ask_for(
    market: MarketOf, materialize: Run, tmp_path: Path
) -> None:
    at, home = market("2026-10-05"), tmp_path / "home"
    at.board(
        "Kestrel", "kestrel", team(1, 6, "We need Rust, Python and Slurm.") + team(7, 2, "We need Python and Bazel.")
    )
    for number in range(6):
        skill = "Terraform" if number == 2 else "Slurm, Python" if number == 4 else "Python"
        at.board(f"Other {number}", f"other{number}", team(1, 4, f"We need {skill}."))
    at.board("Merlin", "merlin", team(1, 4, "We need OCaml and JAX."))
    assert materialize(at.folder, home).success
    found = {row["skill"]: row for row in rows(home, "--company", "kestrel")}
    assert (found["Rust"]["postings"], found["Rust"]["of_postings"]) == (6, 8)
    assert (found["Rust"]["elsewhere"], found["Rust"]["of_elsewhere"], found["Rust"]["of_companies"]) == (0, 28, 7)
    for skill, row in found.items():
        k, n, all_k = row["postings"], row["of_postings"], row["postings"] + row["elsewhere"]
        assert row["p_value"] == pytest.approx(hypergeom.sf(k - 1, n + row["of_elsewhere"], all_k, n)), skill
    assert {skill for skill, row in found.items() if row["is_distinct"]} == {"Rust", "Slurm"}
    assert (
        found["Python"]["share_with_skill"] > found["Python"]["share_with_skill_elsewhere"]
    )  # but others ask for it too
    assert found["CUDA"]["share_with_skill"] == found["CUDA"]["share_with_skill_elsewhere"] == 1
    assert found["CUDA"]["share_with_skill_elsewhere_low"] < 0.7  # as if each of the seven companies were one posting
    # what is kept is what is reckoned where nothing is
    assert rows(home, "--company", "Kestrel", "--since", "2000-01-01") == list(found.values())
    _, out, _ = trackmix(home, "--company", "Kestrel")
    assert [line.split()[0] for line in out.splitlines() if line.rstrip().endswith("more")] == ["Rust", "Slurm"]
    site = render(home, tmp_path / "site").parent
    told = tables(site / "companies" / "kestrel.html", "Distinct skills")
    assert [row[0] for row in told] == ["Rust", "Slurm"]
    rust = found["Rust"]
    assert told[0][3:-1] == [
        f"{rust[f'{share}']:.0%} {100 * rust[f'{share}_low']:.0f}–{rust[f'{share}_high']:.0%}"
        for share in ("share_with_skill", "share_with_skill_elsewhere")
    ]
    assert not tables(site / "companies" / "merlin.html", "Distinct skills")
    merlin = {row["skill"]: row for row in rows(home, "--company", "Merlin")}
    assert merlin["JAX"]["postings"] == 4
    assert not any(row["is_distinct"] for row in merlin.values())  # four postings tell nobody apart


def thread(company: int, words: str) -> str:
    return f"Company {company} | LLM Inference Engineer | Berlin, Germany | ONSITE<p>{SERVING}{words}"


def test_a_skill_rises_where_its_change_exceeds_its_error(market: MarketOf, materialize: Run, tmp_path: Path) -> None:
    at, home = market("2025-08-05"), tmp_path / "home"
    early = [thread(n, "We use Terraform." if n < 10 else "We use Python." if n < 26 else "") for n in range(30)]
    late = [thread(n, f"We use {'Terraform' if n < 13 else 'Docker'} and Rust.") for n in range(40)]
    months = {
        f"{month} 2025": late for month in ("January", "February", "March", "April", "May", "June", "July", "August")
    }
    # the same comments every month: a company counts once
    add_threads(at, months | {"January 2025": early, "February 2025": early, "March 2025": []})
    assert materialize(at.folder, home).success
    found = {row["skill"]: row for row in rows(home, "--rising")}
    assert set(found) == {"Rust", "Docker", "Python"}  # Terraform: 10 of 30, then 13 of 40
    rust = found["Rust"]
    assert (rust["companies"], rust["of_companies"], rust["before"], rust["of_before"]) == (40, 40, 0, 30)
    assert rust["change_low"] > 0.8
    assert found["Python"]["change"] < 0
    assert found["Python"]["change_high"] < 0
    _, out, _ = trackmix(home, "--rising", "--track", "inference_serving")
    said = " ".join(out.split())
    assert "+100 points" in said
    assert "40 companies, against the half-year from" in said
    assert rows(home, "--rising", "--track", "research") == []
    site = render(home, tmp_path / "site").parent / "tracks"
    told = {
        skill: (change, now) for skill, _, change, now, _ in tables(site / "inference_serving.html", "Rising skills")
    }
    assert set(told) == set(found)
    for skill, row in found.items():
        change, low, high = (f"{100 * row[name]:+.0f}" for name in ("change", "change_low", "change_high"))
        assert told[skill] == (f"{change} points {low} to {high}".replace("-", "−"), f"{row['share_with_skill']:.0%}")
    assert "It cannot be told" in (site / "research.html").read_text("utf-8")


def test_without_threads_nothing_can_rise(sample_home: Path) -> None:
    status, out, _ = trackmix(sample_home, "--rising")
    assert status == 0
    assert "Nothing can be compared" in out


@pytest.mark.parametrize("truth", [0.2, 0.5])
def test_intervals_hold_where_postings_of_a_company_are_alike(tmp_path: Path, truth: float) -> None:
    """A company names a skill in nine of ten postings or hardly ever; 95 % intervals must cover the share of all."""
    often, seldom = 0.9, (truth - 0.9 * truth / 2) / (1 - truth / 2)
    with open_store(tmp_path) as store:
        store.ask("set threads to 1")
        store.ask("select setseed(0.42)")
        store.ask(
            f"""create table companies as select draw, company, 1 + floor(8 * pow(random(), 3))::int as n,
            case when random() < {truth / 2} then {often} else {seldom} end as q
            from range(1000) d(draw), range(150) c(company)"""
        )
        rows = store.ask(
            """select sum(k) as postings, sum(n) as of_postings, count(*) as units, sum(k * k) as squares,
                sum(k * n) as products, sum(n * n) as of_squares
            from (
                select draw, company, n, count(*) filter (random() < q) as k
                from companies, range(8) p(posting) where posting < n group by all
            )
            group by draw"""
        ).records()
    drawn = Clusters.of(rows)
    one_by_one = wilson(drawn.share(), drawn.of_postings)
    covered, narrow = (float(((low <= truth) & (truth <= high)).mean()) for low, high in (drawn.limits(), one_by_one))
    assert 0.93 <= covered <= 0.97
    assert narrow < 0.9  # what taking each posting for itself would give
