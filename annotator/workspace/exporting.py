"""Files into a project, and a project into files."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from pathlib import Path

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import GOLD, Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.claims import Claim
from annotator.core.comments import Comment
from annotator.core.errors import BadInput, NotFound
from annotator.core.losses import LossReport
from annotator.core.outlets import Outlet
from annotator.core.plugins import all_formats, load_format
from annotator.core.ports import ExportOptions, Format, Progress, ReadOptions
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.core.sources import Source
from annotator.core.stories import Story
from annotator.workspace.commands.importing import ImportRecords, Tally
from annotator.workspace.workspace import Workspace

_AT_ONCE = 200


@dataclass(slots=True)
class ImportResult:
    """What an import did, which files could not be read and why, and what had to be assumed about others."""

    tally: Tally
    errors: list[tuple[str, str]] = field(default_factory=list)
    notes: list[tuple[str, str]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Selection:
    """Which part of a project goes out: a story's name, annotators' names (none: all), or the gold."""

    story: str = ""
    annotators: tuple[str, ...] = ()
    gold: bool = False


def format_for(path: Path) -> Format:
    """The format that reads files of this name; plain text where nothing else does."""
    suffix = path.suffix.lower()
    readers = [one for one in all_formats() if one.reads]
    return next((one for one in readers if suffix in one.suffixes), None) or load_format("text")


def read_file(path: Path, format_name: str, losses: LossReport) -> list[Record]:
    """The records of one file, with a story and an annotator named after it where it names none itself."""
    reader = format_for(path) if format_name == "auto" else load_format(format_name)
    if not reader.reads:
        raise BadInput(f"The format {reader.name!r} is written, not read.")
    if not path.exists():
        raise BadInput(f"There is no file {path}.")
    single = reader.name == "text"
    folder = path.resolve().parent.name
    story = (folder or "Untitled story") if single else path.stem
    return [
        replace(
            record,
            story=record.story or story,
            annotator=record.annotator or (path.stem if record.attributions is not None else None),
        )
        for record in reader.read(path, losses, ReadOptions())
    ]


def import_files(
    workspace: Workspace,
    paths: Sequence[Path],
    *,
    format_name: str = "auto",
    story: str = "",
    outlet: str = "",
    annotator: str = "",
    progress: Progress | None = None,
    undoable: bool = True,
) -> ImportResult:
    """Import files as one deed; a file that cannot be read is named and does not stop the others.

    Raises:
        BadInput: when no file could be read, or a record breaks a law; nothing was changed then.
    """
    tally = Tally()
    errors: list[tuple[str, str]] = []
    records: list[Record] = []
    for path in paths:
        try:
            records += read_file(path, format_name, tally.losses)
        except BadInput as wrong:
            errors.append((str(path), str(wrong)))
    if not records:
        raise BadInput(
            " ".join(message for _, message in errors) or "No file was named; there is nothing to import."
        )
    command = ImportRecords(tuple(records), tally, story, outlet, annotator, progress)
    workspace.execute(command, undoable=undoable)
    notes = [(record.where, record.assumed) for record in records if record.assumed]
    return ImportResult(tally, errors, notes)


def chosen_annotators(workspace: Workspace, wish: Selection) -> list[Annotator]:
    """The annotators whose sets go out.

    Raises:
        NotFound: when one is not in the project.
    """
    everyone = workspace.registry.every(Annotator)
    if wish.gold:
        gold = [one for one in everyone if one.role == GOLD]
        if not gold:
            raise NotFound("This project has no gold set yet.")
        return gold
    known = {one.name: one for one in everyone}
    for name in wish.annotators:
        if name not in known:
            raise NotFound(
                f"There is no annotator called {name!r} in this project; annotators: {', '.join(known) or 'none yet'}."
            )
    return [known[name] for name in wish.annotators] or everyone


def records(workspace: Workspace, wish: Selection) -> Iterator[Record]:
    """The chosen part of a project, a record for each article and annotator, articles in the stories' order.

    Articles that nobody has begun come as records without attributions, unless annotators were chosen.
    """
    hands = {one.id: one for one in chosen_annotators(workspace, wish)}
    bare = not wish.gold and not wish.annotators
    stories = [workspace.story(wish.story)] if wish.story else workspace.stories()
    for story in stories:
        articles = workspace.articles(story.id)
        for at in range(0, len(articles), _AT_ONCE):
            yield from _batch(workspace, story, articles[at : at + _AT_ONCE], hands, bare=bare)


def _batch(
    workspace: Workspace, story: Story, articles: list[Article], hands: dict[str, Annotator], *, bare: bool
) -> Iterator[Record]:
    reading = workspace.reading
    sets: dict[str, list[AnnotationSet]] = {}
    for own in reading.find(AnnotationSet, article_id=[one.id for one in articles]):
        if own.annotator_id in hands:
            sets.setdefault(own.article_id, []).append(own)
    set_ids = [own.id for owned in sets.values() for own in owned]
    marks: dict[str, list[Attribution]] = {}
    for mark in reading.find(Attribution, set_id=set_ids) if set_ids else ():
        marks.setdefault(mark.set_id, []).append(mark)
    comments: dict[str, list[Comment]] = {}
    for comment in reading.find(Comment, set_id=set_ids) if set_ids else ():
        comments.setdefault(comment.set_id or "", []).append(comment)
    for article in articles:
        plain = _article_record(workspace, story, article)
        owned = sorted(sets.get(article.id, ()), key=lambda own: hands[own.annotator_id].name)
        if bare and not owned:
            yield plain
        for own in owned:
            yield _set_record(workspace, plain, own, hands, marks.get(own.id, []), comments.get(own.id, []))


_OF_ARTICLE = (
    "title",
    "author",
    "url",
    "published",
    "language",
    "zones",
    "split",
    "duplicate_group",
    "note",
    "assumed",
    "file_name",
    "extra",
)


def _article_record(workspace: Workspace, story: Story, article: Article) -> Record:
    return Record(
        id=article.id,
        text=workspace.text(article),
        story=story.name,
        outlet=workspace.outlet_name(article),
        text_sha256=article.text_sha256,
        **{name: getattr(article, name) for name in _OF_ARTICLE},
    )


def _set_record(
    workspace: Workspace,
    plain: Record,
    own: AnnotationSet,
    hands: dict[str, Annotator],
    marks: list[Attribution],
    comments: list[Comment],
) -> Record:
    remarks = {comment.id: _comment_record(workspace, comment) for comment in comments}
    by_mark: dict[str | None, list[CommentRecord]] = {}
    for comment in comments:
        by_mark.setdefault(comment.attribution_id, []).append(remarks[comment.id])
    set_extra = {
        key: value
        for key, value in (("set_note", own.note), ("guideline_version", own.guideline_version))
        if value
    }
    return replace(
        plain,
        annotator=hands[own.annotator_id].name,
        status=own.status,
        scheme=own.scheme,
        set_extra=set_extra,
        attributions=tuple(_mark_record(workspace, mark, tuple(by_mark.get(mark.id, ()))) for mark in marks),
        comments=tuple(by_mark.get(None, ())),
    )


def _comment_record(workspace: Workspace, comment: Comment) -> CommentRecord:
    registry = workspace.registry
    return CommentRecord(
        id=comment.id,
        text=comment.text,
        author=registry.name(Annotator, comment.author),
        place=comment.place,
        claim=registry.name(Claim, comment.claim_id) or None,
        created=comment.created,
        resolved=comment.resolved,
        reply_to=comment.reply_to,
        mentions=registry.names(Annotator, comment.mentions),
    )


_SAME = tuple({one.name for one in fields(AttributionRecord)} - {"source_name", "via", "claims", "comments"})
"""Fields that a record and an attribution share."""


def _mark_record(
    workspace: Workspace, mark: Attribution, comments: tuple[CommentRecord, ...]
) -> AttributionRecord:
    registry = workspace.registry
    return AttributionRecord(
        source_name=registry.name(Source, mark.source_id) or None,
        via=registry.name(Outlet, mark.via_id) or None,
        claims=registry.names(Claim, mark.claims),
        comments=comments,
        **{name: getattr(mark, name) for name in _SAME},
    )


@dataclass(slots=True)
class ExportResult:
    """What an export wrote, and what it could not express."""

    articles: int
    attributions: int
    losses: LossReport


def export(
    workspace: Workspace, out: Path, format_name: str, wish: Selection, options: ExportOptions | None = None
) -> ExportResult:
    """Write the chosen part of a project in a format.

    Raises:
        NotFound: for an unknown format, story or annotator.
        BadInput: when there is nothing to write, or it cannot be written there; nothing was written then.
    """
    writer = load_format(format_name)
    if not writer.writes:
        raise BadInput(f"The format {writer.name!r} is read, not written.")
    workspace.catch_up()
    result = ExportResult(0, 0, LossReport())
    seen: set[str] = set()

    def counted() -> Iterator[Record]:
        for record in records(workspace, wish):
            seen.add(record.id or "")
            result.attributions += len(record.attributions or ())
            yield record

    if next(iter(records(workspace, wish)), None) is None:
        raise BadInput("There is nothing to export: no article matches. Nothing was written.")
    try:
        result.losses = writer.write(counted(), out, options or ExportOptions())
    except OSError as wrong:
        raise BadInput(f"{out} cannot be written: {wrong.strerror or wrong}. Nothing was written.") from wrong
    result.articles = len(seen)
    return result


def writable_formats() -> list[Format]:
    """The formats that a project can be written in."""
    return [one for one in all_formats() if one.writes]
