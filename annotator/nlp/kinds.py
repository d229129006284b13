"""Say by rule what kind of source speaks, through which outlet, and in what medium."""

from __future__ import annotations

import re

_OUTLET = re.compile(
    r"\b(?:Reuters|Associated Press|The AP|AP|AFP|Agence France-Presse|CNN|CNBC|NBC|NBC News|ABC News|CBS News|CBS|MSNBC|Fox News|Fox Business"
    r"|PBS|NPR|BBC|Sky News|Axios|Politico|POLITICO|Bloomberg|Breitbart(?: News)?|HuffPost|Huffington Post|BuzzFeed(?: News)?|USA Today|USA TODAY|Newsweek|Vox|Slate"
    r"|(?:The |the )?(?:New York |Washington |Daily |Los Angeles |Wall Street |Financial |Kyiv |Western |Boston |Miami |Chicago |Sunday )+"
    r"(?:Times|Post|Journal|Mail|Independent|News|Globe|Herald|Tribune|Caller|Beast)"
    r"|(?:The |the )?(?:Guardian|Telegraph|Economist|Atlantic|New Yorker|Hill|Independent|Intercept|Spectator)"
    r"|(?:The |the )?(?:[A-Z][\w-]+ ){1,3}(?:Times|Gazette|Chronicle|Tribune|Courier|Herald|Observer|Telegraph|Pravda|Daily|News Agency)"
    r"|TASS|Interfax(?:-Ukraine)?|RIA Novosti|Xinhua|Al Jazeera|Deutsche Welle|DW|Ukrinform|UNN|Ukrainska Pravda|Suspilne|Le Monde|Der Spiegel|El País|Bild|Meduza)\b"
)
_OUTLET_WORDS = re.compile(
    r"^(?:the |state )?(?:publication|newspaper|paper|outlet|media|magazine|agency|news agency|broadcaster|news outlet|network|website|tabloid|mass media|press)s?$",
    re.IGNORECASE,
)
_PERSONS = (
    r"sources?|people|persons?|officials?|diplomats?|aides?|advisers?|advisors?|insiders?|staffers?|lawmakers?|negotiators?|envoys?|operatives?"
    r"|strategists?|employees?|executives?|bankers?|individuals?|spokes(?:man|woman|person|people)|officers?|interlocutors?|representatives?"
)
_ANONYMOUS = re.compile(rf"\b(?:{_PERSONS})\b", re.IGNORECASE)
_ANAPHORA = re.compile(
    r"^(?:one|another|the other|a second|a third|both|some|two|three)\b(?! of (?:the|his|her))", re.IGNORECASE
)
_OFFICE = re.compile(
    r"^(?:the )?(?:\w+ )?(?:president|prime minister|chancellor|pope|king|queen|secretary general|foreign minister|defen[cs]e minister|head of state"
    r"|president of \w+|governor|senator|mayor|candidate|businessman|billionaire|general|ambassador)$",
    re.IGNORECASE,
)
_INSTITUTION = re.compile(
    r"\b(?:ministry|department|embassy|government|administration|agency|company|court|party|committee|council|commission|kremlin|white house"
    r"|pentagon|campaign|army|navy|police|parliament|union|nato|office|bank|organi[sz]ation|group|university|corporation|senate|congress"
    r"|bureau|force|forces|service|association|foundation|institute|center|centre|board|authority|regulator|watchdog|firm|hospital|museum|club|eu|cia|fbi|state department|states|nations)\b",
    re.IGNORECASE,
)
_PLACES = frozenset(
    "washington moscow kyiv kiev beijing brussels london paris berlin ankara tehran jerusalem russia ukraine turkey china iran israel france"
    " germany britain us usa u.s. uk u.k. eu nato kremlin pentagon tokyo seoul delhi india japan poland warsaw".split()
)
_DOCUMENT = re.compile(
    r"\b(?:plan|draft|bill|document|report|statement|letter|memo|poll|survey|study|emails?|treaty|law|proposal|filings?|lawsuit|records?|ruling|indictment|complaint|analysis|ad|book)s?$",
    re.IGNORECASE,
)
_GROUP = re.compile(
    r"\b(?:critics|experts|analysts|observers|supporters|opponents|voters|republicans|democrats|journalists?|reporters?|many|most|some|others|everyone|they say|economists|activists|residents|protesters|allies)\b",
    re.IGNORECASE,
)
PERSONAL = frozenset("he she i him her his".split())


