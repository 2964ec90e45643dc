"""What a posting says of who may apply and on what terms, and where a remote job may be done, from title and text."""

from datetime import timedelta
from pathlib import Path

import pytest
from clock import is_linear
from invented import DAY, Job, invented
from typer.testing import CliRunner

from pipeline.cli import app
from pipeline.posting import Place, Posting, RawPlace, RawPosting, Signals
from pipeline.reading.normalise import normalise
from pipeline.reading.passages import MOST_EVIDENCE, Text, sentences_with
from pipeline.reading.remote_places import in_text
from pipeline.reading.remote_statements import denial, statement
from pipeline.reading.signals import read_signals
from reports.openings import Wanted, ask_openings
from reports.scope import Scope, company_scope
from reports.standing import ask_standing
from reports.track import Part, tell_track
from warehouse.store import ask, open_store, publish

UNTOLD = Scope("world", "everywhere")

VISA = {
    "offered": """
We sponsor visas for the right person.
Visa sponsorship is available for this post.
Our offer includes a relocation package and visa support.
We can help you with your work permit.
Kestrel - Inference Engineer - Berlin - ONSITE, VISA - Full-time
H-1B transfers and visa sponsorship: yes
Kestrel | Engineer | Leeds | H1-B VISA
Kestrel - Engineer - Leeds - Onsite or remote (Visa) - Full-time
A visa can be sponsored for whoever needs one.
We do sponsor visas! We cannot do so for every role, yet we try.
""",
    "not offered": """
We are unable to sponsor visas at this time.
Candidates must be able to work here without sponsorship, now and later.
No visa sponsorship.
Visa sponsorship is not available for this role.
This role is not eligible for visa
sponsorship.
We do not accept applicants who require sponsorship of a visa.
VISA: no
We offer no green card sponsorship.
""",
    None: """
You are the executive sponsor of our largest customers.
Among our clients are Visa, Mastercard and others.
You must be authorized to work in the United States.
An offer may depend on your right to receive such software without sponsorship for an export license.
Will you now or in the future require visa sponsorship?
We do not sponsor visas in the UK. In Germany we sponsor visas.
We offer company-sponsored health care.
""",
}
CLEARANCE = {
    "clearance": """
You hold an active security clearance.
Must be able to obtain and maintain a Secret clearance.
TS/SCI required.
U.S. citizenship and ability to obtain a public trust clearance.
""",
    "citizenship": """
US citizenship is required for this role.
Only U.S. citizens or permanent residents can be considered.
You must be a Canadian citizen.
""",
    None: """
We do not discriminate by race, religion, citizenship status or age.
A security clearance is a plus.
You handle customs clearance for our shipments.
US citizens and all others who may work here are encouraged to apply.
""",
}
DEGREE = {
    "bachelor": """
Bachelor's degree in computer science (Master's preferred)
BS, MS or PhD in a quantitative field
Bachelor's degree in physics, or a master's degree (preferred)
A degree in physics or equivalent experience
Abgeschlossenes Studium der Informatik
""",
    "master": """
Master’s degree in statistics, or equivalent experience
An advanced degree in mathematics
MSc or PhD in a related field
""",
    "doctorate": "A PhD in machine learning or physics\nDoctorate in chemistry",
    None: """
A degree is a plus.
You are pursuing a PhD in computer science.
Five of our employees have a PhD in physics.
You enjoy a high degree of freedom.
We hire in IL, MN, MS, MO, OH.
You master Python and Go, and our systems teach you more.
""",
}
CONTRACT = {
    "permanent": "This is a permanent position in our team.\nEmployment type: Permanent\nEin unbefristeter Arbeitsvertrag, deutlich unbefristete Anstellung",
    "fixed_term": "This is a 12 month fixed-term contract.\nDuration: Contract\nContract: 6+ months\nDuration: 1 year\nThis is an 8-month parental leave cover contract.",
    "freelance": "This is a contractor role, paid by the hour.\nEngagement: 1099 contract\nContract (1099)",
    "internship": "This paid internship takes three months.",
    None: """
Temporary employees may have other benefits, by their fixed term contract.
You need permanent residence.
We are a federal contractor.
We work with home improvement contractors.
""",
}
LANGUAGES = {
    "en": "You will build the tools that our team and all of our customers use, and you are the one who decides how.",
    "de": "Du entwickelst mit uns die Werkzeuge, die unser Team und alle Kunden nutzen, und bist nicht allein für sie da.",
    "fr": "Vous développez les outils que nous utilisons dans notre équipe, et vous travaillez avec des clients sur un projet.",
    "es": "Desarrollarás las herramientas que usa nuestro equipo y todos los clientes, con una visión de lo que se necesita.",
    "nl": "Je bouwt de tools die ons team en al onze klanten gebruiken, en je bent niet de enige die van een goed idee houdt.",
    "pl": "Tworzysz narzędzia, z których korzysta nasz zespół oraz nasi klienci, i nie jest to praca dla każdego, od startu do wdrożenia.",
    "ja": "私たちのチームとお客様のためのツールを作ります。",
    "uk": "Ви створюєте інструменти, якими користується наша команда, і вирішуєте, як їх розвивати.",
    None: "Kestrel, Berlin",
}


