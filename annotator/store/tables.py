"""The tables: a row a noun, the laws that a database can hold, and the log of deeds."""

from __future__ import annotations

from sqlalchemy import (
    JSON,
    Boolean,
    CheckConstraint,
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
    text,
)

metadata = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_N_name)s",
        "pk": "pk_%(table_name)s",
    }
)


def _id(name: str = "id") -> Column[str]:
    return Column(name, String(64), primary_key=True)


def _to(name: str, target: str, *, null: bool = False, index: bool = False) -> Column[str]:
    key = ForeignKey(f"{target}.id", deferrable=True, initially="DEFERRED")
    return Column(name, String(64), key, nullable=null, index=index)


def _text(name: str) -> Column[str]:
    return Column(name, Text, nullable=False, server_default="")


def _short(name: str, *, null: bool = False) -> Column[str]:
    return (
        Column(name, String(200), nullable=True)
        if null
        else Column(name, String(200), nullable=False, server_default="")
    )


def _json(name: str) -> Column[object]:
    return Column(name, JSON, nullable=False)


def _few(table: str, column: str) -> Index:
    """An index of the rows alone that have a link, by which a row that is taken away finds those that point to it.

    The migrations say the same to PostgreSQL; saying it here too would wake its dialect at every start.
    """
    return Index(f"ix_{table}_{column}", column, sqlite_where=text(f"{column} IS NOT NULL"))


def _flag(name: str) -> Column[bool]:
    return Column(name, Boolean, nullable=False)


def _number(name: str) -> Column[int]:
    return Column(name, Integer, nullable=False)


project = Table("project", metadata, Column("key", String(64), primary_key=True), _text("value"))

texts = Table(
    "texts",
    metadata,
    Column("sha256", String(64), primary_key=True),
    _number("length"),
    Column("text", Text, nullable=False),
)

schemes = Table("schemes", metadata, _id(), _json("body"), _number("version"))

settings = Table("project_settings", metadata, _id(), _json("body"), _number("version"))

annotators = Table(
    "annotators",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _short("role"),
    _short("colour"),
    _text("note"),
    _short("created"),
    _number("version"),
)

stories = Table(
    "stories",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _text("note"),
    _number("position"),
    _short("created"),
    _number("version"),
)

outlets = Table(
    "outlets",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _json("aliases"),
    _text("country"),
    _text("language"),
    _text("url"),
    _text("note"),
    _number("version"),
)

sources = Table(
    "sources",
    metadata,
    _id(),
    Column("name", Text, nullable=False, unique=True),
    _short("type"),
    _text("office"),
    _text("organisation"),
    _text("nationality"),
    _json("aliases"),
    _flag("anonymous"),
    _text("description"),
    _text("grounds"),
    _to("outlet_told", "outlets", null=True),
    _json("perhaps_same"),
    _short("wikidata"),
    _text("note"),
    _number("version"),
)

claims = Table(
    "claims",
    metadata,
    _id(),
    _to("story_id", "stories"),
    Column("name", Text, nullable=False),
    _text("text"),
    _text("note"),
    _json("absent_in"),
    _number("position"),
    _number("version"),
    UniqueConstraint("story_id", "name"),
)

articles = Table(
    "articles",
    metadata,
    _id(),
    _to("story_id", "stories", index=True),
    _to("outlet_id", "outlets", null=True),
    Column("text_sha256", String(64), ForeignKey("texts.sha256"), nullable=False, index=True),
    _number("length"),
    _text("title"),
    _text("author"),
    _text("url"),
    _text("published"),
    _text("language"),
    _json("zones"),
    _text("note"),
    _text("assumed"),
    _text("file_name"),
    _to("previous", "articles", null=True),
    _short("duplicate_group", null=True),
    _short("split", null=True),
    _number("position"),
    _short("imported"),
    _json("extra"),
    _number("version"),
    CheckConstraint("length >= 0", name="length"),
    _few("articles", "previous"),
)

