"""The command that lists what a project holds."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import typer

from annotator.cli.output import as_json, table
from annotator.cli.projects import hand
from annotator.core.annotators import Annotator
from annotator.core.claims import Claim
from annotator.core.sources import Source
from annotator.formats.jsonl import attribution_line
from annotator.workspace.choosing import Selection, records
from annotator.workspace.opening import open_project
from annotator.workspace.workspace import Workspace


class What(StrEnum):
    """What can be listed."""

    stories = "stories"
    articles = "articles"
    annotators = "annotators"
    sources = "sources"
    claims = "claims"
    attributions = "attributions"


def add_to(app: typer.Typer) -> None:
    """Put this file's commands on the board."""
    app.command("list")(list_)


def list_(
    project: str = typer.Argument(help="A project file, or a database URL."),
    what: What = typer.Argument(help="What to list."),
    story: str = typer.Option("", help="Only of this story."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """List stories, articles, annotators, sources, claims or attributions."""
    workspace = open_project(project, hand())
    items = {
        What.stories: _stories,
        What.articles: _articles,
        What.annotators: _annotators,
        What.sources: _sources,
        What.claims: _claims,
        What.attributions: _attributions,
    }[what](workspace, story)
    workspace.close()
    if json:
        as_json({"items": items})
    else:
        _print(what, items)


def _stories(workspace: Workspace, story: str) -> list[dict[str, Any]]:
    chosen = [workspace.story(story)] if story else workspace.stories()
    sizes: dict[str, int] = {}
    for article in workspace.articles():
        sizes[article.story_id] = sizes.get(article.story_id, 0) + 1
    return [
        {"id": one.id, "name": one.name, "articles": sizes.get(one.id, 0), "note": one.note} for one in chosen
    ]


def _articles(workspace: Workspace, story: str) -> list[dict[str, Any]]:
    story_id = workspace.story(story).id if story else None
    names = {one.id: one.name for one in workspace.stories()}
    sets: dict[str, list[dict[str, Any]]] = {}
    for count in workspace.counts(story_id):
        hand_name = workspace.registry.name(Annotator, count.annotator_id)
        one = {"annotator": hand_name, "status": count.status, "attributions": count.attributions}
        sets.setdefault(count.article_id, []).append(one)
    return [
        {
            "id": one.id,
            "story": names[one.story_id],
            "outlet": workspace.outlet_name(one),
            "title": one.title,
            "published": one.published,
            "language": one.language,
            "characters": one.length,
            "assumed": one.assumed,
            "sets": sorted(sets.get(one.id, []), key=lambda item: str(item["annotator"])),
        }
        for one in workspace.articles(story_id)
    ]


def _annotators(workspace: Workspace, story: str) -> list[dict[str, Any]]:
    totals: dict[str, list[int]] = {}
    for count in workspace.counts(workspace.story(story).id if story else None):
        total = totals.setdefault(count.annotator_id, [0, 0])
        total[0] += 1
        total[1] += count.attributions
    return [
        {
            "id": one.id,
            "name": one.name,
            "role": one.role,
            "articles": totals.get(one.id, [0, 0])[0],
            "attributions": totals.get(one.id, [0, 0])[1],
        }
        for one in workspace.registry.every(Annotator)
        if not story or one.id in totals
    ]


def _sources(workspace: Workspace, story: str) -> list[dict[str, Any]]:
    uses: dict[str, int] = {}
    for item in records(workspace, Selection(story=story)):
        for one in item.attributions or ():
            if one.source_id:
                uses[one.source_id] = uses.get(one.source_id, 0) + 1
    return [
        {
            "id": one.id,
            "name": one.name,
            "type": one.type,
            "anonymous": one.anonymous,
            "aliases": list(one.aliases),
            "attributions": uses.get(one.id, 0),
        }
        for one in workspace.registry.every(Source)
        if not story or one.id in uses
    ]


def _claims(workspace: Workspace, story: str) -> list[dict[str, Any]]:
    names = {one.id: one.name for one in workspace.stories()}
    wanted = workspace.story(story).id if story else None
    return [
        {"id": one.id, "name": one.name, "text": one.text, "story": names[one.story_id]}
        for one in workspace.registry.every(Claim)
        if wanted in (None, one.story_id)
    ]


def _attributions(workspace: Workspace, story: str) -> list[dict[str, Any]]:
    return [
        {
            **attribution_line(one),
            "article": record.id,
            "annotator": record.annotator,
            "words": " … ".join(part.text(record.text or "") for part in one.content),
        }
        for record in records(workspace, Selection(story=story))
        for one in record.attributions or ()
    ]


def _print(what: What, items: list[dict[str, Any]]) -> None:
    match what:
        case What.articles:
            rows = [
                [
                    one["id"],
                    one["outlet"],
                    one["published"],
                    one["characters"],
                    ", ".join(f"{own['annotator']} {own['attributions']}" for own in one["sets"]),
                    one["title"][:60],
                ]
                for one in items
            ]
            table(["id", "outlet", "published", "characters", "attributions", "title"], rows)
        case What.attributions:
            rows = [
                [
                    one["article"][:24],
                    one["annotator"],
                    one["kind"] or "",
                    (one["source_name"] or "")[:30],
                    one["words"][:60].replace("\n", " "),
                ]
                for one in items
            ]
            table(["article", "annotator", "kind", "source", "content"], rows)
        case _:
            keys = [key for key in (items[0] if items else {"name": ""}) if key not in ("id", "aliases")]
            table(keys, [[one[key] for key in keys] for one in items])