def cases(told: dict[str | None, str]) -> list[tuple[str | None, str]]:
    """Each sentence with what it says; one goes on where the next line begins small."""
    return [
        (value, words)
        for value, lines in told.items()
        for words in lines.strip().replace("\nsponsorship", "\vsponsorship").split("\n")
    ]


def signals(text: str, title: str = "Engineer", **field: str) -> Signals:
    return read_signals(title, Text.of(text.replace("\v", "\n")), None, field.get("employment_type"), {})


@pytest.mark.parametrize(("told", "words"), cases(VISA))
def test_whether_a_visa_is_sponsored(told: str | None, words: str) -> None:
    assert signals(words).visa == told


@pytest.mark.parametrize(("told", "words"), cases(CLEARANCE))
def test_whether_a_clearance_is_asked_for(told: str | None, words: str) -> None:
    assert signals(words).clearance == told


@pytest.mark.parametrize(("told", "words"), cases(DEGREE))
def test_the_lowest_degree_asked_for(told: str | None, words: str) -> None:
    assert signals(words).degree == told


@pytest.mark.parametrize(("told", "words"), cases(CONTRACT))
def test_the_kind_of_contract_by_the_text(told: str | None, words: str) -> None:
    assert signals(words).contract == told


@pytest.mark.parametrize(
    ("told", "title", "employment_type"),
    [
        ("internship", "Research Intern", None),
        ("internship", "Engineer", "Intern"),
        ("freelance", "Data Engineer (Freelance)", "Full-time"),
        ("freelance", "Engineer", "FREELANCE"),
        ("fixed_term", "AI Engineer (Contract)", None),
        ("fixed_term", "Engineer", "Contract"),
        ("permanent", "Engineer", "permanent"),
        (None, "Engineer", "Full-time/Contractor"),
        (None, "Contract Manager", None),
        (None, "Data Engineer CDD", None),
        (None, "Internal Tools Engineer", None),
    ],
)
def test_the_kind_of_contract_by_field_and_title(told: str | None, title: str, employment_type: str | None) -> None:
    found = read_signals(title, Text.of(""), None, employment_type, {})
    assert found.contract == told


@pytest.mark.parametrize(("language", "text"), LANGUAGES.items())
def test_the_language_of_a_text(language: str | None, text: str) -> None:
    assert signals(text).language == language


def test_signals_come_with_the_words_that_decided() -> None:
    found = signals(
        "You have 3+ years of experience in Go, " + "and more, " * 40 + "yet we sponsor visas for all who come."
    )
    assert (found.years, found.visa) == (3, "offered")
    assert "3+ years" in found.words["years"]
    assert "sponsor visas" in found.words["visa"]
    assert max(map(len, found.words.values())) <= MOST_EVIDENCE + 2