sets = Table(
    "annotation_sets",
    metadata,
    _id(),
    _to("article_id", "articles"),
    _to("annotator_id", "annotators", index=True),
    _short("status"),
    _text("scheme"),
    _short("guideline_version"),
    _text("note"),
    _short("created"),
    _short("updated"),
    _json("extra"),
    _number("version"),
    UniqueConstraint("article_id", "annotator_id"),
    CheckConstraint("status IN ('not_started', 'in_progress', 'finished', 'reopened')", name="status"),
)

attributions = Table(
    "attributions",
    metadata,
    _id(),
    _to("set_id", "annotation_sets", index=True),
    Column("kind", String(64), nullable=True, index=True),
    _short("type"),
    _to("source_id", "sources", null=True, index=True),
    _to("via_id", "outlets", null=True),
    Column("recipient_name", Text, nullable=True),
    _to("parent", "attributions", null=True),
    Column("antecedent", String(64), nullable=True),
    Column("medium", Text, nullable=True),
    _short("polarity"),
    _flag("hedge"),
    _short("quote", null=True),
    Column("grounds", Text, nullable=True),
    _flag("implicit_source"),
    _json("inherited"),
    _flag("self_citation"),
    _text("note"),
    _text("origin"),
    _short("state"),
    Column("confidence", Float, nullable=True),
    _json("provenance"),
    _json("features"),
    _short("created"),
    _short("updated"),
    _json("extra"),
    _number("version"),
    CheckConstraint("type IN ('statement', 'attitude', 'document')", name="type"),
    CheckConstraint("polarity IN ('positive', 'negative', 'denial', 'no_comment')", name="polarity"),
    CheckConstraint("confidence IS NULL OR (confidence >= 0 AND confidence <= 1)", name="confidence"),
    _few("attributions", "parent"),
)

fragments = Table(
    "fragments",
    metadata,
    Column("attribution_id", String(64), ForeignKey("attributions.id", ondelete="CASCADE"), primary_key=True),
    Column("role", String(40), primary_key=True),
    Column("position", Integer, primary_key=True),
    _number("start_at"),
    _number("end_at"),
    CheckConstraint("start_at >= 0 AND start_at < end_at", name="order"),
)

attribution_claims = Table(
    "attribution_claims",
    metadata,
    Column("attribution_id", String(64), ForeignKey("attributions.id", ondelete="CASCADE"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column(
        "claim_id",
        String(64),
        ForeignKey("claims.id", deferrable=True, initially="DEFERRED"),
        index=True,
        nullable=False,
    ),
)

comments = Table(
    "comments",
    metadata,
    _id(),
    _to("set_id", "annotation_sets", null=True, index=True),
    Column("text", Text, nullable=False),
    _to("author", "annotators"),
    _to("attribution_id", "attributions", null=True),
    _to("claim_id", "claims", null=True),
    _json("place"),
    _short("created"),
    _flag("resolved"),
    _to("reply_to", "comments", null=True),
    _json("mentions"),
    _number("version"),
    _few("comments", "attribution_id"),
    _few("comments", "reply_to"),
)

conflicts = Table(
    "conflicts",
    metadata,
    _id(),
    _short("noun"),
    _short("noun_id"),
    _json("versions"),
    _number("version"),
)

learned = Table("learned", metadata, _id(), _json("body"), _number("version"))

deeds = Table(
    "deeds",
    metadata,
    Column("seq", Integer, primary_key=True, autoincrement=True),
    Column("id", String(64), nullable=False, unique=True),
    _short("at"),
    Column("actor", Text, nullable=False),
    Column("desk", String(64), nullable=False),
    _text("label"),
    _short("mode"),
    Column("target", Integer, nullable=True),
    _flag("undone"),
    Column("changes", LargeBinary, nullable=False),
    CheckConstraint("mode IN ('do', 'undo', 'redo')", name="mode"),
    Index("ix_deeds_desk_mode_undone_seq", "desk", "mode", "undone", "seq"),
    sqlite_autoincrement=True,
)

deed_articles = Table(
    "deed_articles",
    metadata,
    Column("deed", Integer, ForeignKey("deeds.seq", ondelete="CASCADE"), primary_key=True),
    Column("article_id", String(64), primary_key=True, index=True),
)
