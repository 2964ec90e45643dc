"""What a posting says of visas and of clearance: whether one is sponsored, and whether only some may be hired."""

from __future__ import annotations

import re

from pipeline.reading.passages import Text, evidence, sentences_with

Said = tuple[str, str]  # a value, and the words that decided

_VISA_HINTS = ("sponsor", "visa", "h1b", "h-1b", "h1-b", "work permit")
_ABOUT_VISAS = re.compile(
    r"\bvisas?\b(?!['’]s)|\bsponsorship\b|\bsponsor\b.{0,40}\b(?:applicants?|candidates?|individuals?|work|employment)\b|\bh-?1-?b\b|\bwork permits?\b|\bwork authori[sz]ation\b.{0,60}\bsponsored\b"
)
# what else is sponsored, the company that is called so, and what a form asks
_NO_VISA = re.compile(
    r"\bexport\b|\bevents? or\b|\b(?:identify|potential|proactively)\b.*\bsponsor|\b(?:executive|stakeholder|project|event|community) sponsor|\bsponsorship (?:for|of) (?:industry|certif|training|exam|event|conference)|"
    r"\b(?:will|do) you (?:now|require|need|in the future)\b|\b(?:mastercards?|american express|paypal|stripe|airbnb|mentorship|customers|clients)\b"
)
_NO = r"(?:no|not|non|without|unable|cannot|can['’]?t|won['’]?t|wouldn['’]t|doesn['’]?t|don['’]?t|isn['’]?t|aren['’]?t|never|neither|unfortunately|keine?n?|nor)"
_TURN = r"(?:(?!\b(?:but|we (?:can|do|will|also|offer|sponsor|provide|support)|require(?:s|d)? (?:\w+ )?(?:visa|sponsorship) (?:are|is) welcome)\b).)"
_REFUSED = re.compile(
    rf"\b{_NO}\b(?!,){_TURN}{{0,90}}?(?:\bvisas?\b|\bsponsor|\bh-?1-?b\b|\bwork permits?\b)|"
    r"\b(?:visas?|sponsorships?|sponsor)\b[^.]{0,50}?\b(?:is|are|be|will)? ?(?:not|unavailable|n['’]t)\b(?: \w+){0,2} ?(?:available|offered|provided|possible|supported|considered|eligible|an option)?|"
    r"\b(?:visa|sponsor)\w*(?: \w+){0,2}\s?[:=?–-]\s?(?:no\b|none\b|not\b|n/a|❌)"
)
_NOT_ALL = re.compile(
    r"\b(?:for|in|to) (?:every|all|each)\b|\b(?:not required|no (?:visa|sponsorship) (?:is )?(?:needed|required|necessary))\b|\bvisa not required\b"
)
_OFFERED = re.compile(
    r"\b(?:can|do|will|may|able to|happy to|willing to|open to|also|we|which) (?:\w+ ){0,2}?(?:sponsor\b|provide (?:\w+ ){0,3}?(?:visa|sponsorship))|"
    r"\b(?:offer\w*|provid\w+|support\w*|help\w*|assist\w*|includ\w+|cover\w*|with|and|&|\+|full|eligible for|open to) (?:(?:for|with|you|your|the|work|of|a|full|our|free|company|relocation|and|package|employment|immigration|/|or)[ ,/]+){0,5}?"
    r"(?:visas?\b(?!['’]s)|h-?1-?b\b|work permits?\b)|\beligible for sponsorship\b|\bcan be sponsored\b|\bvisas? ?(?:/|&|and|or) ?green card (?:sponsorship|support)\b|"
    r"\b(?:visas?|h-?1-?b)(?: (?:sponsor(?:ship)?|support|assistance|help|transfers?|sponsoring|application))+\b|"
    r"\bsponsorship (?:is |may be |can be )?(?:available|offered|provided|possible|considered|supported)|"
    r"\b(?:visa|sponsor)\w*(?: \w+){0,2}\s?[:=?–-]\s?(?:yes\b|available|possible|offered|✅)|"
    r"\bsponsor(?:ing|s)? (?:\w+ ){0,2}?(?:visas?|h-?1-?b)"
)
_WELCOME = re.compile(
    r"(?:^|[-–|,/(+&]\s?)(?:H-?1-?B )?VISAS?(?:\s?[-–|,/)+&]|$)|\b(?i:remote|on-?site|hybrid)\b[^.()]{0,40}\(Visas?\)"
)  # a word of the first line on Hacker News