DENIED = """
This is not a remote position.
We do not offer remote-only roles.
Please note that this role is not open to fully remote arrangements.
Remote candidates are not considered.
We have offices in two towns (but fulltime remote is not an option for us).
This role is on-site only in Berlin.
We cannot support remote work.
Sorry, no remote.
Kein Homeoffice, wir arbeiten zusammen im Büro.
Remote: No
Here is all of it.<br>Work Remotely:<br>No
"""
NOT_DENIED = """
While many roles are remote-first, we are not remote-only.
This role will be remote, but is not eligible to be hired in CA, CT and NJ.
We cannot offer remote work from other countries.
It is not only remote, it is asynchronous.
Daily lunch (in-office only)
You have no remote sensing experience? That is fine.
If you're not remote, come to our office.
"""
STATED = """
Location: Remote
This is a fully remote role.
#LI-Remote
We are a remote-first company.
Work from anywhere.
This role is remote and you can be based where you like.
Remote, United States
The work can be performed remotely.
You may work from the office or remotely, as you like.
We are open to remote work all over the country.
Location: Leeds / Remote
We are looking for a remote engineer.
Telecommuting is permitted.
We are a remote, small team.
All of our employees work remotely.
#KE-Remote
Kestrel | Remote – UK
You can work anywhere in the country.
<ul><li>Good pay</li><li>Remote environment</li></ul>
Fully remote, with occasional travel to customers
This is a hybrid role in Leeds; open to remote candidates who visit us twice a year.
Remote opportunity - open to people all over the country
Our team is globally remote.
Remote work: you decide where your office is, in a hub or at home.
We are one of the largest all-remote companies.
Leeds, 9 to 5 pm RemoteCandidates must like rain.
You know Go.BenefitsFully remoteTime off
Machine Learning EngineerRemoteAbout the role
"""
NOT_STATED = """
You can work remotely two days a week.
A first interview takes place, remote or in the office.
You know remote procedure calls.
This is a hybrid role in Berlin. Some of our teams are fully remote.
66 % of our people are fully remote.
Remote work options may vary by team.
For the right person we would consider fully remote.
The role is remote for now, and temporarily so.
Hybrid remote in Leeds
We have a hybrid schedule. Benefits: work from anywhere in summer.
You may spend up to a week of every quarter working from anywhere.
Our RemoteControl is sold in shops.
"""


@pytest.mark.parametrize("words", DENIED.strip().split("\n"))
def test_a_denial_beats_the_flag_of_a_board(words: str) -> None:
    raw = RawPosting("1", "Engineer", f"<p>{words}</p>", places=(RawPlace(words="Berlin"),), is_remote=True)
    found = normalise(raw)
    assert isinstance(found, Posting)
    assert (found.is_remote, found.workplace) == (False, None)
    assert found.signals.words["remote"]


@pytest.mark.parametrize("words", NOT_DENIED.strip().split("\n"))
def test_what_denies_something_else_is_no_denial(words: str) -> None:
    assert denial("Engineer", Text.of(words), False) is None


@pytest.mark.parametrize("words", STATED.strip().split("\n"))
def test_a_text_says_remote_where_the_fields_say_nothing(words: str) -> None:
    raw = RawPosting("1", "Engineer", f"<p>{words}</p>", places=(RawPlace(words="Berlin"),))
    for workplace_type, told in ((None, "remote"), ("OnSite", "onsite"), ("Hybrid", "hybrid")):
        found = normalise(RawPosting("1", "Engineer", raw.html, places=raw.places, workplace_type=workplace_type))
        assert isinstance(found, Posting)
        assert found.workplace == told


@pytest.mark.parametrize("words", NOT_STATED.strip().split("\n"))
def test_what_is_remote_in_part_is_not_said_to_be_remote(words: str) -> None:
    assert statement(Text.of(words)) is None


