"""The words that our web annotations are written with and known again by."""

from __future__ import annotations

OURS = "urn:annotator:"
"""How the identifiers begin that we make up; the sort of thing and its parts follow."""

ARTICLE_LABELS = (
    "story",
    "outlet",
    "title",
    "author",
    "url",
    "published",
    "language",
    "text_sha256",
    "split",
    "duplicate_group",
    "note",
    "assumed",
    "file_name",
)
OBJECTS = ("features", "provenance", "extra")
PARENTS = ("parent", "antecedent")
