"""An index of all words: FTS5 kept true by triggers, or PostgreSQL's own over the words of each text."""

from __future__ import annotations

from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

_SIGNS = (
    (0x061C, 0x061C),
    (0x2000, 0x206F),
    (0x20A0, 0x20CF),
    (0x2B00, 0x2BFF),
    (0x2E30, 0x2E7F),
    (0x1F000, 0x1F0FF),
    (0x1F110, 0x1FAFF),
)
"""Signs that part words. FTS5 takes those younger than its tables (most emoji) for letters unless it is told."""


def _sqlite() -> None:
    signs = "".join(chr(code) for first, last in _SIGNS for code in range(first, last + 1))
    # A number of its own for each text: SQLite may give other rowids to a table without one when it is compacted.
    op.execute(
        "CREATE TABLE text_numbers (number INTEGER PRIMARY KEY, "
        "sha256 VARCHAR(64) NOT NULL UNIQUE REFERENCES texts (sha256) ON DELETE CASCADE)"
    )
    op.execute(
        "CREATE VIEW numbered_texts AS SELECT text_numbers.number AS number, texts.text AS text "
        "FROM text_numbers JOIN texts ON texts.sha256 = text_numbers.sha256"
    )
    op.get_bind().exec_driver_sql(
        "CREATE VIRTUAL TABLE text_index USING fts5(text, content='numbered_texts', content_rowid='number', "
        f"columnsize=0, tokenize=\"unicode61 remove_diacritics 0 separators '{signs}'\")"
    )
    op.execute(
        "CREATE TRIGGER texts_numbered AFTER INSERT ON texts BEGIN "
        "INSERT INTO text_numbers (sha256) VALUES (new.sha256); "
        "INSERT INTO text_index (rowid, text) "
        "SELECT number, new.text FROM text_numbers WHERE sha256 = new.sha256; END"
    )
    op.execute(
        "CREATE TRIGGER texts_unnumbered BEFORE DELETE ON texts BEGIN "
        "INSERT INTO text_index (text_index, rowid, text) "
        "SELECT 'delete', number, old.text FROM text_numbers WHERE sha256 = old.sha256; "
        "DELETE FROM text_numbers WHERE sha256 = old.sha256; END"
    )
    op.execute(
        "CREATE TRIGGER texts_renumbered AFTER UPDATE OF text ON texts BEGIN "
        "INSERT INTO text_index (text_index, rowid, text) "
        "SELECT 'delete', number, old.text FROM text_numbers WHERE sha256 = old.sha256; "
        "INSERT INTO text_index (rowid, text) "
        "SELECT number, new.text FROM text_numbers WHERE sha256 = new.sha256; END"
    )
    op.execute("INSERT INTO text_numbers (sha256) SELECT sha256 FROM texts ORDER BY rowid")
    op.execute("INSERT INTO text_index (text_index) VALUES ('rebuild')")


def _postgresql() -> None:
    # Words without their places: a tsvector may hold places only up to 16,383, and the check of each text finds them.
    op.get_bind().exec_driver_sql(
        "CREATE FUNCTION annotator_words(body text) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE COST 5000 "
        "AS $$ SELECT coalesce(array_to_tsvector(array_agg(DISTINCT left(word, 400))), ''::tsvector) "
        "FROM regexp_split_to_table(lower(upper(body)), '[^[:alnum:]]+') AS word WHERE word <> '' $$"
    )
    op.execute("CREATE INDEX ix_texts_words ON texts USING gin (annotator_words(text))")


def upgrade() -> None:
    """Index every text that is there, and from now on every text that comes."""
    if op.get_bind().dialect.name == "sqlite":
        _sqlite()
    else:
        _postgresql()


def downgrade() -> None:
    """Forget the index; the texts stay as they are."""
    if op.get_bind().dialect.name == "sqlite":
        for name in ("texts_renumbered", "texts_unnumbered", "texts_numbered"):
            op.execute(f"DROP TRIGGER {name}")
        op.execute("DROP TABLE text_index")
        op.execute("DROP VIEW numbered_texts")
        op.execute("DROP TABLE text_numbers")
    else:
        op.execute("DROP INDEX ix_texts_words")
        op.execute("DROP FUNCTION annotator_words(text)")
