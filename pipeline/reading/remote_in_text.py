"""What title and text say of remote work beside the board's fields: that it is denied, that it is so, and where it is open to.

A stated denial goes before any flag. That the work is remote is read from a text only where the fields say nothing. Where a
remote job is open to is read from the title, else from the text: it fills in a country that no place tells, adds those that
candidates may be in, and parts a country into the states told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from pipeline.posting import Place
from pipeline.reading.areas import country_alone
from pipeline.reading.location_words import WIDE
from pipeline.reading.passages import Text, evidence, sentences_with
from pipeline.reading.places import NOTHING, Whereabouts, read_words
from pipeline.reading.workplace import says_remote_in_title


class Said(NamedTuple):
    """The whereabouts as title and text have them, and the words that changed something, by what they told."""

    where: Whereabouts
    words: dict[str, str]


_DENIAL_HINTS = ("remote", "telearbeit", "homeoffice", "in-person only", "in person only", "onsite only", "on-site only", "in-office only")
_FULLY = r"(?:(?:fully|full|full[- ]?time|100 ?%|permanent(?:ly)?|completely|purely|entirely)[- ]?\s?){0,2}"
_NOT = r"(?:not|n['’]t)"
_WORK = (
    r"remote(?:ly)?(?![- ](?:sensing|monitoring|control|access|support|first|only (?:company|team)|friendly)|[- ]only\b(?! roles?| positions?))"
)
_DENIED = re.compile(
    rf"\b(?:is|are|'s|’s|be|become)\s?(?:{_NOT})\s(?:(?:currently|open to|open for|available|eligible|considered|considering|looking for|accepting|a|an|for|as|offered|suitable|possible|be|(?:done|performed))\s)*{_FULLY}{_WORK}|"
    rf"\b(?:decided )?not to become a {_FULLY}remote\b|\bnot (?:a )?{_FULLY}remote (?:position|role|job|opportunity)\b|(?:^|[:(,] ?)not {_FULLY}remote\b|\bnot open (?:for|to) {_FULLY}remote\b|"
    rf"\b(?:do|does|can|could|will)(?: ?{_NOT}) (?:be )?(?:currently )?(?:able to )?(?:offer|offering|allow|support|provide|accept|consider|accommodate|hire|do|apply if you want)\b (?:for |any |a )*{_FULLY}{_WORK}|"
    rf"\bcan(?:not|['’]t| not)(?: currently)? (?:be )?(?:offer|allow|support|accept|consider|accommodate|do|done|performed|worked)\w* (?:for |any |a )*{_FULLY}{_WORK}|"
    rf"\bunable to (?:offer|allow|support|accept|consider|accommodate) {_FULLY}{_WORK}|"
    rf"\bno {_FULLY}remote\b(?! (?:restrict|limit|access|sensing))|"
    rf"\bremote (?:work(?:ing)?|candidates?|applicants?|applications?|options?|positions?|roles?|employees)?\s?(?:(?:is|are|will|can)\s?)?(?:{_NOT}|cannot)\b (?:currently )?(?:be )?(?:an option|possible|available|considered|offered|supported|accepted|permitted|allowed|eligible|currently)|"
    r"\bkeine? (?:reine[nrs]? |volle[nrs]? |100 ?%[- ])?(?:remote|homeoffice)|\bnicht remote\b|"
    r"\b(?:on-?site|in[- ]person|in[- ]office) only\b"
)
_NO_DENIAL = re.compile(
    r"\bremote\w*(?: \w+){0,3} (?:outside|from (?:other|outside|abroad))\b|\bother countries\b|\bmay (?:not )?be (?:fully )?remote\b|\bin (?:the )?future\b|\bnot (?:only|just|limited|required)\b|\bwhether\b|\bif you(?:['’]re| are) (?:not|remote|located|based|outside|unable)\b|\bif not\b|\bunless\b|\bexcept\b|"
    r"\b(?:lunch|snacks?|coffee|commut\w+|benefits?|perks?|meals?|interviews?|gym|parking|some (?:of )?(?:our )?(?:roles|positions))\b|"
    r"\bremote (?:is|are|work is)? ?not (?:available|possible|permitted|allowed|offered) (?:in|for|to|from)\b"
)
_ONLY = re.compile(r"\bonly\b")
_OF_THE_JOB = re.compile(r"\b(?:role|position|job|location|we|us|office|based|team|full[- ]time|visa)\b|\bonly in\b")

_REMOTE_HINTS = ("remote", "candidates worldwide", "or anywhere", "work from anywhere", "work from home", "fully distributed")
_IS_REMOTE = re.compile(
    r"\b(?:this|the) (?:[\w/-]+ ){0,2}?(?:is|will be) (?:an? )?(?:[\w-]+ ){0,2}?remote\b(?![- ](?:first company|team))|"
    r"\b(?:fully|100 ?%|completely|entirely)[- ]?remote(?!ly)|\bremote nature of (?:this|the)\b|\bremote[- ]first\b|\bcandidates worldwide\b|\bcomfort of (?:your )?home, or anywhere\b|"
    r"^\W*(?:job |work |position |primary )?(?:location|workplace|work ?place|work location):?\W*(?:fully[- ]|100% )?remote\b|^\W*remote(?:[- ,]+(?:us|usa|uk|eu|united states|canada|europe|germany))?\W*$|"
    r"^\W*remote(?:[,(]| \(|\s[-–—]\s)|\|\s?remote\b\*?\s?\||^[^.]{0,80}\((?:[^()]*, )?remote(?: \+ travel)?\)|\ball[- ]remote (?:team|company|organi)|^location remote\b|#li-remote\b|\bremote (?:within|across|anywhere in) \w|\bwork(?:ing)? from anywhere(?! (?:for|up|in the us for|policy))|"
    r"\b(?:team|company|we are|we're|we’re) (?:is |are )?(?:a )?fully[- ](?:distributed|remote)\b|\bfully distributed (?:team|company|throughout|across)\b|"
    r"\b(?:hybrid|on-?site|office),? or (?:fully )?remote\b|\bremote,? (?:on-?site|hybrid)?,? ?or (?:hybrid|on-?site)\b|\b(?:remote work|remote) (?:is )?(?:supported|possible|ok|eligible)\b|\bcategorized as a remote\b|"
    r"\b(?:is|are) an? (?:fully[- ])?remote(?:,? [\w-]+){0,3} (?:team|company|organi[sz]ation|startup)\b|\b(?:can|may|free to|choose to) work (?:remotely|from home)\b(?=[^.]{0,40}(?:\bor\b|,))|"
    r"\bwork remotely(?:, onsite| \(|, from| from anywhere)|\byou work remotely\b|\bvollständig remote\b|\bremote möglich\b|\bfull[- ]remote\b"
)
_HYBRID = re.compile(r"\bthis (?:is a|role is|position is) hybrid\b|\bhybrid (?:role|position)\b(?! options?)|#li-hybrid\b")
_REMOTE_IN = re.compile(r"\b[Rr]emote in (?:the )?[A-Z]")
_PARTLY = re.compile(
    r"\b(?:days?|weeks? (?:a|per|of|each)|(?:up to|for) \w+ weeks|interviews?|occasional\w*|sometimes|many (?:of )?(?:our|the|roles)|most roles|certain roles|some roles|specifically noted|stage|collaboration with our|depending on|agent|customers?|clients?|hybrid (?:is|role|position)|% of)\b|"
    r"\bnot (?:a )?(?:fully )?remote\b|\d ?% (?:of|remote / )"
)

_OPEN_HINTS = (
    "remote", "reside", "residing", "residency", "based in", "-based", "located in", "located within", "live in", "living in", "open to", "to work in",
    "anywhere in", "applicants from", "candidates from", "applicants in", "candidates in", "applicants located", "candidates located", "distributed throughout", "live within",
)  # fmt: skip
_PEOPLE = r"(?:candidates?|applicants?|employees?|people|those|members?|engineers?|residents?|individuals?|anyone|talent)"
_BEFORE_NAMES = (
    re.compile(  # of candidates, and so binding
        rf"\b(?:must|need to|needs to|should|required to|have to|has to)(?: \w+){{0,2}}? (?:be )?(?:reside|live|located|based|residing|resident)(?: \w+)? (?:in|within|of)\b|"
        rf"\b{_PEOPLE}(?: \w+){{0,3}}? (?:based|located|residing|reside|living|live|who live|from)(?: anywhere)? (?:in|within)?\b|"
        rf"\b(?:open|available|limited|restricted|considering)(?: only)? to (?:{_PEOPLE}|candidates)?\s?(?:(?:based|located|residing|living|only) )?(?:in|within|from)\b|"
        r"\b(?:looking for|seeking|hiring|speakers?|someone)\b[^.]{0,60}? based in\b|\b(?:candidates|applicants) (?:in|from)\b|\b[Rr]emote(?: \w+){0,2}? (?:in|within|across|from|anywhere in|throughout)\b|\b(?:anywhere|remotely) (?:with)?in\b|\b[Rr]esidency (?:in|of)\b|\b[Rr]esidents? of\b|^\W*Based in\b|"
        r"\b(?:LOCATION|[Ll]ocation): ?(?:[Ff]ully[- ])?[Rr]emote(?:[- ][Ff]irst)?\b|^\W*[Rr]emote\b(?! [Ww]ork)(?=[\s(,–—-]+[A-Z])|\b[Rr]emote-(?=US\b|USA\b|UK\b)|\b[Rr]emote \((?=[A-Z])"
    ),
    re.compile(  # of the right to work, and of where colleagues are: a country where no place tells one
        r"\b(?:authori[sz]ed|eligible|permitted|right|authori[sz]ation|able) to (?:\w+ )?work(?: \w+)? (?:in|within)\b|\b(?:distributed|spread) (?:throughout|across)\b"
    ),
)
_NAME_BASED = re.compile(r"\b((?:[A-Z][\w.]*[ -]){0,2}[A-Z][\w.]*)[- ][Bb]ased\b(?= (?:candidates?|applicants?|only|employees?|remote))")
_NAME_REMOTE = re.compile(r"(?:^|[.:|–-] ?|\bis )((?:[A-Z][\w.]+ ?){1,3})[–-]? ?[Rr]emote [Ee]ligible\b")
_NOT_BINDING = re.compile(r"\b(?:salary|compensation|pay|benefits?|prefer\w*|beneficial|ideally|plus(?:es)?|opportunity to)\b")
_NOT_OPEN = re.compile(r"\b(?:not|outside|except|excluding|cannot|other than|n['’]t|if you)\b")
_LEADING = frozenset(
    "the a an either any one of following states state countries country areas area regions region locations location provinces province these our to be "
    "considered for mainland continental contiguous lower and or in within following: states: countries: areas: only based position role 48 50".split()
)
_BETWEEN = frozenset(("and", "or", "of", "the", "&", "/", "-", "–", "|", "und", "et", "y"))
_OF_ZONES = re.compile(r"(?<![-\w])time|timezone", re.IGNORECASE)
_TITLE_BASED = re.compile(r"\b[Bb]ased in\s+(.+)|(.+?)[- ][Bb]ased\b")
_OF_TIME = ("time", "hours", "business", "working hours", "tz")
_TOKEN = re.compile(r"\S+")
MOST_NAMES = 60  # words of a list of states
_BRACKETS = re.compile(r"\s*[\[\]()|]\s*|\s[-–—]\s")
_ASIDE = re.compile(r"(?i)\b(?:100 ?%|(?:fully|full)[- ]?remote|remote(?:[- ](?:friendly|first|only|eligible))?|hybrid|within|based|from|/|in|or)\b|%|/")


def refined(where: Whereabouts, title: str, text: str) -> Said:
    """The whereabouts that the fields tell, with what title and text say beside them."""
    told: dict[str, str] = {}
    beside = Text.of(text)
    if denied := _denied(title, beside, where.workplace == "onsite"):
        workplace = where.workplace if where.workplace != "remote" else None
        return Said(where._replace(workplace=workplace, is_remote=False, remote_area=None), {"remote": denied})
    if where.is_remote is None and where.workplace is None and (said := _said_remote(beside)):
        where = where._replace(workplace="remote", is_remote=True)
        told["remote"] = said
    if where.is_remote:
        where, open_to = _opened(where, title, beside)
        told |= {"open_to": open_to} if open_to else {}
    return Said(where, told)


def _denied(title: str, text: Text, is_onsite: bool) -> str | None:
    """The words of a denial, of the job itself; "on-site only" may be of another one where nothing else says so."""
    small = title.lower()
    if (found := _DENIED.search(small)) and not _NO_DENIAL.search(small):
        return evidence(title, found)
    for sentence in sentences_with(text, _DENIAL_HINTS):
        small = sentence.lower()
        found = _DENIED.search(small)
        if found and not _NO_DENIAL.search(small):
            if not _ONLY.search(found.group()) or is_onsite or _OF_THE_JOB.search(small):
                return evidence(sentence, found)
    return None


def _said_remote(text: Text) -> str | None:
    if _HYBRID.search(text.small):
        return None
    for sentence in sentences_with(text, _REMOTE_HINTS):
        small = sentence.lower()
        if (found := _IS_REMOTE.search(small) or _REMOTE_IN.search(sentence)) and not _PARTLY.search(small):
            return evidence(sentence, found)
    return None


def _opened(where: Whereabouts, title: str, text: Text) -> tuple[Whereabouts, str | None]:
    """The places and wide areas of a remote job with those that the title names beside "remote", else the text."""
    is_told = any(place.country for place in where.places)
    parts = _BRACKETS.split(title)
    of_title = [_beside_remote(part) for part in parts if says_remote_in_title(part)]
    if not is_told:
        of_title += [based[1] or based[2] for part in parts if (based := _TITLE_BASED.fullmatch(part))]
        of_title += [part for part in parts[1:] if country_alone(part)]
    named = [(names, title, True) for names in of_title if names] or _named(text)
    for names, words, is_binding in named:
        places = read_words(names, NOTHING) if is_binding or not is_told else ()
        area = where.remote_area or (None if is_told and words != title else _wide(names))
        opened = where._replace(places=_merged(where.places, places), remote_area=area)
        if places or area != where.remote_area:
            return opened, words if opened != where else None
    return where, None


def _beside_remote(part: str) -> str:
    """The names beside the word in a part of a title: "US Remote", "Remote, Germany"; none of time, none behind a town.

    A code in the piece of the word alone, behind another piece, is of the town there: "Oakland, CA or REMOTE".
    """
    pieces = part.split(", ")
    at = next(number for number, piece in enumerate(pieces) if says_remote_in_title(piece))
    names = ", ".join(filter(None, (_ASIDE.sub(" ", piece).strip(" -:,") for piece in pieces[at:])))
    is_of_town = at > 0 and len(names) == 2
    return "" if is_of_town or _OF_ZONES.search(names) else names


def _wide(words: str) -> str | None:
    return ", ".join(dict.fromkeys(" ".join(found.group().split()) for found in WIDE.finditer(words))) or None


def _named(text: Text) -> Iterator[tuple[str, str, bool]]:
    """Names of places that a remote job is open to, the sentence they stand in, and whether it says so of candidates."""
    weak: list[tuple[str, str, bool]] = []
    for sentence in sentences_with(text, _OPEN_HINTS):
        if _NOT_BINDING.search(sentence.lower()):
            continue
        for pattern, is_binding in zip(_BEFORE_NAMES, (True, False), strict=True):
            for found in pattern.finditer(sentence):
                behind = sentence[found.end() :]
                names = _names_behind(behind) or _names_behind(behind.partition(": ")[2])
                if not names or _NOT_OPEN.search(sentence[max(0, found.start() - 60) : found.end()].lower()):
                    continue
                if is_binding:
                    yield names, evidence(sentence, found), True
                else:
                    weak.append((names, evidence(sentence, found), False))
        for pattern in (_NAME_BASED, _NAME_REMOTE):
            if found := pattern.search(sentence):
                yield found[1], evidence(sentence, found), True
    yield from weak


def _names_behind(words: str) -> str:
    """The names at the beginning of words: what is capitalised, and what stands between such."""
    kept: list[str] = []
    for token in list(_TOKEN.finditer(words))[:MOST_NAMES]:
        word = token.group()
        bare = word.strip("(),;:.*_")
        if bare[:1].isupper() or (kept and bare.lower() in _BETWEEN) or not bare:
            kept.append(word)
        elif kept and bare.lower().startswith(_OF_TIME):
            return ""  # "US time zones", "US hours"
        elif bare.lower() not in _LEADING or kept:
            break
    return " ".join(kept).strip(" (),;:.*_&/-–|")


def _merged(told: tuple[Place, ...], said: tuple[Place, ...]) -> tuple[Place, ...]:
    """Places told by the fields with those said: of one country the finer, each country once."""
    finer = {place.country for place in said if place.region or place.city}
    kept = [place for place in told if place.region or place.city or place.country not in finer]
    known = {place.country for place in kept}
    return tuple(dict.fromkeys([*kept, *(place for place in said if place.country not in known)]))
