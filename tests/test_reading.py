"""Places, pay and seniority: what a careful person reads, whatever the form it is written in."""

from datetime import date

import pytest
from clock import is_linear
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from pipeline.commands.standalone import judge_standalone
from pipeline.posting import Place, RawPay, RawPlace
from pipeline.reading.pay import attribute_pay, find_pay, read_pay
from pipeline.reading.periods import A_YEAR
from pipeline.reading.places import read_places
from pipeline.reading.seniority import read_seniority

PLACES = {
    "Remote-Friendly (Travel-Required) | San Francisco, CA; London, UK": ["San Francisco, US", "London, GB"],
    "Berlin, DEU": ["Berlin, DE"],
    "Bengaluru/Bangalore": ["Bengaluru, IN"],
    "London HQ": ["London, GB"],
    "13 Locations": [],
    "Cambridge, MA or London": ["Cambridge, US", "London, GB"],
    "Portland, OR / Portland, ME": ["Portland, US", "Portland, US"],
    "Atlanta, Georgia": ["Atlanta, US"],
    "Tbilisi, Georgia": ["Tbilisi, GE"],
    "San Jose, Costa Rica": ["San José, CR"],
    "SF Bay Area": ["San Francisco, US"],
    "LA": ["Los Angeles, US"],
    "Reston, VA or Remote": ["Reston, US"],
    "Ontario, CA": ["-, CA"],
    "Indianapolis, IN": ["Indianapolis, US"],
    "Bangalore, IN": ["Bengaluru, IN"],
    "Sydney NSW": ["Sydney, AU"],
    "UK Manchester": ["Manchester, GB"],
    "Skopje, Zagreb, Split": ["Skopje, MK", "Zagreb, HR", "Split, HR"],
    "Remote (Germany, Austria)": ["-, DE", "-, AT"],
    "Remote, EMEA": [],
    "Remote in Canada": ["-, CA"],
    "US-CA-San Francisco": ["San Francisco, US"],
    "CH - Shanghai, China": ["Shanghai, CN"],
    "Kondapur, IND": ["Kondapur, IN"],
    "US,Remote,Santa Clara, CA": ["Santa Clara, US"],
    "Rust NYC onsite": ["New York, US"],  # a sure name amid other words
    "Hybrid in our bright Lisbon office": ["Lisbon, PT"],
    "Plumber (m/f/d) Glasgow": ["Glasgow, GB"],
    "Oslo Hybrid 3 days a week": ["Oslo, NO"],
    "University of Melbourne": [],
    "Boston Kettle Works": [],
    "Bakers Remote USA: https://example.com/jobs/San-Diego Pastry": ["-, US"],
    "AI/ML": [],  # codes that are words of work
    "Backend, QA": [],
    "Baker, IT, AI": [],
    "Milan, IT": ["Milan, IT"],
    "Part-time": [],
    "Kong": [],
    "Unity": [],
    "NY, SEA, ATX": ["New York, US", "Seattle, US", "Austin, US"],
    "Remote (CA, VA, NY)": ["-, US", "-, US", "-, US"],
    "MD, VA": ["-, US", "-, US"],
    "SF, NY": ["San Francisco, US", "New York, US"],
    "Remote (US CA EU)": ["-, US", "-, CA"],
    "Remote OK, Tulsa": ["Tulsa, US"],
    "Bay Area preferred": ["San Francisco, US"],
    "Berlin or US/Canada time zones": ["Berlin, DE"],
    "Remote within North/South America": [],
    "India (Chennai, onsite), Japan (remote)": ["Chennai, IN", "-, JP"],
    "Chicago, Grand Cayman": ["Chicago, US", "-, KY"],
    "San Francisco, Singapore": ["San Francisco, US", "-, SG"],
    "Leuven, Belgium (close to Brussels)": ["Leuven, BE"],
    "Boondocks, PA": ["Boondocks, US"],
    "Senior Baker Manager, Sweden": ["-, SE"],
    "San Mateo": ["San Mateo, US"],
    "###": [],
    "Anywhere": [],
}


@pytest.mark.parametrize(("words", "expected"), PLACES.items(), ids=PLACES)
def test_places_are_read(words: str, expected: list[str]) -> None:
    places, *_ = read_places((RawPlace(words=words),), None, None)
    assert [f"{place.city or '-'}, {place.country}" for place in places] == expected


@pytest.mark.parametrize(
    ("words", "kind", "flag", "expected"),
    [
        ("Berlin", "Hybrid", True, ("hybrid", False)),  # the type is trusted before the flag
        ("Berlin", None, True, ("remote", True)),
        ("Remote (US)", None, None, ("remote", True)),
        ("Berlin (hybrid)", None, None, ("hybrid", False)),
        ("ONSITE in Berlin", None, None, ("onsite", False)),
        ("Berlin", None, None, (None, None)),
        ("Remote sensing in Berlin", None, None, (None, None)),
    ],
)
def test_the_workplace_is_read(
    words: str, kind: str | None, flag: bool | None, expected: tuple[object, object]
) -> None:
    _, workplace, is_remote, _ = read_places((RawPlace(words=words),), kind, flag)
    assert (workplace, is_remote) == expected