@pytest.mark.parametrize(
    ("title", "text", "told", "countries"),
    [
        ("Engineer [Remote-US]", "", "Remote", "US"),
        ("Engineer (Remote, Germany)", "", "Remote", "DE"),
        ("US Remote - Engineer", "", "Remote", "US"),
        ("Engineer (Portugal Based Remote/Hybrid)", "", "Remote", "PT"),
        ("Engineer (based in Poland)", "", "Remote", "PL"),
        ("Engineer - Oakland, CA or REMOTE (US time zones)", "", "Oakland, CA or remote", "US"),
        ("Engineer", "We are open to candidates in Germany, Austria and Switzerland.", "Remote", "AT CH DE"),
        ("Engineer", "You must reside in Canada.", "Remote", "CA"),
        ("Engineer", "Remote within Switzerland, full-time.", "Remote", "CH"),
        ("Engineer", "Only U.S.-based candidates, please: US-based candidates only.", "Remote", "US"),
        ("Engineer", "You must be authorized to work in the United States.", "Remote", "US"),
        ("Engineer", "You must be authorized to work in the United States.", "Remote, Canada", "CA"),
        ("Engineer", "We also take applicants located in Austria.", "Remote, Germany", "AT DE"),
        ("Engineer", "Candidates in US time zones preferred.", "Remote", ""),
        ("Engineer", "We work with US hours; candidates from US time zones are fine.", "Remote", ""),
        ("Engineer", "This job is not open to candidates in Germany.", "Remote", ""),
        ("Engineer", "For candidates located in California the salary is higher.", "Remote, United States", "US"),
        ("Engineer", "Kestrel is based in Austria.", "Remote", ""),
        ("Engineer", "Must reside in Canada.", "Remote", "CA"),
        ("Engineer", "We are looking for someone located in Norway.", "Remote", "NO"),
        ("Engineer", "Work from any location in Spain.", "Remote", "ES"),
        ("Engineer", "We can hire in the following countries: Poland, Spain.", "Remote", "ES PL"),
        ("Engineer", "US-based or Canada-based ONLY", "Remote", "CA US"),
        ("Engineer", "You must be UK based.", "Remote", "GB"),
        ("Engineer", "You have a home office in Ireland.", "Remote", "IE"),
        ("Engineer", "<b>Location:</b> Remote - India", "Remote", "IN"),
        ("Engineer", "Candidates in the US, Canada or Latin America are welcome.", "Remote", "CA US"),
        ("Engineer", "Our people reside in Portugal and Spain.", "Remote", ""),
        ("Engineer", "We don't take applicants located in Austria.", "Remote", ""),
        ("Engineer", "We donât have a legal basis to accept applicants from Austria, Serbia.", "Remote", ""),
        ("Engineer", "We dont take applicants located in Austria.", "Remote", ""),
        ("Engineer", "Unable to consider candidates located in Austria.", "Remote", ""),
        ("Engineer", "Open to remote U.S. candidates who visit our Boise office.", "Remote", "US"),
        ("Engineer", "The role is located in our Boise, Idaho Headquarters or Remote.", "Remote", "US"),
        ("Engineer", "You can be based in our Oslo office or remote.", "Remote", "NO"),
        ("Engineer", "Location: Poland or Spain", "Remote", "ES PL"),
        ("Engineer", "Location: Poland or Spain", "Remote, Poland", "ES PL"),
        ("Engineer", "Company location: Poland", "Remote", ""),
        ("Engineer", "Location: Remote (US-based only)Salary: $100,000", "Remote", "US"),
        ("Engineer", "Open to candidates anywhere in the greater United States.", "Remote", "US"),
        ("Engineer", "Eastern hours, can be US or Canada based.", "Remote", "CA US"),
        ("Engineer", "Remote | Americas, Europe, or Israel", "Remote", "IL"),
        ("Engineer", "Hours of the office. Remote", "Remote (US Eastern Time)", ""),
        ("Engineer", "Remote", "Remote (Canada only, Pacific time)", "CA"),
    ],
)
def test_where_a_remote_job_is_open_to(title: str, text: str, told: str, countries: str) -> None:
    found = normalise(RawPosting("1", title, f"<p>{text}</p>", places=(RawPlace(words=told),)))
    assert isinstance(found, Posting)
    assert found.is_remote
    assert " ".join(sorted({place.country or "" for place in found.places})) == countries


