"""Places are decided from all that a location says: families of forms, each with what is right."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

from pipeline.posting import Posting, RawPlace, RawPosting
from pipeline.reading.gazetteer import cities_called
from pipeline.reading.normalise import normalise
from pipeline.reading.places import home_country, read_places, why
from pipeline.reading.workplace import says_remote_in_title
from pipeline.sources import discover, hackernews

SOURCES = discover()

# the words of a location, and its places: city or -, region where there is no city, country
AREA_FIRST = {
    "Italy - Milan": "Milan IT",
    "USA - Birmingham": "Birmingham US",
    "Texas - Paris": "Paris US",
    "New Hampshire - Manchester": "Manchester US",
    "Canada - Cambridge": "Cambridge CA",
    "Belgium - Halle": "Halle BE",
    "United States - Oregon - Portland": "Portland US",
    "Georgia - Savannah": "Savannah US",
    "WA, Vancouver": "Vancouver US",
    "IN - Bloomington": "Bloomington US",
    "USA NY Buffalo": "Buffalo US",
    "US-TX-Austin": "Austin US",
    "India-Pune": "Pune IN",
    "EMEA-Germany-Berlin": "Berlin DE",
    "Americas-United States-Massachusetts-Boston": "Boston US",
    "DE - Wilmington": "Wilmington US",
    "US, CA, Santa Clara": "Santa Clara US",
    "US > California > Irvine": "Irvine US",
    "IL, Lisle": "Lisle US",
    "UK-London-King's Cross": "London GB",
    "CN - Shenzhen": "Shenzhen CN",
    "Washington - Everson": "Everson US",
}
CODES_OF_OTHER_COUNTRIES = {
    "Coimbatore, TN": "Coimbatore IN",
    "Madurai, TN, IN": "Madurai IN",
    "Joinville, SC": "Joinville BR",
    "Curitiba, PR": "Curitiba BR",
    "Belém, PA": "Belém BR",
    "Monza, MI": "Monza IT",
    "Torino, TO": "Turin IT",
    "Alice Springs, NT": "Alice Springs AU",
    "Bunbury, WA": "Bunbury AU",
    "Adelaide, SA": "Adelaide AU",
    "Bogotá, DC": "Bogotá CO",
    "Hyderabad, TS": "Hyderabad IN",
    "Bengaluru, KA": "Bengaluru IN",
    "Pune, MH": "Pune IN",
    "Lausanne, VD": "Lausanne CH",
    "Monterrey, NL": "Monterrey MX",
    "St. John's, NL": "St. John's CA",
    "Stuttgart, BW": "Stuttgart DE",
    # a town of that name in the state goes before one abroad whose province has that code
    "Florence, MS": "Florence US",
    "Augusta, ME": "Augusta US",
    "San Fernando, CA": "San Fernando US",
}
TOWNS_OF_STATES = {
    "Edwards, CA": "Edwards US",
    "Mojave, CA": "Mojave US",
    "Batavia, IL": "Batavia US",
    "Lemont, IL": "Lemont US",
    "New Castle, DE": "New Castle US",
    "Crane, IN": "Crane US",
    "Zachary, LA": "Zachary US",
    "Upton, NY": "Upton US",
    "Armonk, NY": "Armonk US",
    "Tarrytown, NY": "Tarrytown US",
    "Warsaw, NY": "Warsaw US",
    "Cuba, NY": "Cuba US",
    "Peru, NY": "Peru US",
    "Jamaica, NY": "Jamaica US",
    "Naples, NY": "Naples US",
    "Lebanon, PA": "Lebanon US",
    "Holland, MI": "Holland US",
    "Mexico, MO": "Mexico US",
    "Poland, OH": "Poland US",
    "Moscow, ID": "Moscow US",
    "Dublin, CA": "Dublin US",
    "Richmond, CA": "Richmond US",
    "Travis AFB, CA": "- California US",
    "Scott AFB, IL": "- Illinois US",
    "Marin County, CA": "- California US",
    "South Bay, CA": "- California US",
    "Cook County, IL": "- Illinois US",
    "Staten Island, NY": "Staten Island US",
    "Fire Island, NY": "- New York US",
    "Nirgendsdorf, Germany": "Nirgendsdorf DE",
}
LISTS_OF_STATES = {
    "CA, NY or TX": "- California US; - New York US; - Texas US",
    "Remote - WA/CA/OR": "- Washington US; - California US; - Oregon US",
    "Remote (NY or IN)": "- New York US; - Indiana US",
    "Alabama, Georgia and Tennessee": "- Alabama US; - Georgia US; - Tennessee US",
    "US - Georgia": "- Georgia US",
    "Macon, GA; Georgia": "Macon US",
    "Washington, Oregon, California": "- Washington US; - Oregon US; - California US",
    "Texas, Utah, Washington": "- Texas US; - Utah US; - Washington US",
    "California, New York, Colorado": "- California US; - New York US; - Colorado US",
    "LA, NY, SF": "Los Angeles US; New York US; San Francisco US",
    "UK, US, CA": "- - GB; - - US; - - CA",
    "Tbilisi, Georgia": "Tbilisi GE",
    "Georgia": "- - GE",
    "Armenia, Georgia, Kazakhstan": "- - AM; - - GE; - - KZ",
    "CA": "- - CA",
    "TX": "- Texas US",
    "US, London": "- - US; London GB",
}
NAMES = {
    "Frankfurt (Oder)": "Frankfurt (Oder) DE",
    "Hsinchu City, Taiwan": "Hsinchu TW",
    "Mumbai City": "Mumbai IN",
    "New York State": "- New York US",
    "Upstate New York": "- New York US",
    "Northern Virginia": "- Virginia US",
    "Paris 15e": "Paris FR",
    "1010 Wien": "Vienna AT",
    "Dublin 2": "Dublin IE",
    "Sydney NSW 2000": "Sydney AU",
    "München": "Munich DE",
    "Muenchen": "Munich DE",
    "Milano": "Milan IT",
    "Den Haag": "The Hague NL",
    "København": "Copenhagen DK",
    "Warszawa": "Warsaw PL",
    "Łódź": "Łódź PL",
    "Göteborg": "Gothenburg SE",
    "İstanbul": "Istanbul TR",
    "Gurgaon": "Gurugram IN",
    "Delhi NCR": "Delhi IN",
    "HCMC": "Ho Chi Minh City VN",
    "Greater Munich": "Munich DE",
    "Metro Manila": "- Metro Manila PH",
    "Bosnia and Herzegovina": "- - BA",
    "Oxfordshire": "- England GB",
    "Stevenage, Hertfordshire": "Stevenage GB",
    "Garching bei München": "Garching DE",
    "Bad Homburg vor der Höhe": "Bad Homburg vor der Höhe DE",
    "Münster": "Münster DE",
    "Hannover": "Hannover DE",
    "Konstanz": "Konstanz DE",
    "Zwiesel": "Zwiesel DE",
    "Pasadena": "- - US",
    "Springfield": "- - US",
    "Cambridge": "",
    "Kyiv / Lviv": "Kyiv UA; Lviv UA",
    "Cambridge; Boston, MA": "Cambridge US; Boston US",
    "London; Cambridge": "London GB; Cambridge GB",
    "Estonia (Tallinn or Tartu)": "Tallinn EE; Tartu EE",
    "Lake in the Hills, IL": "Lake in the Hills US",
    "Burnaby, BC (Vancouver)": "Burnaby CA",
    "London, UK (Vauxhall)": "London GB",
    "Bay Area (Palo Alto)": "Palo Alto US",
}
NO_SEPARATORS = {
    "Hyderabad Telangana India": "Hyderabad IN",
    "Pune Maharashtra India": "Pune IN",
    "Makati City Philippines": "Makati City PH",
    "Amherst New York United States": "Amherst US",
    "Nowheresville New York United States": "Nowheresville US",
    "FRA-Paris": "Paris FR",
    "United States-Texas-Plano": "Plano US",
    "USA.CO.Boulder": "Boulder US",
    "Tampa Florida United States": "Tampa US",
    "Plano Texas": "Plano US",
    "Vancouver BC Canada": "Vancouver CA",
    "DE-Hagen": "Hagen DE",
    "GBR Manchester": "Manchester GB",
    "Boston MA USA": "Boston US",
}
OTHER_FORMS = {
    "Portland, Me": "Portland US",
    "Wilmington, De": "Wilmington US",
    "austin, tx": "Austin US",
    "Boston, Mass.": "Boston US",
    "Palo Alto, CA 94301": "Palo Alto US",
    "D-80331 München": "Munich DE",
    "London SW1A 1AA": "London GB",
    "Hong Kong, China": "- - HK",
    "San Juan, PR, USA": "San Juan PR",
    "Republic of Korea": "- - KR",
    "Aarhus C": "Aarhus DK",
    "Reading, Berkshire": "Reading GB",
    "Deutschlandweit": "- - DE",
    "Luxembourg City": "Luxembourg LU",
    "Tysons Corner, VA": "Tysons US",
    "Stuttgart-Vaihingen": "Stuttgart DE",
    "St. Gallen": "Sankt Gallen CH",
    "Paris ou Lyon": "Paris FR; Lyon FR",
    "Hamburg oder München": "Hamburg DE; Munich DE",
    "Warszawa lub zdalnie": "Warsaw PL",
    "Remote - anywhere in the world but US": "",
    "Remote first (but U.S. only)": "- - US",
}
WORDS_ARE_NO_TOWNS = dict.fromkeys(
    ("Sales", "See", "Mobile", "Kotlin", "React, Scala", "Multiple locations", "Remote", "Virtual", "Field based", "Meta",
     "AR/VR", "MS/PhD preferred", "Various", "Nationwide", "Work from home", "Can lead and mentor a growing team"),
    "",
)  # fmt: skip
# codes beside codes that are those of countries alone, and of states where any is one's alone
CODES_OF_COUNTRIES = {
    "US / AR / BR / CO / MX": "- - US; - - AR; - - BR; - - CO; - - MX",
    "Remote (US; AR; BR; MX)": "- - US; - - AR; - - BR; - - MX",
    "BR / MX / CO": "- - BR; - - MX; - - CO",
    "GB, IE, DE, PT": "- - GB; - - IE; - - DE; - - PT",
    "Remote (NL, GB, IE, PT, ES)": "- - NL; - - GB; - - IE; - - PT; - - ES",
    "PL / CZ / FR / NL / SK": "- - PL; - - CZ; - - FR; - - NL; - - SK",
    "CA / NY / TX": "- California US; - New York US; - Texas US",
    "CO, UT, AZ": "- Colorado US; - Utah US; - Arizona US",
    "CO, AR": "- Colorado US; - Arkansas US",
    "AI/ML": "",
    "IT, AI": "",
}
COUNTIES_AND_SITES = {
    "County Cork, Ireland": "- Munster IE",
    "County Galway": "- Connacht IE",
    "Santa Clara County": "- California US",
    "Miami-Dade County": "- Florida US",
    "Prince Georges County": "- Maryland US",
    "Jefferson Parish, LA": "- Louisiana US",
    "Orange County": "- - US",  # of eight states
    "Saint Louis County": "- - US",
    "Orange County (CA)": "- California US",
    "Orange County, Florida, United States": "- Florida US",
    "Irvine (Orange County), California": "Irvine US",
    "Erie County, NY": "- New York US",
    "Los Angeles County, CA": "- California US",
    "New York County, New York": "- New York US",
    "Durham County, UK": "- - GB",
    "Nice": "Nice FR",
    "Reading": "Reading GB",
    "Nice to have": "",
    "Co. Kerry, Ireland": "- Munster IE",
    "County Wicklow, Ireland": "- Leinster IE",
    "Cork, Ireland": "Cork IE",
    "Bucks County, PA": "- Pennsylvania US",
    "Nowhere Arsenal, AL": "- Alabama US",
    "Nowhere SFB, CO": "- Colorado US",
    "Nowhere Barracks, PA": "- Pennsylvania US",
    "Chicagoland, IL": "- Illinois US",
    "Nowhere Shipyard, VA": "- Virginia US",
    "Mt. View, CA": "Mountain View US",
    "Quezon City, NCR, Philippines": "Quezon City PH",
    "Remote or hybrid (PGH)": "Pittsburgh US",
    "Paris 9e arrondissement": "Paris FR",
}
AREAS_AS_PEOPLE_CALL_THEM = {
    "England": "- England GB",
    "Remote - Scotland": "- Scotland GB",
    "Scotland or Wales": "- Scotland GB; - Wales GB",
    "Northern Ireland": "- Northern Ireland GB",
    "Newport, Wales": "Newport GB",
    "New South Wales": "- New South Wales AU",
    "Pacific Northwest": "- - US",
    "Midwest, USA": "- - US",
    "New England": "- - US",
    "NorCal": "- California US",
    "SoCal, CA": "- California US",
    "Ruhrgebiet": "- North Rhine-Westphalia DE",
    "Rhein-Main-Gebiet, Deutschland": "- Hesse DE",
    "Randstad, Netherlands": "- - NL",
    "Metropolregion Nürnberg": "Nuremberg DE",
    "Raum München": "Munich DE",
    "LON": "London GB",
}
BESIDE_OTHER_WORDS = {
    "Acme · Finland Reposted 2 weeks ago · 42 applicants": "- - FI",
    "Finland 3 days ago · 7 applicants": "- - FI",
    "Uppsala, Sweden Reposted 1 day ago": "Uppsala SE",
    "Leeds, England, United Kingdom 5 hours ago · Over 100 applicants": "Leeds GB",
    "Remote (US, Canada, Poland ET-friendly)": "- - US; - - CA; - - PL",
    "Portugal (EST friendly)": "- - PT",
    "Chile, PT-friendly": "- - CL",
    "Brno, Czechia 1 month ago": "Brno CZ",
    "Gent, Belgium 30 minutes ago": "Ghent BE",
    "Austin, TX 4 weeks ago": "Austin US",
    "Norway CET-friendly": "- - NO",
}
PLACES = (
    AREA_FIRST
    | CODES_OF_COUNTRIES
    | COUNTIES_AND_SITES
    | AREAS_AS_PEOPLE_CALL_THEM
    | BESIDE_OTHER_WORDS
    | CODES_OF_OTHER_COUNTRIES
    | TOWNS_OF_STATES
    | LISTS_OF_STATES
    | NAMES
    | NO_SEPARATORS
    | WORDS_ARE_NO_TOWNS
)
PARTS_OF_CITIES = {
    "Bengaluru, Whitefield": "Bengaluru IN",
    "Los Angeles (Playa Vista)": "Los Angeles US",
    "Amsterdam Noord": "Amsterdam NL",
    "Berlin Mitte": "Berlin DE",
    "Paris La Défense": "Paris FR",
    "Dubai Internet City": "Dubai AE",
    "Minato-ku": "Minato City JP",
    "Pangyo": "Seongnam-si KR",
    "Austin, Guildford, Berlin": "Austin US; Guildford GB; Berlin DE",
}
AREAS_AS_PEOPLE_SAY = {
    "Bali": "- Bali ID",
    "NRW": "- North Rhine-Westphalia DE",
    "Vaud": "- Vaud CH",
    "Valais": "- Valais CH",
    "Algarve": "- Faro PT",
    "Stockholm County": "- Stockholm SE",
    "Dublin County": "- Leinster IE",
    "South East England": "- England GB",
    "Lower Mainland": "- British Columbia CA",
    "Cambridge, Cambs": "Cambridge GB",
    "East Bay": "Oakland US",
    "Basel-Stadt": "Basel CH",
    "Sophia-Antipolis, France": "Valbonne FR",
    "Sophia Antipolis": "Valbonne FR",
    "HK / SG": "- - HK; - - SG",
    "Hull": "Kingston upon Hull GB",
    "Bogotá D.C., Colombia": "Bogotá CO",
    "Panama City": "Panama City PA",
    "Panama City, FL": "Panama City US",
}
PLACES |= PARTS_OF_CITIES | AREAS_AS_PEOPLE_SAY
# the words of a location, and whether it is remote
REMOTE = {
    "Not remote - Leeds": False,
    "Leeds (non-remote)": False,
    "Onsite, no remote: Leeds": False,
    "No remote": False,
    "Leeds | NO REMOTE": False,
    "Virtual, Canada": True,
    "Virtual - Colorado": True,
    "Telework - Maryland": True,
    "Home Office, Austria": True,
    "Homeoffice, Deutschland": True,
    "Remoto, Colombia": True,
    "Teletrabajo - Chile": True,
    "Télétravail - France": True,
    "Home based - Poland": True,
    "Home-based, UK": True,
    "Deutschlandweit": True,
    "Work from home, Ohio": True,
    "Hybrid or remote, Leeds": True,
    "Worldwide": True,
    "WORLDWIDE": True,
    "Everywhere": True,
    "Anywhere in the world": True,
    "Global": True,
    "`💰 40k-60k USD` `🌎 Worldwide`": True,
    "Global retailer": None,
    "Leeds, Global": None,
    "Leeds (in person 4 days, remote 1 day)": False,
    "Leeds - 2-3 days a week remote": False,
    "Leeds": None,
}
REMOTE_TITLES = {
    "Data Engineer - Remote": True,
    "REMOTE (POLAND): Data Engineer": True,
    "Data Engineer (Home Based)": True,
    "Data Engineer, Work From Home": True,
    "Data Engineer (Remoto)": True,
    "Data Engineer [US Remote]": True,
    "Remote Sensing Scientist": False,
    "Remote Monitoring Engineer": False,
    "Data Engineer (not remote)": False,
    "Data Engineer, non-remote": False,
    "Data Engineer": False,
}


def _said(words: str) -> Iterator[str]:
    for place in read_places((RawPlace(words=words),), None, None).places:
        yield f"{place.city} {place.country}" if place.city else f"- {place.region or '-'} {place.country}"


@pytest.mark.parametrize(("words", "right"), PLACES.items(), ids=PLACES)
def test_a_place_is_decided_from_all_that_is_said(words: str, right: str) -> None:
    assert "; ".join(_said(words)) == right


@pytest.mark.parametrize(("words", "right"), REMOTE.items(), ids=REMOTE)
def test_remote_in_the_words_of_a_location(words: str, right: bool | None) -> None:
    assert read_places((RawPlace(words=words),), None, None).is_remote is right


@pytest.mark.parametrize(("title", "right"), REMOTE_TITLES.items(), ids=REMOTE_TITLES)
def test_remote_in_a_title(title: str, right: bool) -> None:
    assert says_remote_in_title(title) is right
    assert read_places((RawPlace(words="Leeds"),), None, None, title).is_remote is (right or None)


def test_the_boards_own_type_goes_before_a_title() -> None:
    assert read_places((RawPlace(words="Leeds"),), "Hybrid", None, "Data Engineer - Remote").workplace == "hybrid"


# what fields tell (city, region, country) and words say, and the one place that is right
FIELDS = [
    (RawPlace(words="Moffett Field, CA", country="US"), "Moffett Field, California, US"),
    (RawPlace(words="Salem, TN", country="IN"), "Salem, Tamil Nadu, IN"),
    (RawPlace(words="Albany, WA", country="AU"), "Albany, Western Australia, AU"),
    (RawPlace(words="Lemont, IL", country="US"), "Lemont, Illinois, US"),
    (RawPlace(words="Cartagena", country="ES"), "Cartagena, Murcia, ES"),
    (RawPlace(words="Santiago", country="Spain"), "Santiago de Compostela, Galicia, ES"),
    (RawPlace(words="Georgia", country="US"), "-, Georgia, US"),
    (RawPlace(words="Georgia", country="GE"), "-, -, GE"),
    (RawPlace(words="Remote, Georgia", country="United States"), "-, Georgia, US"),
    (RawPlace(words="Halle", country="DE"), "Halle (Saale), Saxony-Anhalt, DE"),
    (RawPlace(words="Halle", country="BE"), "Halle, Flanders, BE"),
    (RawPlace(words="Virtual, US", country="US"), "-, -, US"),
    (RawPlace(words="Katherine, NT", country="AU"), "Katherine, Northern Territory, AU"),
    (RawPlace(words="London", country="CA"), "London, Ontario, CA"),
    (RawPlace(words="Paris, France", country="US"), "-, -, US"),  # never a place that the field excludes
    (RawPlace(words="Main campus", country="de"), "-, -, DE"),
    (RawPlace(city="Naples", region="New York", country="United States"), "Naples, New York, US"),
    (RawPlace(city="Malta", region="New York", country="United States"), "Malta, New York, US"),
    (RawPlace(city="Holland", region="MI", country="US"), "Holland, Michigan, US"),
    (RawPlace(city="Nowheresville", region="Ohio", country="US"), "Nowheresville, Ohio, US"),
    (RawPlace(city="Chennai", region="TN", country="India"), "Chennai, Tamil Nadu, IN"),
    (RawPlace(city="Remote", country="US"), "-, -, US"),
    (RawPlace(region="Oxfordshire", country="United Kingdom"), "-, England, GB"),
    (RawPlace(region="New York"), "-, New York, US"),
    (RawPlace(words="HQ", city="München", country="Deutschland"), "Munich, Bavaria, DE"),
    (RawPlace(words="Office 4", city="Leeds", region="West Yorkshire", country="GB"), "Leeds, England, GB"),
]


@pytest.mark.parametrize(("raw", "right"), FIELDS, ids=str)
def test_fields_bind_and_words_refine(raw: RawPlace, right: str) -> None:
    (place,) = read_places((raw,), None, None).places
    assert f"{place.city or '-'}, {place.region or '-'}, {place.country}" == right


def _lever(words: str, country: str) -> bytes:
    job = {"id": "1", "text": "Baker", "country": country, "categories": {"location": words}, "description": "Bake."}
    return json.dumps([job]).encode()


def _workable(city: str, region: str, country: str) -> bytes:
    job = {"shortcode": "1", "title": "Baker", "locations": [{"city": city, "region": region, "country": country}]}
    return json.dumps({"name": "Kettle", "jobs": [job]}).encode()


@pytest.mark.parametrize(
    ("source", "payload", "right"),
    [
        ("lever", _lever("Bunbury, WA", "AU"), ("Bunbury", "AU")),
        ("lever", _lever("Cartagena", "ES"), ("Cartagena", "ES")),
        ("lever", _lever("Mojave, CA", "US"), ("Mojave", "US")),
        ("lever", _lever("Madurai, TN", "IN"), ("Madurai", "IN")),
        ("lever", _lever("Georgia", "US"), (None, "US")),
        ("workable", _workable("Warsaw", "New York", "United States"), ("Warsaw", "US")),
        ("workable", _workable("Lebanon", "Pennsylvania", "United States"), ("Lebanon", "US")),
        ("workable", _workable("Madurai", "Tamil Nadu", "India"), ("Madurai", "IN")),
    ],
)
def test_a_boards_own_fields_settle_its_places(source: str, payload: bytes, right: tuple[str | None, str]) -> None:
    (judged,) = map(normalise, SOURCES[source].read(payload))
    assert isinstance(judged, Posting)
    assert [(place.city, place.country) for place in judged.places] == [right]


def test_the_main_location_of_several_has_the_country_that_lever_tells() -> None:
    jobs: list[dict[str, Any]] = json.loads(_lever("Valencia", "ES"))
    jobs[0]["categories"]["allLocations"] = ["Valencia", "Perth, WA"]
    (judged,) = map(normalise, SOURCES["lever"].read(json.dumps(jobs).encode()))
    assert isinstance(judged, Posting)
    assert [(place.city, place.country) for place in judged.places] == [("Valencia", "ES"), ("Perth", "AU")]


@pytest.mark.parametrize(
    ("line", "places", "is_remote"),
    [
        ("Kettle Works | ML Engineer | Leeds, UK | NO REMOTE", ["Leeds GB"], False),
        ("Kettle Works | ML Engineer | ONSITE (no remote) | Oslo", ["Oslo NO"], False),
        ("Kettle Works | ML Engineer | Boston (no remote)", ["Boston US"], False),
        ("Kettle Works | ML Engineer | Not Remote, Boston", ["Boston US"], False),
        ("Kettle Works | ML Engineer | non-remote | Boston", ["Boston US"], False),
        ("Kettle Works | ML Engineer | Boston or remote", ["Boston US"], True),
        ("ML Engineer at Kettle Works (Remote, Europe)", [], True),
        ("ML Engineer at Kettle Works (Leeds)", ["Leeds GB"], None),
        ("Kettle Works is hiring ML engineers in Zurich.", ["Zürich CH"], None),
        ("Kettle Works is looking for an ML engineer (remote)", [], True),
        ("[HIRING] Kettle Works | ML Engineer | Remote", [], True),
        ("Kettle Works | ML Engineer | Bunbury, WA", ["Bunbury AU"], None),
        ("Kettle Works | ML Engineer | Reading, UK", ["Reading GB"], None),
        ("Kettle Works | ML Engineer (Georgia, US)", ["- US"], None),
        ("Kettle Works | ML Engineer | Remote (Spain)", ["- ES"], True),
        ("Kettle Works | ML Engineer | Nice | Leeds", ["Leeds GB"], None),  # a word among words
    ],
)
def test_first_lines_on_hacker_news(line: str, places: list[str], is_remote: bool | None) -> None:
    thread: dict[str, Any] = {"title": "Ask HN: Who is hiring? (February 2024)"}
    thread |= {"children": [{"id": 7, "text": f"{line}<p>We bake.", "created_at": "2024-02-03"}]}
    judged, *_ = map(normalise, hackernews.read(json.dumps(thread).encode()))
    assert isinstance(judged, Posting)
    assert [f"{place.city or '-'} {place.country}" for place in judged.places] == places
    assert judged.is_remote is is_remote


def _board(*locations: str) -> list[RawPosting]:
    return [
        RawPosting(str(number), "Baker", "", places=(RawPlace(words=words),)) for number, words in enumerate(locations)
    ]


@pytest.mark.parametrize(
    ("locations", "home", "words", "right"),
    [
        (("Austin, TX", "Boston, MA", "Remote"), set(), "Georgia", ["- GE"]),  # too few
        (("Austin, TX", "Boston, MA", "Denver, CO"), {"US"}, "Georgia", ["- US"]),
        (("Austin, TX", "Boston, MA", "Denver, CO"), {"US"}, "Cambridge", ["Cambridge US"]),
        (("Leeds, UK", "London, UK", "Bath, UK"), {"GB"}, "Cambridge", ["Cambridge GB"]),
        (("Leeds, UK", "London, UK", "Bath, UK"), {"GB"}, "Boston", ["Boston US"]),  # no little town at any price
        (("Leeds, UK", "Paris, France", "Oslo, Norway"), set(), "Cambridge", []),
        (("Austin, TX", "Boston, MA", "Denver, CO"), {"US"}, "Vancouver", ["Vancouver CA"]),
        (("Austin, TX", "Boston, MA", "Denver, CO"), {"US"}, "New York", ["New York US"]),
        (("Berlin", "Essen", "Hamburg"), {"DE"}, "Soest", ["Soest DE"]),
        (("Utrecht", "Amsterdam", "Rotterdam"), {"NL"}, "Soest", ["Soest NL"]),
    ],
)
def test_the_country_of_a_board_speaks_for_places_in_it(
    locations: tuple[str, ...], home: set[str], words: str, right: list[str]
) -> None:
    assert home_country(_board(*locations)) == home
    places = read_places((RawPlace(words=words),), None, None, home=home_country(_board(*locations))).places
    assert [f"{place.city or '-'} {place.country}" for place in places] == right


def test_what_decided_a_place_can_be_asked_for() -> None:
    told = {one["names"]: (one["place"], one["decided_by"]) for one in why("Georgia - Atlanta; Springfield, US; Oslo")}
    assert told == {
        "Georgia, Atlanta": ("Atlanta, Georgia, US", "the names beside it"),
        "Springfield, US": ("US", "others of its name are as likely"),
        "Oslo": ("Oslo, Oslo, NO", "its size and fame"),
    }


def test_a_name_has_its_own_cities_before_those_that_are_also_called_so() -> None:
    assert next(city.country for city in cities_called("Konstanz")) == "DE"
    assert {city.city for city in cities_called("München")} >= {"Munich"}
    assert cities_called("") == ()
