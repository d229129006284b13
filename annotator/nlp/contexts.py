"""What stands beside a word: the classes of neighbours by which cues are counted and recognised."""

from __future__ import annotations

from annotator.nlp.tokens import Words

SUBJECT_PRONOUNS = frozenset("he she they we i you it one".split())
OBJECT_PRONOUNS = frozenset("him them us me reporters supporters himself themselves herself".split())
RELATIVE = frozenset("who that which".split())
ARTICLES = frozenset(
    "the a an this these those some any no every each both all many most several two three".split()
)
POSSESSIVE = frozenset("his her their its my our your ’s 's ’".split())
BE = frozenset("is are was were be been being am ’re ’m 're 'm".split())
HAVE = frozenset("has have had having ’ve 've ’d 'd".split())
DO = frozenset("do does did don doesn didn".split())
MODAL = frozenset(
    "will would can could may might must should shall won wouldn couldn shouldn ’ll 'll".split()
)
AUXILIARY = BE | HAVE | DO | MODAL | frozenset("isn wasn aren weren hasn haven hadn ’t 't not".split())
PREPOSITIONS = frozenset(
    "of for about on in with by at from against as over into after before during toward towards under between among through"
    " without within since until upon like than".split()
)
WH = frozenset("what how why who whom whose whether if which when where".split())
ADVERBS = frozenset(
    "also not never just even still now then once again later already always often have ever only earlier repeatedly publicly"
    " recently previously first soon too n't 't ’t back".split()
)
STOPS = frozenset(".!?;") | {"...", "…"}
QUOTE_MARKS = frozenset("\"“”«»„‘'") | {"''", "``"}
OPEN_QUOTES = frozenset("\"“«„‘'") | {"''", "``"}
DASHES = frozenset(["--", "—", "–", "-"])


def is_adverb(lower: str) -> bool:
    """Whether a word looks like an adverb that may stand inside a verb group."""
    return lower in ADVERBS or (
        len(lower) > 4 and lower.endswith("ly") and lower not in {"family", "only", "july", "early"}
    )


_RIGHT: dict[str, str] = {}
for _name, _words in (
    ("pronoun", SUBJECT_PRONOUNS),
    ("object", OBJECT_PRONOUNS),
    ("wh", WH),
    ("article", ARTICLES),
    ("possessive", POSSESSIVE),
    ("auxiliary", AUXILIARY),
):
    for _word in _words:
        _RIGHT.setdefault(_word, _name)
for _word in ("that", "to", "and", "or", "but", ":", *PREPOSITIONS):
    _RIGHT[_word] = _word


def right_class(words: Words, at: int) -> str:
    """What follows: the class of the word at a position, seen from the word before it."""
    if at >= len(words) or words.line[at] != words.line[at - 1]:
        return "end"
    lower = words.lower[at]
    known = _RIGHT.get(lower)
    if known:
        return known
    if lower in STOPS:
        return "stop"
    if lower == ",":
        quoted = at + 1 < len(words) and words.words[at + 1] in OPEN_QUOTES
        return "comma-quote" if quoted else "comma"
    if lower in QUOTE_MARKS:
        opens = words.starts[at] > words.ends[at - 1]
        return "quote" if opens else "close"
    if lower in DASHES:
        return "dash"
    first = words.words[at][0]
    if first.isdigit():
        return "number"
    if first.isupper():
        return "name"
    if not first.isalpha():
        return "mark"
    if lower.endswith("ing"):
        return "ing"
    return "adverb" if is_adverb(lower) else "word"


_LEFT: dict[str, str] = {}
for _name, _words in (
    ("pronoun", SUBJECT_PRONOUNS),
    ("relative", RELATIVE),
    ("possessive", POSSESSIVE),
    ("article", ARTICLES),
    ("be", BE),
    ("have", HAVE),
    ("do", DO),
    ("modal", MODAL),
    ("object", OBJECT_PRONOUNS),
):
    for _word in _words:
        _LEFT.setdefault(_word, _name)
for _word in PREPOSITIONS:
    _LEFT.setdefault(_word, "preposition")
for _word in ("to", "and", "or", "but", ",", "not", ":"):
    _LEFT[_word] = _word


def left_class(words: Words, at: int) -> str:
    """What stands before a word, adverbs skipped."""
    before = at - 1
    first = words.first[at]
    while (
        before >= first
        and before > at - 4
        and is_adverb(words.lower[before])
        and words.lower[before] != "not"
    ):
        before -= 1
    if before < first:
        return "start"
    lower = words.lower[before]
    known = _LEFT.get(lower)
    if known:
        return known
    if lower in QUOTE_MARKS:
        return "quote"
    if lower in DASHES:
        return "dash"
    head = words.words[before][0]
    if head.isupper():
        return "name" if before > first else "first-name"
    if head.isdigit():
        return "number"
    if not head.isalpha():
        return "mark"
    return "plural" if lower.endswith("s") else "word"


def quote_class(words: Words, quoted: list[int], at: int) -> str:
    """Where the word stands towards the quotations of its sentence; quoted numbers the quotation of each word, or 0."""
    if quoted[at]:
        return "in-long" if _long(quoted, at) else "in-short"
    last = min(words.last[at], at + 5)
    if any(quoted[at + 1 : last]):
        return "before"
    first = max(0, at - 6)
    if any(quoted[first:at]):
        return "behind"
    if any(quoted[words.first[at] : at]) or any(quoted[at : words.last[at]]):
        return "sentence"
    after = words.last[at]
    if after < len(words) and quoted[after]:
        return "next"
    return "none"


def _long(quoted: list[int], at: int) -> bool:
    number = quoted[at]
    low, high = at, at
    while low > 0 and quoted[low - 1] == number and at - low < 12:
        low -= 1
    while high + 1 < len(quoted) and quoted[high + 1] == number and high - at < 12:
        high += 1
    return high - low >= 12


def edge_class(words: Words, at: int) -> str:
    """A word as it counts at the edge of a noun phrase: common words by themselves, others by their shape."""
    word = words.words[at]
    lower = words.lower[at]
    first = word[0]
    if first.isupper() and len(lower) > 1:
        return "Name" if at > words.first[at] or lower not in _LEFT else lower
    if first.isdigit():
        return "0"
    return lower


def shape_class(words: Words, at: int) -> str:
    """The shape alone, where a word is too rare to be counted by itself."""
    lower = words.lower[at]
    first = words.words[at][0]
    if first.isupper():
        return "Name"
    if not first.isalpha():
        return "mark"
    for ending in ("ing", "ed", "ly", "ers", "ors", "ists", "ists", "s"):
        if lower.endswith(ending) and len(lower) > len(ending) + 2:
            return "-" + ending
    return "word"