HEADINGS = {
    "Kestrel - Engineer - Remote (UK) - Full-time": "GB",
    "Kestrel | Engineer | Remote US (HQ: Boise, ID) | kestrel.example": "US",
    "Kestrel - Engineer - Oslo or Remote - Full-time": "NO",
    "Kestrel - Engineer - Hybrid/Remote/Onsite - Boise, ID USA - Full-time": "US",
    "Kestrel - Engineer - HYBRID Oslo / Turin or REMOTE - Full-time": "IT NO",
    "Kestrel - Engineer - Remote - Full-time": "",
    "Kestrel - Engineer - REMOTE (Canada or USA) with frequent travel - Contract": "CA US",
    "Kestrel - Engineer - Hybrid/Remote - Oslo or Turin": "IT NO",
    "Kestrel - Engineer - Boise, ID, USA (Onsite/Hybrid/Remote)": "US",
    "Kestrel - Engineer - LATAM REMOTE ONLY - Full-time": "",
    "Kestrel - Engineer - Full-time, Hybrid (Toronto) or Remote (Canada) - kestrel.example": "CA",
    "Kestrel - Engineer - Boise, ID, USA or REMOTE in USA - $90k": "US",
    "Kestrel - Engineer - Remote (US Eastern Time ± 2 hrs) - Full-time": "",
    "Kestrel - Engineer - REMOTE (Austria ± 6 hours) - Full-time": "",
}
NO_HEADINGS = """
Kestrel - Engineer - Oslo - Onsite
Kestrel - Remote Sensing Engineer - Oslo - Onsite
Kestrel - Engineer - Oslo - No remote
Kestrel - Engineer - Hybrid remote - Oslo
Kestrel - Engineer, who likes remote places - Oslo - Full-time
Kestrel makes tools - for teams - remote ones too, and those who meet
"""


@pytest.mark.parametrize(("heading", "countries"), HEADINGS.items())
def test_a_heading_in_segments_says_where(heading: str, countries: str) -> None:
    found = normalise(RawPosting("1", "Engineer", f"<p>{heading}</p><p>Kestrel counts birds.</p>"))
    assert isinstance(found, Posting)
    assert (found.is_remote, found.workplace) == (True, "remote")
    assert " ".join(sorted({place.country or "" for place in found.places})) == countries


@pytest.mark.parametrize("heading", NO_HEADINGS.strip().split("\n"))
def test_other_headings_say_nothing_of_remote_work(heading: str) -> None:
    found = normalise(RawPosting("1", "Engineer", f"<p>{heading}</p>"))
    assert isinstance(found, Posting)
    assert not found.is_remote


def test_a_heading_does_not_go_before_the_fields() -> None:
    heading = "<p>Kestrel - Engineer - Oslo or Remote - Full-time</p>"
    onsite = normalise(RawPosting("1", "Engineer", heading, workplace_type="OnSite"))
    remote = normalise(RawPosting("1", "Engineer", heading, places=(RawPlace(words="Remote, Spain"),)))
    assert isinstance(onsite, Posting)
    assert isinstance(remote, Posting)
    assert onsite.is_remote is False
    assert [place.country for place in remote.places] == ["ES"]


@pytest.mark.parametrize(
    ("title", "told"),
    [
        ("Engineer - Hybrid in Oslo or Turin", "hybrid"),
        ("Engineer (Hybrid)", "hybrid"),
        ("Engineer - Oslo - Hybrid Remote", "hybrid"),
        ("Engineer (Hybrid or Remote)", "remote"),
        ("Hybrid Cloud Engineer", "remote"),
        ("Engineer, Hybrid Search", "remote"),
    ],
)
def test_a_title_says_hybrid_before_the_text_says_remote(title: str, told: str) -> None:
    found = normalise(RawPosting("1", title, "<p>We have a remote-friendly culture.</p>"))
    assert isinstance(found, Posting)
    assert (found.workplace, found.is_remote) == (told, told == "remote")