def outlet_in(text: str) -> re.Match[str] | None:
    """The first news outlet that a text names."""
    return _OUTLET.search(text)


def outlet_name(text: str) -> str | None:
    """The name of the outlet that a text names, without its article in lower case."""
    found = _OUTLET.search(text)
    return found.group().removeprefix("the ") if found else None


def is_outlet(source: str) -> bool:
    """Whether the words of a source are an outlet, its report, or stand for one."""
    words = source.strip(" ,")
    if _OUTLET_WORDS.match(words):
        return True
    found = _OUTLET.search(words)
    if found is None:
        return False
    if _ANONYMOUS.search(words) or re.search(r"\bwho\b", words):
        return False
    rest = (words[: found.start()] + words[found.end() :]).strip(" ,’'s").lower()
    return (
        rest in {"", "the", "a", "an", "a report in", "report", "a report by", "an report"}
        or rest.endswith("report")
        or len(rest) < 8
    )


def is_document(source: str) -> bool:
    """Whether the words of a source are a plan, a bill, a letter or the like."""
    return bool(_DOCUMENT.search(re.split(r",| who | that | which | by | of ", source.strip(" ,"))[0]))


def kind_of(source: str) -> str:
    """The kind of a source from its words; pronouns that point to others are for the caller to resolve."""
    words = source.strip(" ,")
    if not words:
        return "other"
    if is_outlet(words):
        return "outlet_citing_outlet"
    if words.lower() in PERSONAL or _OFFICE.match(words):
        return "named_official"
    core = re.split(r",| who | that | which ", words)[0]
    named = re.search(r"(?:^|\s)[A-Z][\w’'-]+\s(?:[A-Z]\.\s)?[A-Z][\w’'-]+$", core)
    small = re.search(r"\b[a-z]+\b", re.sub(r"\b(?:the|a|an|of|for|and|to|in|on)\b", "", core))
    if _ANONYMOUS.search(core) and not _names_a_person(core):
        return "anonymous_source"
    if _ANAPHORA.match(words) and not _GROUP.search(words):
        return "anonymous_source"
    last = core.split()[-1].lower() if core.split() else ""
    if last in _PLACES or core.lower().removeprefix("the ") in _PLACES:
        return "institution"
    if _DOCUMENT.search(core):
        return "other"
    if _GROUP.search(core) and not named:
        return "other"
    if _INSTITUTION.search(core) and not _names_a_person(core):
        return "institution"
    plain = re.sub(r"^(?:The|A|An) (?=[a-z])", lambda article: article.group().lower(), words)
    if plain[:1].isupper() or named:
        return "named_official"
    return "other" if small else "named_official"


def _names_a_person(words: str) -> bool:
    """Whether a title in a noun phrase is followed by a name."""
    found = list(
        re.finditer(
            rf"\b(?:{_PERSONS}|secretary|minister|president|chief|envoy|general|senator)\b",
            words,
            re.IGNORECASE,
        )
    )
    if not found:
        return bool(re.match(r"^[A-Z][\w’'.-]+(?: [A-Z][\w’'.-]+){1,2}$", words)) and not _INSTITUTION.search(
            words
        )
    rest = words[found[-1].end() :].strip()
    return bool(re.match(r"^(?:[A-Z][a-z]+\.? )?[A-Z][\w’'.-]+", rest))
