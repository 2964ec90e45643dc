"""What a title and a text state of remote work: that there is none, or that the job is remote."""

from __future__ import annotations

import re

from pipeline.reading.passages import Text, evidence, said_in, sentences_with, ways

_DENIAL_HINTS = (
    "remote",
    "homeoffice",
    "in-person only",
    "in person only",
    "onsite only",
    "on-site only",
    "in-office only",
)
_NEGATIONS = ("not", "n't", "n’t", "no ", ": no", "unable", "only", "nicht", "kein")  # one of them is in every denial
_FULLY = r"(?:(?:fully|full|full[- ]?time|100 ?%|permanent(?:ly)?|completely|purely|entirely)[- ]?\s?){0,2}"
_NOT = r"(?:not|n['’]t)"
# the work, not what is far away: remote sensing; and of "remote-only" the roles alone
_WORK = r"remote(?:ly)?(?![- ](?:sensing|monitoring|control|access|support|first|friendly)|[- ]only\b(?! roles?| positions?))"
_ALLOW = "(?:offer|offering|allow|support|provide|accept|consider|accommodate)"
_DENIED = ways(
    (
        "remote",
        rf"\b(?:is|are|'s|’s|be|become)\s?{_NOT}\s(?:(?:currently|open to|open for|available|eligible|considered|considering|"
        rf"looking for|accepting|a|an|for|as|offered|suitable|possible|be|done|performed)\s)*{_FULLY}{_WORK}",
    ),
    (
        "not",
        rf"\bnot to become a {_FULLY}remote\b|\bnot (?:a )?{_FULLY}remote (?:position|role|job|opportunity)\b|"
        rf"(?:^|[:(,] ?)not {_FULLY}remote\b|\bnot open (?:for|to) {_FULLY}remote\b",
    ),
    (
        "remote",
        rf"\b(?:do|does|can|could|will) ?{_NOT} (?:be )?(?:currently )?(?:able to )?(?:{_ALLOW}|hire|do|apply if you want)\b "
        rf"(?:for |any |a )*{_FULLY}{_WORK}",
    ),
    (
        "can",
        rf"\bcan(?:not|['’]t| not)(?: currently)? (?:be )?(?:{_ALLOW}|do|done|performed|worked)\w* (?:for |any |a )*{_FULLY}{_WORK}",
    ),
    ("unable", rf"\bunable to {_ALLOW} {_FULLY}{_WORK}"),
    ("no ", rf"\bno {_FULLY}remote\b(?! (?:restrict|limit|access|sensing))"),
    (
        "remote ",
        r"\bremote (?:work(?:ing)?|candidates?|applicants?|applications?|options?|positions?|roles?|employees)?\s?"
        rf"(?:(?:is|are|will|can)\s?)?(?:{_NOT}|cannot)\b (?:currently )?(?:be )?"
        r"(?:an option|possible|available|considered|offered|supported|accepted|permitted|allowed|eligible|currently)",
    ),
    ("kein", r"\bkeine? (?:reine[nrs]? |volle[nrs]? |100 ?%[- ])?(?:remote|homeoffice)"),
    ("nicht", r"\bnicht remote\b"),
    ("only", r"\b(?:on-?site|in[- ]person|in[- ]office) only\b"),
    ("remote", r"^\W*(?:work remotely|remote) ?: ?no\W*$"),
)
# of other countries, of the future, of some, and of what else is in the office only
_NO_DENIAL = re.compile(
    r"\bremote\w*(?: \w+){0,3} (?:outside|from (?:other|outside|abroad))\b|\bother countries\b|\bin (?:the )?future\b|"
    r"\bmay (?:not )?be (?:fully )?remote\b|\bnot (?:only|just|limited|required)\b|\bwhether\b|\bif not\b|\bunless\b|\bexcept\b|"
    r"\bif you(?:['’]re| are) (?:not|remote|located|based|outside|unable)\b|"
    r"\b(?:lunch|snacks?|coffee|commut\w+|benefits?|perks?|meals?|interviews?|gym|parking|some (?:of )?(?:our )?(?:roles|positions))\b|"
    r"\bremote (?:is|are|work is)? ?not (?:available|possible|permitted|allowed|offered) (?:in|for|to|from)\b"
)
_OF_THE_JOB = re.compile(r"\b(?:role|position|job|location|we|us|office|based|team|full[- ]time|visa)\b|\bonly in\b")