def test_a_country_is_parted_into_the_states_told() -> None:
    text = "Employees must reside in one of the following states: CO, GA or TX."
    found = normalise(RawPosting("1", "Engineer", text, places=(RawPlace(words="Remote, United States"),)))
    assert isinstance(found, Posting)
    assert [place.region for place in found.places] == ["Colorado", "Georgia", "Texas"]
    assert "must reside" in found.signals.words["open_to"]


def test_a_list_of_states_may_be_long() -> None:
    states = (
        "Alabama, Alaska, Arizona, Arkansas, California, Colorado, Connecticut, Delaware, Florida, Georgia, Hawaii, Idaho, Illinois, "
        "Indiana, Iowa, Kansas, Kentucky, Louisiana, Maine, Maryland, Massachusetts, Michigan, Minnesota, Mississippi, Missouri, Montana, "
        "Nebraska, Nevada, New Hampshire, Ohio"
    )
    text = f"You must reside in one of these states: {states}."
    found = normalise(RawPosting("1", "Engineer", text, places=(RawPlace(words="Remote, United States"),)))
    assert isinstance(found, Posting)
    assert [place.region for place in found.places] == states.split(", ")


def test_a_hashtag_goes_before_other_words_of_hybrid_work() -> None:
    assert statement(Text.of("We have a hybrid schedule. We work from anywhere. #LI-Remote"))


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("We are remote\nin the whole country", "We are remote in the whole country"),
        ("Fine pay ● remote work ● a gym", "remote work"),
        ("Fine pay 🌍 remote work 🏋 a gym", "remote work"),
        ("Your day\nWork Remotely:\nNo\nGym", "Work Remotely: No"),
        ("An MSc. or remote work", "An MSc. or remote work"),
        ("We are remote. We work remotely.", "We are remote"),
    ],
)
def test_a_sentence_ends_where_a_reader_ends_it(text: str, sentence: str) -> None:
    assert next(sentences_with(Text.of(text), ("remote",))).strip() == sentence


def test_a_sentence_with_several_words_comes_once() -> None:
    assert len(list(sentences_with(Text.of("We are remote and virtual. Remote!"), ("remote", "virtual")))) == 2


def test_a_wide_area_is_told_and_on_site_jobs_have_no_open_to() -> None:
    remote = normalise(RawPosting("1", "Engineer - EMEA Remote", "", places=(RawPlace(words="Remote"),)))
    onsite = normalise(
        RawPosting(
            "1", "Engineer", "Open to candidates in France.", places=(RawPlace(words="Berlin"),), is_remote=False
        )
    )
    assert isinstance(remote, Posting)
    assert isinstance(onsite, Posting)
    assert remote.remote_area == "EMEA"
    assert [place.country for place in onsite.places] == ["DE"]
    assert "open_to" not in onsite.signals.words


def test_a_list_of_countries_is_no_currency() -> None:
    text = "Remote: open to candidates in Canada and Australia. Salary: $90,000 a year."
    found = normalise(RawPosting("1", "Engineer", text, places=(RawPlace(words="Remote"),)))
    assert isinstance(found, Posting)
    assert found.pay
    assert found.pay.currency == "USD"


PIECES = (
    "A - Remote - ", "A | Oslo or ", "Hybrid or Oslo / ", "located in Oslo, or ", "Remote (UK)Salary: ", "5+ years data ", "a plus.3+ years ",
    "visa ", "we sponsor visas no ", "not remote ", "remote (US) ", "is not remote not ", "must reside in US, ", "candidates in US, CA, ",
    "clearance US citizen ", "BS in MS or PhD ", "permanent contract 12 month ", "the and ", "Remote, Remote, ", "this role is a a a ", "\n",
    "located in Paris, ", "anywhere in The ", "degree ", "A-B-C-based ", "remote. ", "Location: remote, ", "remote work from anywhere or ",
)  # fmt: skip


