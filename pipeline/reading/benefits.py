"""Whether an amount too small to be most people's pay is for something else: what its line is about tells it.

No list holds all benefits. So an amount that no word of pay names must be beside words of work ("Working students: 1,200
EUR a month"), a place, or alone; beside any other words it is for what they say ("Pet care: up to $500 a month").
"""

from __future__ import annotations

import re

from pipeline.reading.amounts import Amount
from pipeline.reading.base_pay import BEFORE, BEHIND, kind_of, without_shares
from pipeline.reading.place_meanings import meanings

SMALL = 30_000  # a year, in dollars or what buys as much: what is less may be a benefit
_WORD = re.compile(r"[^\W\d_]+")
# what stands before an amount and says nothing of what it is for
_FILLER_WORDS = (
    "a ab about additional alone an and approx approximately around at bis ca circa desde do dès each eur euro euros extra flat "
    "fra from gbp getting hasta in is jusqu least max maximum min minimum more od of offer offering offers on or over plus "
    "pm roughly start started starting starts than the to total until up us usd vanaf von we will with you your zu zł à"
)
_FILLERS = frozenset(_FILLER_WORDS.split())
# that something is paid for does not say that it is pay
_PAYING = re.compile(
    r"(?i)\b(?:(?:we|will|to|also|ll|can)\s(?:also\s|fully\s)?pay|pays|paid|paying|pay[ -]?(?:down|back|off)|earn|bezahlt|payée?s?)\b"
)
# people, their work and where or when they do it
_OF_WORK = re.compile(
    r"(?i)\b(?:\w*(?:engineer|entwickler|ingenieur|praktik|student(?! loan| debt)|assistent)\w*|developers?|scientists?|analysts?|managers?|designers?|"
    r"researchers?|architects?|consultants?|specialists?|programmers?|technicians?|tutors?|annotators?|trainers?|teachers?|"
    r"instructors?|counsell?ors?|nurses?|clerks?|assistants?|associates?|administrators?|operators?|representatives?|coordinators?|"
    r"freshers?|graduates?|interns?|internships?|trainees?|apprentic\w*|fellows?|postdocs?|doctora\w*|phd|stag(?:e|iair\w*|ist\w)|becari\w+|freelanc\w+|contract(?:or)?s?|"
    r"juniors?|mid|seniors?|leads?|staff|principal|level|tier|zone|grade|roles?|positions?|jobs?|candidates?|hires?|experience|talent|"
    r"remote|hybrid|on-?site|full-?time|part-?time|vollzeit|teilzeit|hours?|hrs?|location|developpeu\w+|chercheu\w+|offerte?|biete\w*|offrons|ofrecemos)\b"
)
_FOR = re.compile(
    r"[^.;:\n(]{0,24}?\b(?:for|towards?|on|if you|to (?:spend|use|put|cover|help|fly|invest)|für|zur?|pour|para|voor|na|til)\b(?P<what>[^.;:\n]{1,40})"
)
_LINE_ENDS = re.compile(r"\n(?![a-z])|[•|]|[.!?;]\s")


def is_for_a_benefit(amount: Amount, text: str, after: int, until: int) -> bool:
    """Whether the words beside a small amount, between `after` and `until`, name something that is no pay."""
    before = without_shares(text[max(after, amount.start - BEFORE) : amount.start])
    head = _LINE_ENDS.split(before)[-1]
    behind = _LINE_ENDS.split(text[amount.end : min(until, amount.end + BEHIND)])[0]
    if _names_pay(head) or _names_pay(behind) or _OF_WORK.search(head) or _OF_WORK.search(behind):
        return False
    if _is_a_place(head.strip(" \t:*–—-")):
        return False  # "Philippines: $1,500 a month"
    is_about = any(word.lower() not in _FILLERS for word in _WORD.findall(_PAYING.sub(" ", head)))
    return is_about or _FOR.match(behind) is not None


def _names_pay(words: str) -> bool:
    return any(kind_of(word) == "pay" for word in _WORD.findall(_PAYING.sub(" ", words)))


def _is_a_place(words: str) -> bool:
    """Whether words are the names of a place and nothing else: "Austin, TX"."""
    meant = [meanings(name.strip()) for name in words.split(",")]
    return all(meant) and any(one.stands for of_name in meant for one in of_name)