_REMOTE_HINTS = (
    "remote",
    "candidates worldwide",
    "anywhere",
    "work from ",
    "fully distributed",
    "virtual",
    "telecommuting",
)
_OF_A_PLACE = r"(?:(?:job |work |position |primary |office |role |preferred )?(?:location|work ?place)s?|where you['’]?(?:ll| will)? work)"
_THIS = r"(?:this|the) (?:[\w/-]+ ){0,2}?"
_SAID = ways(
    (" remote", rf"\b{_THIS}(?:is|will be|can (?:either )?be) (?:an? )?(?:[\w-]+ ){{0,2}}?remote(?:ly)?\b(?![- ]team)"),
    ("remote nature", r"\bremote nature of (?:this|the)\b"),
    (" remote", rf"\b{_THIS}(?:can|may|could|is allowed to) (?:also )?be (?:\w+ )?remotely\b|\b{_THIS}(?:supports?|can support) (?:fully )?remote\b"),
    ("remotely", r"\b(?:position|role|job|work) (?:may|can|will) work remotely\b|\b(?:seeking|looking for|hiring) [^.]{0,80} remotely\b"),
    ("telecommuting", r"\btelecommuting (?:is )?(?:permitted|allowed|available|possible|authorized)\b"),
    ("remote ", r"\b(?:looking for|seeking|hiring|as|in|for) an? (?:[\w-]+ ){0,2}?remote (?:role|position|job|(?:[\w/-]+ ){0,3}(?:engineer|developer|scientist|researcher|architect))\b"),
    ("-remote", r"#\w\w-remote\b"),
    ("remote", rf"^\W*{_OF_A_PLACE}?:?\W*(?:fully[- ]|100% )?remote\b(?=[^\w:]*$|(?:[- ,]+(?:us|usa|uk|eu|united states|canada|europe|germany))[^\w:]*$|[,(]| \(|[*_]*\s\\?[-–—/]\s)"),
    ("remote", rf"^\W*{_OF_A_PLACE}:(?:(?!\bhybrid\b(?! ?/| or))(?:[^.:]|\.(?=[\w,]))){{0,60}}?\bremote\b|location ?: ?(?:fully |100% )?remote(?! sensing)|^\W*(?:work remotely|remote): ?yes\b"),
    ("remote", r"\|\s?remote\b\*?\s?[|–-]|^[^.]{0,80}\((?:[^()]*, )?remote(?: \+ travel)?\)"),
    ("or ", r"\b(?:hybrid|on-?site|(?:office|headquarters|hq)s?(?: (?:in|at) [^.;]{0,40}?)?),? or (?:fully |work )?remote(?:ly)?\b|\bremote,? (?:on-?site|hybrid)?,? ?or (?:hybrid|on-?site)\b(?! work)"),
    ("remote", r"\bremote (?:work )?(?:is )?(?:supported|possible|ok|eligible)\b|\bcategorized as a remote\b|\bremote option for\b|\bis an? (?:fully )?remote (?:position|role|job)\b|\bremote or from (?:one of )?our\b"),
    ("remote", r"\bopen (?:to|for) (?:fully )?remote\b(?! (?:for|if)\b)"),
    ("work from home", r"\b(?:can|may|free to|choose to) work from home\b(?=[^.]{0,40}(?:\bor\b|,))|\bwhether you work from home\b"),
    ("work remotely", r"\b(?:can|may|free to|choose to) (?:also )?work remotely\b(?=[^.]{0,40}(?:\bor\b|,))|\bwork remotely(?:, onsite| \(|, from| from)"),
    ("remote", r"\b(?:fully|full|100 ?%|completely|entirely|vollständig)[- ]?remote(?!ly)"),
    ("remote", r"\bremote (?:(?:within|across|anywhere in) \w|möglich)|\bremote[- ]first\b"),
    ("worldwide", r"\bcandidates worldwide\b"),
    ("or anywhere", r"\bcomfort of (?:your )?home, or anywhere\b"),
    ("all", r"\ball[- ]remote (?:team|compan(?:y|ies)|organi)"),
    ("distributed", r"\bfully[- ]distributed (?:team|company|throughout|across)\b|\b(?:team|company|we are|we['’]re) (?:is |are )?(?:a )?fully distributed\b"),
    ("remote", r"\b(?:is|are) an? remote(?:,? [\w-]+){0,3} (?:team|company|organi[sz]ation|startup)\b"),
    ("remotely", r"\b(?:we|our team|(?:all|each|every|our) (?:employees?|team members?)) (?:all )?work(?:s|ing)? remotely\b|\bchoose between working remotely\b"),
    ("remote", r"\b(?:team|company|we) (?:is|are|['’]re) (?:globally |all |entirely |completely |100% )?remote\b(?![ -](?:friendly|for))"),
    ("remotely", r"\byou(?:['’]ll| will)? (?:be )?work(?:ing)? remotely\b|\b(?:available|able) to work remotely\b"),
)  # fmt: skip
_OFFERED = ways(  # as a benefit among others: not where the text says that the company's work is hybrid
    ("from ", r"\bwork(?:ing)? from (?:anywhere|everywhere)(?! (?:for|up|in the us for|policy|scheme))"),
    ("remote", r"^\W*(?:fully |100% )?remote(?: work(?:ing)?)? (?:environment|culture|position|job|role|opportunity|company|team|setup)\b(?=\W*$|\s[-–—:]\s)"),
    ("anywhere in", r"\bwork anywhere in\b"),
    ("where", r"\byou (?:can |may |get to |will )?(?:decide|choose|pick) where (?:your office is|you (?:(?:like|want) to )?work)\b"),
    ("remote work", r"^\W*remote work(?:ing)?(?:\W*$| \(| with\b|,? from any)|\bflexible (?:&|and) remote work(?:ing)?\b"),
    ("remote", r"^\W*remote (?:\+|&|and) (?:async|flexible)|\b(?:flexible |fully |a )remote work(?:ing)? (?:environment|model)\b"),
    ("remote", r"\bremote[- ]friendly (?:culture|company|team|environment|workplace)\b"),
    ("virtual", r"\bvirtual[- ]first\b"),
)  # fmt: skip
# told by its capitals: "Remote in Spain"; a line of its own, of which the ends are lost: "EngineerRemoteAbout the role"
_CAPITAL = re.compile(
    r"(?<!ybrid )\b[Rr]emote in (?:the )?[A-Z]|"
    r"(?:(?<=[a-z)])|(?<=[ap]m )|(?<=[AP]M ))Remote(?=(?:About|Candidates?|Role|Position|Overview|Who|The|We|Company|Salary|Pay|"
    r"Compensation|Full|Employment|Duration|Description|Our|Department)\b)|(?<=[a-z.)])(?:Fully|Full|100%) [Rr]emote"
)
_CHOICE = re.compile(r"\bopen (?:to|for) |\bor ")  # is one's own, whatever the others do
_HYBRID = re.compile(
    r"\bthis (?:is a|role is|position is) hybrid\b|\bhybrid (?:role|position)\b(?! options?| for )|#li-hybrid\b"
)
_OFTEN_HYBRID = re.compile(
    r"\bhybrid (?:set-?up|(?:work(?:ing|place)?[ -])?(?:model|policy|schedule|arrangement|environment|approach)|working)\b"
)
# of some days, of some people, for a time, and what the word is not of this work
_PARTLY = re.compile(
    r"\b(?:anfangs|später|teilweise|tage|(?<!vacation )(?<!business )days?(?! (?:you|when|off|paid|of (?:paid|annual|vacation|leave)))|"
    r"weeks? (?:a|per|each|of (?:remote|work))|(?:up to|for) \w+ weeks?|interviews?|occasional(?:ly)? (?:\w+ )?(?:remote|work|home)|sometimes|"
    r"many (?:of )?(?:our|the|roles)|(?:most|certain|some) (?:of (?:our|the) )?(?:roles|positions|jobs)|specifically noted|(?:interview|first|final|each) stage|collaboration with our|depending on (?:\w+ ){0,3}?(?:role|team|position|department|job|needs|requirements)|"
    r"remote (?:agents?|customers?|clients?)|(?:customers?|clients?)['’]? (?:site|office|location)s?|hybrid remote|var(?:y|ies)|"
    r"right (?:person|people|candidates?|fit)|exception\w*|either (?:in[- ])?office|designation of|if this|to start|remote now|temporar\w+|"
    r"hybrid (?:is|role|position)(?! for )|% of)\b|\bnot (?:a )?(?:fully )?remote\b|(?<!\d)[1-9]\d? ?% (?:of|remote / )"
)
_THOUGH = re.compile(r", (?:even )?(?:though|although)\b")


