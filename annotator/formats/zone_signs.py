"""The signs by which a caption, a link line, a prompt or a standfirst inside an article is known."""

from __future__ import annotations

import re

CAPTION, LINK, BOILERPLATE, STANDFIRST = "caption", "link", "boilerplate", "standfirst"

_LONGEST_LINK_LINE = 250
_LONGEST_PROMPT = 300
_LONGEST_CREDIT = 160
_NEARLY_ALL = 0.8


def _named(words: str) -> re.Pattern[str]:
    """A pattern for one of these words standing alone in a class or id, whatever divides its parts."""
    return re.compile(rf"(?:^|[\W_])(?:{words})(?:$|[\W_])")


_BY_NAME = (
    (
        CAPTION,
        _named(r"caption|wp-caption-text|figcaption|(?:photo|image|picture)[-_]?(?:credit|author|source)"),
    ),
    (
        LINK,
        _named(
            r"read[-_]?(?:also|more|next|too)|(?:see|also)[-_]?(?:also|read|see)|related(?:[-_]?\w+)?|recommend\w*|"
            r"more[-_]?on|inline[-_]?link|teaser"
        ),
    ),
    (
        BOILERPLATE,
        _named(
            r"ads?|adslot|advert\w*|sponsor\w*|promo\w*|newsletter\w*|subscri\w*|sign[-_]?up|paywall|donat\w*|"
            r"shar(?:e|ing)|social|cookies?|consent|disclaimer|copyright"
        ),
    ),
    (
        STANDFIRST,
        _named(r"stand[-_]?first|lead|lede|dek|deck|sub[-_]?(?:title|head\w*|line)|excerpt|intro|preamble"),
    ),
)
_MENU = _named(
    r"nav|navbar|navigation|menu|breadcrumbs?|pagination|pager|toolbar|tag[-_]?list|"
    r"visually[-_]?hidden|sr[-_]?only|screen[-_]?reader(?:[-_]text)?"
)
_ALSO = re.compile(
    r"""
    (?: read[ ](?:also|more|next|too) | also[ ]read | see[ ]also | related(?:[ ](?:articles?|stor(?:y|ies)|coverage|news))?
      | more[ ]on[ ](?:this|the)[ ](?:story|topic|subject) | you[ ]may[ ]also[ ]like | don['’]t[ ]miss | watch | listen
      | lesen[ ]sie[ ]auch | mehr[ ]zum[ ]thema | (?:à[ ])?lire[ ]aussi | leggi[ ]anche | lee[ ]también | leia[ ]também
      | czytaj[ ](?:też|także) | lees[ ]ook | čtěte[ ]také | читайте[ ](?:також|также) | дивіться[ ]також | смотрите[ ]также
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_LABEL = re.compile(
    r"\W*(?:advertise?ment|advert|sponsored(?: content)?|anzeige|werbung|publicité|publicidad|pubblicità|reklama|реклама)\W*"
    r"|\W*(?:share|tweet|print|e-?mail|save|comments?|facebook|whatsapp|telegram|teilen|partager|поділитис[яь]|поделиться)\W*",
    re.IGNORECASE,
)
_PROMPT = re.compile(
    r"""\W*
    (?: sign[ ]up[ ](?:for|to)[ ](?:our|the|this|get) | subscribe[ ](?:to[ ](?:our|the)|now|today|here)
      | follow[ ]us\b | join[ ](?:us[ ]on|our[ ](?:\w+[ ]){0,2}(?:channel|group|newsletter|community))
      | get[ ](?:our|the)[ ](?:\w+[ ]){0,4}newsletter | support[ ](?:us\b|our[ ](?:work|journalism|newsroom))
      | share[ ](?:this|on|via)\b | ©|\(c\)[ ]\d{4} | all[ ]rights[ ]reserved | copyright[ ]©?[ ]?\d{4}
      | підпи(?:суйтес[ья]|шіться) | приєднуйтес[ья][ ]до[ ]наш | подпи(?:сывайтесь|шитесь) | abonnieren[ ]sie | abonnez-vous
    )""",
    re.VERBOSE | re.IGNORECASE,
)
_CREDIT = re.compile(
    r"\W*(?:photos?|pictures?|images?|fotos?|photographs?|фото|bild)(?: credits?)?(?: ?[:/©]|\s+(?:by|courtesy of) )",
    re.IGNORECASE,
)
_SENTENCE_END = re.compile(r"[.!?…。؟।][\W_]*$")


def zone_by_name(names: str) -> str:
    """The zone that an element's class and id speak of; nothing when they speak of none."""
    return next((zone for zone, pattern in _BY_NAME if pattern.search(names)), "")


def is_menu(names: str) -> bool:
    """Whether an element's class and id say that it leads elsewhere, or is never seen."""
    return bool(_MENU.search(names))


def zone_of(text: str, hint: str, link_share: float) -> str:
    """The zone of a paragraph, from its words, its surroundings and the share of it that is link; nothing for body."""
    if hint == CAPTION or (len(text) <= _LONGEST_CREDIT and _CREDIT.match(text)):
        return CAPTION
    if len(text) <= _LONGEST_LINK_LINE:
        also = _ALSO.match(text)
        if link_share >= _NEARLY_ALL or (
            also and (text[also.end() :].lstrip()[:1] in {":", "-", "–", "—"} or link_share > 0.5)
        ):
            return LINK
    if hint == LINK:
        return LINK
    if (
        hint == BOILERPLATE
        or _LABEL.fullmatch(text)
        or (len(text) <= _LONGEST_PROMPT and _PROMPT.match(text))
    ):
        return BOILERPLATE
    return ""


def ends_a_sentence(text: str) -> bool:
    """Whether a paragraph ends as a sentence does."""
    return bool(_SENTENCE_END.search(text))