@pytest.mark.parametrize("piece", PIECES)
def test_time_grows_linearly_with_length(piece: str) -> None:
    def work(words: str) -> None:
        text = Text.of(words)
        read_signals("Engineer", text, None, None, {})
        denial("Engineer", text, False)
        statement(text)
        list(in_text(text))

    assert is_linear(work, piece, 5_000)


def test_the_pieces_of_a_text_keep_their_length_in_small_letters() -> None:
    text = Text.of("İstanbul: we sponsor visas")
    assert len(text.small) == len(text.words)
    assert read_signals("Engineer", text, None, None, {}).visa == "offered"


def test_nothing_said_changes_nothing() -> None:
    raw = RawPosting("1", "Engineer", "<p>You build tools.</p>", places=(RawPlace(words="Berlin"),))
    found = normalise(raw)
    assert isinstance(found, Posting)
    assert found.places[0].city == "Berlin"
    assert (found.is_remote, found.workplace) == (None, None)
    assert not found.signals.words


@pytest.fixture
def standing_home(tmp_path: Path) -> Path:
    """Four openings of a company: one new, one open over 90 days, one posted again, one in a monthly thread."""
    home = invented(tmp_path, [Job("Kestrel", "training", title=str(number)) for number in range(5)])
    with open_store(home) as store:
        store.ask(
            f"insert into fetches (run_id, board_id, fetched_at, outcome) values ('1', 'Kestrel', '{DAY - timedelta(200)}', 'read')"
        )
        for number, columns in {
            "1": f"posted_on = '{DAY - timedelta(91)}', years_asked = 3, language = 'en'",
            "2": "visa = 'offered', years_asked = 5, language = 'de'",
            "3": f"first_seen_on = '{DAY - timedelta(60)}', last_seen_on = '{DAY - timedelta(20)}', closed_on = '{DAY - timedelta(10)}'",
            "4": "source = 'threads'",
        }.items():
            store.ask(f"update postings set {columns} where title = '{number}'")
        store.append("duplicates", [{"posting_id": "job/3", "same_as": "job/2", "reason": "exact", "similarity": 1.0}])
        store.ask("insert into posting_evidence values ('job/2', 'visa', 'we sponsor visas')")
        store.build()
    publish(home)
    return home


def test_what_stands_long_or_again_is_told_as_such(standing_home: Path) -> None:
    said = "Open over 90 days: 1 of 3; posted again after it had closed: 1."
    company = company_scope(standing_home, "Kestrel")
    assert ask_standing(standing_home, company) == said
    assert ask_standing(standing_home, company, "research").startswith("Open over 90 days: 0 of 0")
    assert said in tell_track(standing_home, "training", UNTOLD, Part.companies).notes
    result = CliRunner().invoke(app, ["company", "Kestrel", "--home", str(standing_home)])
    assert said in " ".join(result.output.split())


def test_a_board_read_for_the_first_time_posts_nothing_again(standing_home: Path) -> None:
    with open_store(standing_home) as store:
        store.ask(f"update fetches set fetched_at = '{DAY}'")
        store.build()
    publish(standing_home)
    assert ask(standing_home, "select count(*) from openings where is_posted_again").rows == [(0,)]


def test_openings_are_narrowed_by_what_they_say(standing_home: Path) -> None:
    def found(**wanted: object) -> list[str]:
        answer, _ = ask_openings(standing_home, UNTOLD, Wanted(**wanted))  # type: ignore[arg-type]
        return sorted(row["title"] for row in answer.records())

    assert found() == ["0", "1", "2", "4"]
    assert found(has_visa=True) == ["2"]
    assert found(years_up_to=4) == ["1"]
    assert found(years_up_to=5, language="EN") == ["1"]
    assert found(language="fr") == []


def test_places_told_stay_beside_those_said() -> None:
    text = "Open to candidates in Austria."
    found = normalise(RawPosting("1", "Engineer", text, places=(RawPlace(words="Berlin; Remote"),)))
    assert isinstance(found, Posting)
    assert [(place.city, place.country) for place in found.places] == [("Berlin", "DE"), (None, "AT")]
    assert Place(country="AT") in found.places