_CLEARANCE_HINTS = ("clearance", "ts/sci", "public trust")
_CLEARANCE = re.compile(
    r"\b(?:security|secret|active|current|government|gov|sc|dv|sci?|ts|trust|federal|dod|doe|cleared?|sv|nv1|nv2|nato|vetting|obtain|hold|maintain|possess)\b"
    r"[^.]{0,60}\bclearances?\b|\bclearances? (?:requirements?|required|level|is required)|\bts/sci\b|\bpublic trust\b"
)
_NO_CLEARANCE = re.compile(
    r"\b(?:customs?|regulatory|fda|medical|financial|background) clearance|\b(?:no|without|not require\w*|regardless of) (?:\w+ ){0,3}clearance|"
    r"\bclearances? (?:is |are )?(?:not|preferred|a plus|desired|optional)|\b(?:preferred|nice to have|bonus|plus|desired|ideally|helpful|especially interested)\b|\bwe (?:sell|serve)\b"
)
_BRACKETED = re.compile(r"\([^()]*\)")
_CITIZEN_HINTS = ("citizen", "u.s. person", "us person")
_CITIZEN = re.compile(
    r"(?:\b(?:u\.?s\.?a?|united states|american|uk|u\.k|british|eu|european union|australian|canadian|singapore|german|indian|nato|israeli|french)\.?[- ]|\ba )"
    r"(?:citizens?(?:hip)?|persons?)\b|\bcitizens? or (?:permanent residents?|green card|pr\b|lawful)|\bcitizens? only\b|\bcitizenship (?:is )?required\b"
)
_NOT_ASKED = re.compile(
    r"\b(?:encourag\w+|regardless|without regard|discriminat\w+|not required|non-u|status|veterans?|second[- ]class|first[- ]class|preferred|smart|senior citizens?|"
    r"either|may be contingent|good citizens?|corporate citizen\w*|citizens? (?:developer|experience|services?|engagement)|welcome|visa|ancestry|permit|all other|global citizen|especially|specific role|if you are an?|may require|authorized to work)\b"
)


def read_visa(text: Text) -> Said | None:
    """Whether the posting says that a visa is sponsored, or that none is; None where it says neither, or both."""
    said: dict[str, str] = {}
    for sentence in sentences_with(text, _VISA_HINTS):
        small = sentence.lower()
        if not _ABOUT_VISAS.search(small) or _NO_VISA.search(small):
            continue
        if refused := _REFUSED.search(small):
            if not _NOT_ALL.search(small):
                said.setdefault("not offered", evidence(sentence, refused))
        elif offered := _OFFERED.search(small) or _WELCOME.search(sentence):
            said.setdefault("offered", evidence(sentence, offered))
    return next(iter(said.items())) if len(said) == 1 else None


def read_clearance(text: Text) -> Said | None:
    """Whether a security clearance is asked for, or the ability to obtain one; else whether only citizens may be hired."""
    for value, hints, asked, unasked in (
        ("clearance", _CLEARANCE_HINTS, _CLEARANCE, _NO_CLEARANCE),
        ("citizenship", _CITIZEN_HINTS, _CITIZEN, _NOT_ASKED),
    ):
        for sentence in sentences_with(text, hints):
            small = sentence.lower()
            if (found := asked.search(small)) and not unasked.search(_BRACKETED.sub("", small)):
                return value, evidence(sentence, found)
    return None