@pytest.mark.parametrize(
    ("words", "area"),
    [("Remote (EMEA)", "EMEA"), ("Remote, Americas or Europe", "Americas, Europe"), ("Remote (US)", None),
     ("Berlin, Europe", None)],
)  # fmt: skip
def test_the_area_a_remote_job_is_open_to_is_read(words: str, area: str | None) -> None:
    assert read_places((RawPlace(words=words),), None, None).remote_area == area


PAY = {
    "The base salary range is $148,700 - $223,100 a year.": (148_700, 223_100, "USD", "year"),
    "Zone A: USD $148,700 - USD $223,100": (148_700, 223_100, "USD", "year"),
    "£85k–£110k + equity": (85_000, 110_000, "GBP", "year"),
    "Gehalt: 65.000 € bis 80.000 € brutto": (65_000, 80_000, "EUR", "year"),
    "CHF 120'000 to 150'000 per year": (120_000, 150_000, "CHF", "year"),
    "pay is $45/hour": (45, 45, "USD", "hour"),
    "Salary: ₹28-40 lakh per annum": (2_800_000, 4_000_000, "INR", "year"),
    "PLN 18,000–24,000 gross a month": (18_000, 24_000, "PLN", "month"),
    "C$110,000-C$140,000 base": (110_000, 140_000, "CAD", "year"),
    "The pay range is:\n$83,430.00 - $222,480.00\nThis represents the base hourly rate or annual salary": (
        83_430, 222_480, "USD", "year"),
    "US pay range: $150,000—$225,000 USD": (150_000, 225_000, "USD", "year"),
    "Salary $124,00 - $180,000": (124_000, 180_000, "USD", "year"),
}  # fmt: skip
NO_PAY = [
    "We raised $50 million in Series B funding at a $300M valuation.",
    "A $2,000 stipend for your home office and $1,500 for learning.",
    "On-target earnings range (base salary + variable): €105.100—€166.200",
    "OTE $200,000 - $250,000",
    "Founded in 2019, 150 people, 401k with 4% match.",
    "We process $10 billion in payments for 30,000 customers.",
    "A sign-on bonus of $20,000.",
]


@pytest.mark.parametrize(("words", "expected"), PAY.items(), ids=PAY)
def test_pay_is_read(words: str, expected: tuple[float, float, str, str]) -> None:
    pay = read_pay((), words, None, date(2026, 10, 1))
    assert pay is not None
    assert (pay.low, pay.high, pay.currency, pay.period) == expected


@pytest.mark.parametrize("words", NO_PAY)
def test_money_that_is_not_pay_is_left_alone(words: str) -> None:
    assert read_pay((), words, None, None) is None


def test_an_implausible_year_is_kept_but_not_counted() -> None:
    pay = read_pay((), "Salary: $4,000,000 - $9,000,000 a year", None, date(2026, 10, 1))
    assert pay is not None
    assert (pay.low, pay.low_usd, pay.high_usd) == (4_000_000, None, None)


SIGNS = {"$": "USD", "€": "EUR", "£": "GBP", "CHF ": "CHF", "C$": "CAD", "A$": "AUD", "₹": "INR", "USD ": "USD"}
DASHES = [" - ", "–", " — ", " to ", "-"]


@given(
    low=st.integers(20, 300),
    more=st.integers(0, 100),
    sign=st.sampled_from(sorted(SIGNS)),
    dash=st.sampled_from(DASHES),
    form=st.sampled_from(["{sign}{low},000{dash}{sign}{high},000", "{sign}{low}k{dash}{sign}{high}k",
                          "{sign}{low}K{dash}{high}K", "{sign}{low},000.00{dash}{sign}{high},000.00"]),
    period=st.sampled_from([" a year", " per annum", " annually", ""]),
)  # fmt: skip
def test_a_printed_range_reads_back_as_itself(
    low: int, more: int, sign: str, dash: str, form: str, period: str
) -> None:
    assume(period or sign != "₹")  # 20,000 rupees without a period are no year's
    high = low + more
    words = "Base salary: " + form.format(sign=sign, low=low, high=high, dash=dash) + period
    pay = read_pay((), words, None, None)
    assert pay is not None, words
    assert (pay.low, pay.high, pay.currency, pay.period) == (low * 1000, high * 1000, SIGNS[sign], "year"), words


MONEY = st.text(alphabet=st.sampled_from("$€£₹¥0123456789.,-–k KMUSDEURlakhperyear\n"), max_size=300)