def denial(title: str, text: Text, is_onsite: bool) -> str | None:
    """The words that deny remote work; those of "on-site only" may be of another job, if not `is_onsite` by its fields."""
    small = title.lower()
    if (found := next(said_in(title, small, _DENIED), None)) and not _NO_DENIAL.search(small):
        return evidence(title, found)
    for sentence in sentences_with(text, _DENIAL_HINTS):
        small = sentence.lower()
        if not any(word in small for word in _NEGATIONS):
            continue
        found = next(said_in(small, small, _DENIED), None)
        if found is None or _NO_DENIAL.search(small):
            continue
        if not found.group().endswith("only") or is_onsite or _OF_THE_JOB.search(small):
            return evidence(sentence, found)
    return None


def statement(text: Text) -> str | None:
    """The words by which a text says that the job is remote; None where it says so of a part of it, or that it is hybrid."""
    for sentence in sentences_with(text, _REMOTE_HINTS):
        small = sentence.lower()
        stated = next(said_in(small, small, _SAID), None) or _CAPITAL.search(sentence)
        found = stated or next(said_in(small, small, _OFFERED), None)
        if not found or _PARTLY.search(
            _THOUGH.split(small, maxsplit=1)[0] if _THOUGH.search(small, found.end()) else small
        ):
            continue
        if (stated and _CHOICE.search(found.group())) or not _is_hybrid(text.small, stated is not None):
            return evidence(sentence, found)
    return None


def _is_hybrid(small: str, is_stated: bool) -> bool:
    """Whether a text in small letters says that the job is hybrid, or, where remote work is but offered, that work there is."""
    if "hybrid" not in small or "#li-remote" in small:
        return False
    return bool(_HYBRID.search(small) or (not is_stated and _OFTEN_HYBRID.search(small)))
