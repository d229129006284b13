"""What other people's tables and corpora call the fields of an article."""

from __future__ import annotations

import re
from collections.abc import Iterable

NAMES = {
    "text": "text maintext main_text fulltext full_text article_text text_content body article_body articlebody content "
    "article_content contents article artikel text_clean clean_text plain_text story_text news",
    "title": "title headline heading article_title subject titel überschrift titre título titolo заголовок",
    "outlet": "outlet source publisher source_name news_outlet site site_name sitename newspaper publication media "
    "media_name medium source_domain domain host hostname website sourcecommonname",
    "published": "published date date_publish date_published published_at published_date publish_date publication_date "
    "publishedat pub_date pubdate datetime datepublished timestamp created_at time datum дата seendate",
    "url": "url link uri permalink article_url source_url web_url canonical_url address documentidentifier",
    "id": "id article_id doc_id document_id docid uid uuid guid",
    "story": "story event topic story_id event_id story_name cluster cluster_id thread",
    "author": "author authors byline by writer journalist creator autor",
    "language": "language lang language_code sourcelang",
}
"""The fields of a record, and the names that each goes by elsewhere, the likeliest first; all in small letters."""

_NOT_IN_NAME = re.compile(r"[\W_]+")


def plain_name(name: str) -> str:
    """A name as it is compared: small letters, its parts divided by one underscore."""
    return _NOT_IN_NAME.sub("_", name.strip().casefold()).strip("_")


def guessed_fields(names: Iterable[str]) -> dict[str, str]:
    """Which of the names holds which field, as far as can be told; each name holds one field at most."""
    by_name: dict[str, str] = {}
    for name in names:
        by_name.setdefault(plain_name(name), name)
    found: dict[str, str] = {}
    for field, known in NAMES.items():
        wanted = next((one for one in known.split() if one in by_name), None)
        if wanted is not None:
            found[field] = by_name.pop(wanted)
    return found