@given(st.one_of(st.text(max_size=300), MONEY))
@settings(max_examples=300)
def test_no_text_makes_the_readers_raise(text: str) -> None:
    read = judge_standalone({"id": 1, "title": text, "location": text, "text": text})
    if read["pay_low"] is not None:
        assert 0 < read["pay_low"] <= read["pay_high"]
    assert all(place["country"] is None or len(place["country"]) == 2 for place in read["places"])


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        ("Machine Learning Intern", "", "early"),
        ("Associate Data Scientist", "", "early"),
        ("Senior I - II AI Engineer", "", "senior"),
        ("Staff Engineer", "", "senior"),
        ("Engineering Manager, Inference", "", "lead"),
        ("Head of AI", "", "lead"),
        ("Technical Program Manager", "5+ years of experience in program management", "senior"),
        ("Product Manager, AI", "", "unknown"),
        ("ML Engineer", "3 years of experience with Python. Preferred: 7 years of experience", "unknown"),
        ("ML Engineer", "8+ years of professional experience", "senior"),
        ("ML Engineer", "0-2 years of experience", "early"),
        ("AI Engineer (Mid Level)", "2 years of experience", "unknown"),
    ],
)
def test_seniority_is_read(title: str, text: str, level: str) -> None:
    assert read_seniority(title, text) == level


def test_the_full_time_year_is_written_down() -> None:
    assert A_YEAR == {"hour": 2080, "day": 260, "week": 52, "month": 12, "year": 1}


TIES = {
    "Zone 1 (San Francisco, NYC): $180,000 - $220,000; all other US locations: $150k-$190k": [
        (180_000, "San Francisco, California, US"), (180_000, "New York, New York, US"), (150_000, "US")],
    "California: $180,000 - $210,000 | Colorado: $150,000 - $180,000": [
        (180_000, "California, US"), (150_000, "Colorado, US")],
    "CA, NY, WA\n$180,000—$210,000 USD\nAll other states\n$150,000—$180,000 USD": [
        (180_000, "California, US"), (180_000, "New York, US"), (180_000, "Washington, US"), (150_000, None)],
    "The salary range is $180k to $210k in Boston and $150k to $170k for candidates in Toronto, Canada.": [
        (180_000, "Boston, Massachusetts, US"), (150_000, "Toronto, Ontario, CA")],
    "For candidates living in Irvine, CA or Washington, DC, the base pay range for this role is $90,000 - $99,000.": [
        (90_000, "Irvine, California, US"), (90_000, "Washington, District of Columbia, US")],
    "Georgia: $150,000 - $180,000\nSanta Rosa: $190,000 - $200,000": [
        (150_000, "Georgia, US"), (190_000, "Santa Rosa, California, US")],
    "California (excluding the Bay Area): $150,000 - $180,000": [(150_000, "California, US")],
    "Outside of California the pay is $150,000 - $180,000": [(150_000, None)],
    "Our headquarters are in Berlin and the salary is €70,000 - €90,000": [(70_000, None)],
    "This job cannot be done in Colorado; the salary is $150,000 - $180,000": [(150_000, None)],
}  # fmt: skip


@pytest.mark.parametrize(("words", "expected"), TIES.items(), ids=TIES)
def test_a_range_is_tied_to_its_places(words: str, expected: list[tuple[float, str | None]]) -> None:
    assert [
        (one.pay.low, _named(one.place)) for one in attribute_pay(find_pay((), words, None), words, None)
    ] == expected


def _named(place: Place | None) -> str | None:
    return ", ".join(filter(None, (place.city, place.region, place.country))) if place else None


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("Senior: $180k - $220k\nStaff: $230k - $260k", [("Senior", "senior"), ("Staff", "senior")]),
        ("Junior engineer ($90k-$100k) or Level 4 ($120k-$150k)", [("Junior engineer", "early"), ("Level 4", None)]),
        ("Pay is €50K-€70K (mid) up to €60K-€90K (senior, negotiable)", [("mid", None), ("senior", "senior")]),
        ("Zone A: $180,000 - $220,000\nZone B: $150,000 - $190,000", [("Zone A", None), ("Zone B", None)]),
        ("The base salary range is $180,000 - $220,000 a year", [(None, None)]),
    ],
)
def test_a_range_is_tied_to_its_level(words: str, expected: list[tuple[str | None, str | None]]) -> None:
    assert [(one.tied_to, one.level) for one in attribute_pay(find_pay((), words, None), words, None)] == expected


def test_the_titles_of_fields_tie_their_ranges() -> None:
    titles = ("San Francisco Bay Area Pay Range", "Annual Salary", "Pilot programme", "Staff")
    fields = [RawPay(100_000 + number, 150_000, "USD", "1 YEAR", title) for number, title in enumerate(titles)]
    found = attribute_pay(find_pay(fields, "", None), "", None)
    assert [(one.tied_to, _named(one.place), one.level) for one in found] == [
        ("San Francisco Bay Area", "San Francisco, California, US", None),
        (None, None, None),
        ("Pilot programme", None, None),
        ("Staff", None, "senior"),
    ]


def test_a_range_said_twice_or_in_two_halves_is_one() -> None:
    words = "Salary: $92,400 - $178,200. Texas pay range\n$92,400$178,200 USD"
    (one,) = attribute_pay(find_pay((), words, None), words, None)
    assert (one.pay.low, one.pay.high, _named(one.place)) == (92_400, 178_200, "Texas, US")


@pytest.mark.parametrize(
    "unit", ["$150k Paris, ", "Paris, $150k (", "$150k\n", "for $150,000 in Paris and ", "$150k - "]
)
def test_ties_take_linear_time(unit: str) -> None:
    assert is_linear(lambda words: attribute_pay(find_pay((), words, None), words, None), unit, 2_500)
