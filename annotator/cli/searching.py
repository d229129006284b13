"""The command that searches all articles and prints each hit in its context."""

from __future__ import annotations

from itertools import chain, islice

import typer

from annotator.cli.output import as_json, note, say
from annotator.cli.projects import hand
from annotator.core.errors import BadInput
from annotator.core.searching import terms_of
from annotator.workspace.concordance import PATTERN, WORDS, Line, Wish, lines
from annotator.workspace.opening import open_project

_CONTEXT = 36


def add_to(app: typer.Typer) -> None:
    """Put this file's commands on the board."""
    app.command("search")(search)


def search(
    project: str = typer.Argument(help="A project file, or a database URL."),
    words: str = typer.Argument(help='Words, "a phrase", a prefix*; an article must have all of them.'),
    regex: bool = typer.Option(False, "--regex", help="The words are a regular expression; case is ignored."),
    story: str = typer.Option("", help="Only in this story."),
    limit: int = typer.Option(100, min=1, help="How many hits at most."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Find words in all articles; print each hit in its context."""
    if not (words.strip() if regex else terms_of(words)):
        raise BadInput(
            "There is nothing to look for: give a word, a phrase in quotation marks, or a prefix*."
        )
    workspace = open_project(project, hand())
    try:
        story_id = workspace.story(story).id if story else None
        names = {one.id: one.name for one in workspace.stories()}
        wish = Wish(PATTERN if regex else WORDS, words, story_id=story_id)
        found = list(islice(chain.from_iterable(lines(workspace, wish)), limit + 1))
    finally:
        workspace.close()
    shown = found[:limit]
    if json:
        items = [
            {
                "article": one.hit.article_id,
                "story": names.get(one.story_id, ""),
                "outlet": one.outlet,
                "title": one.title,
                "start": one.hit.start,
                "end": one.hit.end,
                "left": one.left,
                "words": one.words,
                "right": one.right,
            }
            for one in shown
        ]
        as_json({"items": items, "more": len(found) > limit})
        return
    for one in shown:
        say(_in_context(one))
    if not found:
        note("Not found.")
    elif len(found) > limit:
        note(f"There are more hits than {limit}; --limit shows more.")


def _in_context(one: Line) -> str:
    left = one.left[-_CONTEXT:].rjust(_CONTEXT)
    right = one.right[:_CONTEXT].ljust(_CONTEXT)
    where = f"{one.outlet or one.hit.article_id} {one.hit.start}–{one.hit.end}"
    return f"{left}[{one.words}]{right}  {where}"
