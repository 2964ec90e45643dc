"""Level: from the board's fields, the title and the years asked for, as a careful reader tells it."""

import pytest
from clock import is_linear

from pipeline.posting import RawPosting
from pipeline.reading.seniority import read_seniority
from pipeline.reading.years import years_asked

TITLES = {
    "early": """
Machine Learning Intern
Growth Intern - Senior Living Homes
Spring Intern, Director of Data
Internships: Models and Data
Software Engineer (New Grad) 2027
Software Engineer, University Graduate
Member of Technical Staff (New Grad)
AI Policy Fellow
Biosecurity Fellow
Postdoctoral Fellow - Computer Vision
Postdoctoral Researcher
Climate Fellows Program
Applied AI Residency
PhD Student in Robotics
Working Student Data Science
Werkstudentin KI
Praktikum Datenanalyse
Stagiaire Data Scientist
Alternance Data Engineer
Prácticas Inteligencia Artificial
Tirocinio Machine Learning
Młodszy Programista
Desenvolvedor Júnior
Junior Staff Accountant
Associate Data Scientist
Software Engineer I
Data Analyst 1
""",
    "senior": """
Snr Data Scientist
Staff Machine Learning Engineer
Senior Member of Technical Staff
Principal Scientist
Senior or Staff Engineer
Distinguished Fellow, Vision
Senior Fellow
Technical Fellow, Inference
Senior Associate, Data Science
Senior Product Manager
Senior Technical Program Manager
Software Engineer III
Machine Learning Engineer 5 - Ranking
Starszy Programista
Desenvolvedor Python Sênior
Principal Product (Frontend) Engineer
AVP, Senior Data Platform Developer
""",
    "lead": """
Associate Director, Data
Associate Director of Research
Associate Vice President - Analytics
Head of AI
Director of Engineering
Vice President, Data
COO
Group Product Manager
Engineering Manager, Ranking
Senior/Lead Data Scientist
Team Lead Machine Learning
Teamleiter Datenplattform
Leitender Entwickler
Abteilungsleiterin KI
Responsable Data Science
Directeur de l'ingénierie
Jefe de Datos
""",
    "unknown": """
Member of Technical Staff
Member of Technical Staff, Inference
Core technical staff member
Research Staff Member
Associate Professor of Statistics
Assistant Professor of Robotics
Software Engineer, Lead Generation
Software Engineer - Lead Gen
Battery Engineer, Lead Acid
Backend Engineer - Senior Care
Data Scientist, Senior Housing
Engineer II - Senior Systems Group
Machine Learning Engineer, Package Manager
Software Engineer, Password Manager
Backend Engineer, Ads Manager
Backend Engineer, Staff Scheduling
Engineer, Principal Brokerage
Executive Assistant to the Director
Software Engineer (all levels)
Product Manager, Evals
Desenvolvedor Pleno
""",
}
YEARS = {
    "At least five years of experience with vision models.": 5,
    "9+ yrs experience in data.": 9,
    "Experience: 6+ years.": 6,
    "Years of experience: 7+": 7,
    "7+ years in platform engineering.": 7,
    "6+ years building distributed systems": 6,
    "8 + years of experience": 8,
    "5 or more years of hands-on work with kernels": 5,
    "six (6) years of experience in data engineering": 6,
    "2+ years working with speech models\n5+ years of experience": 5,
    "7+ years in platform work\n2+ years of experience in Rust": 7,
    "One to two years of experience in data work.": 1,
    "two or more years of experience": 2,
    "3-5 years of experience": 3,
    "0-2 years of experience in data work": 0,
    "(8+) years of experience in ranking": 8,
    "A minimum six (6) years of experience": 6,
    "10+ overall years of experience": 10,
    "Five years' experience with kernels": 5,
    "4+ Yrs of experience in data work": 4,
    "You bring a PhD and 3+ years of experience, or a Master's and 5+ years of experience.": 5,
    "2+ years of experience with a Bachelor's degree, or 5+ years of experience.": 2,
    "You have shipped much.You bring 4+ years of experience.": 4,
    "between 5 and 8 years of experience": 5,
    "Proven experience (5+ years) in ranking": 5,
    "A seasoned engineer (10+ years)": 10,
    "5+ YOE in Python": 5,
    "Have 5+ years in product, leading teams": 5,
    "18 months of experience with Python": 1.5,
    "Mindestens 6 Jahre Berufserfahrung": 6,
    "Berufserfahrung (mind. 5 Jahre)": 5,
    "Minimum 5 ans d'expérience": 5,
    "Al menos 4 años de experiencia en datos": 4,
    "Almeno 5 anni di esperienza": 5,
    "Minimaal 5 jaar ervaring": 5,
    "Min. 2 lata doświadczenia": 2,
    "Pelo menos 5 anos de experiência": 5,
    "Minst 5 års erfarenhet": 5,
    "Minimálně 5 let zkušeností": 5,
    "Our founders have 15 years of experience. You bring 3+ years of experience.": 3,
    "Preferred: 8+ years of experience. Required: 3+ years of experience.": 3,
    "With 40 years of experience we lead imaging. You need 6+ years of experience.": 6,
    "Founded 12 years ago, we serve 500 customers.": None,
    "With over 25 years of experience and 9,000 employees we serve banks.": None,
    "With 15 years of experience, Kestrel is a leader in imaging.": None,
    "For over 18 years our company has led the market.": None,
    "The CEO of our firm has 12+ years of experience in law.": None,
    "Our team has over 19 years of combined experience.": None,
    "Backed by a team with 12+ years of experience at large labs.": None,
    "We grew over the past 10 years in finance.": None,
    "In the next 5 years we plan to grow with experience.": None,
    "You must be 18 years of age or older.": None,
    "A 4-year degree in computer science": None,
    "The contract lasts 2 years.": None,
    "6 month contract, extended with experience later": None,
    "A sabbatical after 5 years of service": None,
    "We have 3-4 years of runway.": None,
    "Nice to have: 2 years of experience with Rust.": None,
    "You have up to 3 years of experience.": None,
    "Kestrel was founded by engineers with 20 years of experience": None,
    "A team of 12 with 15 years of experience": None,
    "The company has 15 years of experience": None,
    "You know SQL.Preferred Qualifications6+ years of experience in audio": None,
    "**Preferred Qualifications**\n- Speech models\n- 6+ years of experience in audio": None,
    "_Preferred Qualifications_\n- Speech models\n- 6+ years of experience in audio": None,
    "Experience with Rails (2+ years preferred)": None,
    "Nice to have:\n- Speech models\n- 6+ years of experience in audio": None,
    "4 year vesting with a 1 year cliff": None,
    "Skills\n5+ years data science in retail": 5,
    "- 3+ yrs finance or accounting": 3,
    "You know Go; 2 + yrs prod ML": 2,
    "A degree in physics is a plus.3+ years of industry experience": 3,
    "A master's degree - Preferred5+ years of experience in ranking": 5,
    "A degree (a master's preferred)4+ years of experience with kernels": 4,
    "_Experience: 12+ Years_": 12,
    "Master's degree in physics with 5+ years of experience or bachelor's degree with 7+ years of experience": 7,
    "Must havesMasters degree & 1-2 yrs exp or Bachelors degree & 3-4 yrs exp": 3,
    "3+ years of college": None,
    "At least one year of studies remaining": None,
    "- 3+ years runway": None,
}


