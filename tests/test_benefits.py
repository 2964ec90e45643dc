"""What is paid for by a company beside pay, in the words of many, is no pay; a ceiling of pay is."""

from __future__ import annotations

from datetime import date

import pytest

from pipeline.reading.pay import read_pay

# country|text|low high currency period, or none
KINDS = {
    "parking": """
US|Parking paid up to $300 monthly|none
US|We cover up to $500 per month of your parking|none
US|Parking: we cover $250 per month|none
US|Free parking or up to $200 monthly toward public transport|none
US|Parking and tolls - up to $2,400 per year|none
US|Garage space paid up to $350 a month|none
US|Your downtown parking spot is paid by us ($320 per month)|none
CA|Paid parking, up to $4,000 yearly|none
US|We pay for parking, up to $300/month|none
US|Bike or parking: $150 a week|none
GB|Parking permit worth £1,200 a year|none
DE|Parkplatz: bis zu 150 € monatlich|none
US|Parking covered to $3,600 per year|none
""",
    "mental health": """
US|Mental health: up to $12,000 per year|none
US|Therapy up to $8,000 a year|none
US|Perks␤- Mental health: up to $12,000 per year␤- Pet care: up to $600 per year|none
US|Mental health care covered up to $6,000 per year|none
US|Mental wellbeing: $1,000 every month|none
US|$8,000 per year for therapy and coaching|none
US|Access to a therapist, up to $9,500 annually|none
US|Counseling sessions: up to $400 per month|none
US|Mindfulness app and $1,200 per month of coaching|none
US|Psychotherapy paid up to $10,000 a year|none
US|Mental health days and up to $5,500 per year in sessions|none
GB|Mental health support up to £6,000 per year|none
US|Emotional support: $500 a month|none
US|You get $7,500 per year to take care of your mind|none
""",
    "pet care": """
US|Pet care: up to $500 per month|none
US|Pet care: $400 per month|none
US|Pawternity leave and pet care up to $6,000 a year|none
US|Vet bills up to $5,000 per year|none
US|Dog walking - up to $300 per month|none
US|Pet health plan, up to $10,000 yearly|none
US|We cover boarding for your pets, up to $5,200 a year|none
US|Cat and dog adoption: $500 each month|none
US|Up to $450 monthly for pet sitters|none
US|Pets: $350/month|none
US|Kennel: up to $6,500 annually|none
US|Doggy daycare ($325 per month)|none
""",
    "parental leave and children": """
US|Parental leave top-up of up to $10,000 a year|none
US|Childcare support up to $1,000 per month|none
US|Backup care: $2,000 per year|none
US|Parental leave: up to $20,000 per year on top of state pay|none
US|Parental leave top-up, $1,500 per week|none
US|New parents get $5,000 per year|none
US|Baby bonding leave paid up to $2,000 a week|none
US|Maternity top up to $12,000 per year|none
CA|Paid parental leave topped up to $1,100 a week|none
US|Nanny support - $2,000 per month|none
US|Doula services up to $5,000 per year|none
US|Egg freezing: up to $15,000 annually|none
US|Baby essentials worth $600 per month|none
US|Breast milk shipping up to $5,500 a year|none
""",
    "student loans": """
US|Student loan repayment: up to $10,000 per year|none
US|Student loan assistance ($5,250 a year)|none
US|Student loan assistance ($5,250 per year)|none
US|Student loan repayment of $500 per month|none
US|Student debt: up to $6,000 per year|none
US|Student loans - we pay up to $5,250 annually|none
US|We help repay your student loans with $300 per month|none
US|Loan forgiveness up to $10,000 each year|none
US|College loan paydown: $400 monthly|none
US|Up to $8,000 per year toward student loans|none
US|Education debt assistance, $9,000 a year|none
US|Refinancing help and $350 per month|none
US|Student loan pay down program: up to $7,000 per year|none
US|Tuition and loans: up to $12,000 annually|none
""",
    "gender-affirming care": """
US|Gender-affirming care: up to $25,000 per year|none
US|Gender-affirming care up to $20,000 per year|none
US|Gender affirmation: $15,000 a year|none
US|Trans-inclusive care, up to $25,000 annually|none
US|Gender confirmation surgery paid up to $10,000 a year|none
US|Hormone treatment up to $6,500 per year|none
US|Transition care - up to $12,500 per year|none
US|Up to $18,000 per year for gender-affirming procedures|none
US|Gender-inclusive health care: up to $9,000 yearly|none
US|We offer gender-affirming support of up to $11,000 per year|none
US|Travel for care: up to $10,000 per year|none
US|LGBTQ+ care ($14,000 annually)|none
""",
    "housing": """
US|Housing: $1,500 per month|none
US|We will pay you $500 per month towards your rent|none
US|Housing: up to $2,000 per month|none
US|Housing is paid up to $1,800 monthly|none
US|Corporate housing, $2,200 a month|none
CH|Accommodation: CHF 1,400 per month|none
GB|Accommodation provided (£600 per month)|none
US|Live within a mile and get $1,000 per month|none
US|$1,200 a month if you live close to the office|none
US|We pay $1,500 monthly of your rent|none
US|Apartment near campus - $900 per month|none
US|Summer housing: $2,300 per month|none
US|Utilities up to $400 per month|none
""",
    "learning": """
US|Learning budget: $6,000 annually|none
US|$6,000 annually for learning and development|none
US|Annual learning budget ($6,000 per year)|none
US|We pay up to $6,000 per year for courses|none
US|Learning & development - $5,000 per year|none
US|Professional development: $5,000 per year|none
DE|Bis zu 5.000 € pro Jahr für Weiterbildung|none
DE|Weiterbildung: bis zu 6.000 € pro Jahr|none
FR|Jusqu'à 5 000 € par an pour la formation|none
US|Benefits:␤- $10,000 per year to spend on anything that helps you learn|none
US|Learning budget up to $8,000 per year|none
US|L&D: $5,500 per year|none
US|Conferences and books: up to $7,000 a year|none
US|$5,000 a year for learning|none
US|Yearly learning allowance: $6,000 per person|none
US|Spend $6,000 per year on growing your skills|none
US|Courses paid up to $5,500 annually|none
US|Learning wallet of $500 per month|none
US|Upskilling - $9,000 per year|none
US|Certifications: up to $5,000 annually|none
ES|Formación: hasta 6.000 € al año|none
PL|Szkolenia: do 30 000 zł rocznie|none
NL|Opleiding: €6.000 per jaar|none
IT|Formazione: fino a 6.000 € l'anno|none
""",
    "other benefits": """
DE|Parken in Berlin: 150 € pro Monat|none
US|Rent in New York, $1,500 a month|none
US|Flights to Berlin, up to $5,000 a year|none
GB|Nursery in London (£800 per month)|none
US|What you get␤- Gym: $75/month␤- Lunches up to $25 per day|none
US|Grocery delivery, $300 per month|none
US|$7,500 per year lifestyle spending account|none
US|Lifestyle spending account ($2,000/yr)|none
US|Cell phone: up to $100 per month|none
US|Ergonomic chair and desk up to $5,000 per year|none
US|Life events: $5,000 per year|none
US|Annual retreat worth $6,000|none
US|Charity match up to $10,000 per year|none
US|Giving: we match up to $5,500 a year|none
US|Volunteer time and $500 a month to causes you choose|none
US|Dependent care FSA: $5,000 per year|none
US|HSA seed of $1,500 annually|none
US|Employer contribution to medical of $900 per month|none
US|Coverage up to $15,000 per year for IVF|none
US|Elder care: up to $6,000 a year|none
US|Meditation retreats - $5,000 per year|none
US|Immigration support up to $10,000 per year|none
US|Legal help up to $5,000 per year|none
US|Vacation: we give you $7,500 a year to travel|none
US|Take a holiday on us, up to $6,000 per year|none
GB|Cycle to work, up to £1,000 per year|none
GB|Eye tests and £500 a month towards nursery|none
DE|Kita: bis zu 300 € monatlich|none
DE|Bikeleasing und 600 € im Monat für die Kinderbetreuung|none
FR|Mutuelle et 5 500 € par an de participation|none
NL|Fiets of €500 per maand|none
US|Home internet: $500 monthly|none
US|AI tools: up to $1,000 per month|none
US|Cloud spend: up to $2,000 per month per engineer|none
US|Up to $20,000 per year for fertility treatments|none
US|Fitness: $100 a month|none
US|Travel: $3,000 per year for flights home|none
US|Family planning benefits up to $20,000 annually|none
US|We pay $600 per month for coworking|none
US|Company car or €600 monthly|none
DE|Jobticket und 50 € Sachbezug pro Monat|none
US|Sabbatical: $10,000 after five years|none
US|Life insurance - 1x salary up to $350,000|none
US|Short-term disability (60% of salary up to $2,000.00/week)|none
US|Health: we pay up to $1,200 per month of premiums|none
FR|Télétravail : 600 € par an pour votre bureau et 6 000 € par an de cours|none
US|$20,000 (gross) sign-on bonus|none
US|Salary plus bonus + $15,000 equity|none
""",
    "a ceiling of pay": """
US|Salary: up to $180,000|180000 180000 USD year
DE|up to €90k per year|90000 90000 EUR year
US|Base: up to $180,000 per year|180000 180000 USD year
US|Backend Engineer: up to $180,000 per year|180000 180000 USD year
US|We pay up to $150/hr and are entirely async|150 150 USD hour
US|Up to $140 per hour|140 140 USD hour
GB|Benefits:␤Up to £90,000 per annum␤Fully remote|90000 90000 GBP year
US|Engineer - up to $7500/month|7500 7500 USD month
US|Comp: up to $7500/month|7500 7500 USD month
US|Hourly rate: Up to USD $30.00 per hour|30 30 USD hour
US|Student Loan Analyst: up to $95,000 per year|95000 95000 USD year
US|Housing Policy Analyst, up to $95,000 a year|95000 95000 USD year
US|Salary up to $200,000 per year|200000 200000 USD year
US|Up to $9,000 per month for the right candidate|9000 9000 USD month
US|Base pay up to $28,000 per year|28000 28000 USD year
US|Annual pay: up to $25,000|25000 25000 USD year
GB|Graduate engineer: up to £28,000 per annum|28000 28000 GBP year
GB|Up to £29,000 per year|29000 29000 GBP year
GB|Salary: up to £27,500 a year plus benefits|27500 27500 GBP year
DE|bis zu 90.000 € pro Jahr|90000 90000 EUR year
DE|Gehalt bis zu 2.400 € pro Monat|2400 2400 EUR month
ES|Salario hasta 28.000 € al año|28000 28000 EUR year
ES|Hasta 2.300 € al mes|2300 2300 EUR month
FR|Stage, jusqu'à 1 400 € par mois|1400 1400 EUR month
PL|do 9 000 zł brutto miesięcznie|9000 9000 PLN month
IN|Up to ₹80,000 per month|80000 80000 INR month
US|We pay up to $95/hour|95 95 USD hour
US|Compensation: up to $2,000 per month|2000 2000 USD month
US|Remote - up to $2,400 a month|2400 2400 USD month
""",
    "pay beside words of work and benefits": """
PH|Philippines: $1,500 per month|1500 1500 USD month
EG|- Egypt - $1,200/month|1200 1200 USD month
PL|Poland: 1,500 EUR per month|1500 1500 EUR month
US|Austin, TX: $2,000 a month|2000 2000 USD month
IN|Freshers: ₹20,000 per month|20000 20000 INR month
IN|Bengaluru: INR 50,000 per month|50000 50000 INR month
DE|Ausbildungsvergütung: 1.200 € pro Monat|1200 1200 EUR month
DE|Praktikumsvergütung 1.000 € monatlich|1000 1000 EUR month
US|Level 2: $2,200 per month|2200 2200 USD month
US|Graduates get $2,000 a month|2000 2000 USD month
US|Founding CTO - Remote - Full-time ($230k+ equity)|230000 230000 USD year
US|Remote, $200-300k+ equity|200000 300000 USD year
US|Base salary: $150,000 - $180,000␤Benefits␤- Monthly wellness credit of $150␤- Commuting: up to $300 per month␤- Pet insurance up to $2,000 a year|150000 180000 USD year
US|Salary: $145k. We also chip in $400 a month for daycare|145000 145000 USD year
US|Pay: $60/hr. Parking: $200 per month|60 60 USD hour
US|Compensation: $9,000/month plus housing up to $2,000/month|9000 9000 USD month
US|The salary is $120,000 and we reimburse $500 a month of rent|120000 120000 USD year
US|This is a paid position at $2,000 per month|2000 2000 USD month
DE|Masterarbeit, vergütet mit 1.000 € pro Monat|1000 1000 EUR month
US|Volunteer coordinators receive $1,200 per month|1200 1200 USD month
IN|Interns get ₹25,000 per month|25000 25000 INR month
US|Freelance writers: $2,000 per month|2000 2000 USD month
GB|£24,500 per annum|24500 24500 GBP year
GB|Junior developer, London, £26,000 p.a.|26000 26000 GBP year
ES|Sueldo: 22.000 € anuales|22000 22000 EUR year
PT|Oferta: 1.500 € brutos por mês|1500 1500 EUR month
IT|Contratto di stage: 1.000 € al mese|1000 1000 EUR month
PL|Staż, 5 000 zł brutto miesięcznie|5000 5000 PLN month
US|Health Care Data Scientist: $120,000 - $150,000 per year|120000 150000 USD year
US|Mental Health Counselor: $60,000 per year|60000 60000 USD year
US|Learning and Development Manager: $95,000 a year|95000 95000 USD year
US|Pay starts at $2,400 a month|2400 2400 USD month
US|The salary starts at $2,400 gross per month, along with stock options|2400 2400 USD month
FR|Internship, 1,200 € per month|1200 1200 EUR month
DE|Werkstudent Data Science, 1.300 € monatlich|1300 1300 EUR month
US|$75k - $135k, quarterly on-sites|75000 135000 USD year
US|Remote with quarterly on-sites in Austin (travel paid). Compensation: $75k - $135k|75000 135000 USD year
US|Trainee (Warsaw): €1,500 per month|1500 1500 EUR month
US|Paid internship: $2,400 per month|2400 2400 USD month
US|PhD position, €2,300 gross per month|2300 2300 EUR month
US|We offer $2,000 a month|2000 2000 USD month
US|Part-time, $1,500 per month|1500 1500 USD month
US|The base salary range for this full-time position is $270,000 - $500,000+ bonus + equity + benefits|270000 500000 USD year
GB|Founding Engineer - 2% equity + £100,000 base - backed startup|100000 100000 GBP year
US|The salary range is $85,000k - $120,000k / year, plus commissions|85000 120000 USD year
US|Competitive salary range: $130,000-$185,000 USD (based on experience)Generous equity package|130000 185000 USD year
US|Unlimited PTO.Compensation Range: $130K - $165K|130000 165000 USD year
""",
}
LINES = [line for lines in KINDS.values() for line in lines.strip().splitlines()]


@pytest.mark.parametrize("line", LINES)
def test_a_benefit_is_no_pay_and_a_ceiling_of_pay_is(line: str) -> None:
    country, text, want = line.partition("|")[0], line.partition("|")[2].rpartition("|")[0], line.rpartition("|")[2]
    pay = read_pay((), text.replace("␤", "\n"), country, date(2026, 10, 1))
    read = f"{pay.low:.0f} {pay.high:.0f} {pay.currency} {pay.period}" if pay else "none"
    assert read == want


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_ten_and_more(kind: str) -> None:
    assert len(KINDS[kind].strip().splitlines()) > 10