@pytest.mark.parametrize(
    ("level", "title"), [(level, title) for level, titles in TITLES.items() for title in titles.strip().splitlines()]
)
def test_a_title_names_its_level(level: str, title: str) -> None:
    assert read_seniority(title, "You train models.") == level


@pytest.mark.parametrize(("text", "years"), YEARS.items())
def test_the_years_asked_for_are_read(text: str, years: float | None) -> None:
    assert years_asked(text) == years


@pytest.mark.parametrize(
    ("title", "text", "level"),
    [
        ("Machine Learning Engineer", "5+ years of experience", "senior"),
        ("Machine Learning Engineer", "2+ years of experience", "early"),
        ("Machine Learning Engineer", "3+ years of experience", "unknown"),
        ("Senior Machine Learning Engineer", "0-2 years of experience", "senior"),
        ("Member of Technical Staff", "6+ years of experience", "senior"),
        ("Mid-level Engineer", "7+ years of experience", "unknown"),
    ],
)
def test_years_decide_where_the_title_names_no_level(title: str, text: str, level: str) -> None:
    assert read_seniority(title, text) == level


@pytest.mark.parametrize(
    ("level", "employment_type", "read"),
    [
        ("internship", None, "early"),
        ("entry_level", None, "early"),
        ("associate", None, "unknown"),
        ("mid_senior_level", None, "unknown"),
        ("Mid-Senior level", None, "unknown"),
        ("director", None, "lead"),
        ("executive", None, "lead"),
        ("not_applicable", None, "unknown"),
        ("student, lt-1 years of experience", "intern, full-time", "early"),
        ("experienced, 7-10 years of experience", None, "senior"),
        ("experienced, lt-1 years of experience", None, "unknown"),
        ("student_college", None, "early"),
        ("mid_level", None, "unknown"),
        ("Senior", None, "senior"),
        ("Senior, Mid-level", None, "unknown"),
        ("60 months of experience", None, "senior"),
        (None, "Intern", "early"),
        (None, "INTERN", "early"),
        (None, "Internship", "early"),
        (None, "Working student", "early"),
        (None, "Full-time", "unknown"),
        (None, "International", "unknown"),
        (None, None, "unknown"),
    ],
)
def test_fields_decide_first(level: str | None, employment_type: str | None, read: str) -> None:
    assert read_seniority("Machine Learning Engineer", "You train models.", level, employment_type) == read


def test_a_field_outweighs_the_title() -> None:
    assert read_seniority("Machine Learning, Senior Year", "8+ years of experience", None, "Intern") == "early"
    assert read_seniority("Machine Learning Engineer", "2 years of experience", "director") == "lead"


def test_a_posting_without_a_level_has_the_digest_it_had_before_there_was_one() -> None:
    before = "b1e44ae42df6510e926008115d10924ad91bde56dc5a828dfa616b1c7e0b4ada"
    posting = RawPosting("77", "Inference Engineer", "<p>You serve models.</p>")
    assert posting.digest() == before
    assert RawPosting("77", "Inference Engineer", "<p>You serve models.</p>", level="student").digest() != before


@pytest.mark.parametrize(
    "piece", ["7", "5+ years ", "5 years of experience with ", "year", "five years\n", " Jahre", "1-2 "]
)
def test_long_texts_take_linear_time(piece: str) -> None:
    assert is_linear(years_asked, piece, 20_000)
