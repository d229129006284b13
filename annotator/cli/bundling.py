"""Commands of a team that works by file: bundle, merge, conflicts, report."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import typer

from annotator.cli.output import DONE, FINDINGS, as_json, losses_and_errors, note, progress, say
from annotator.cli.projects import hand
from annotator.core.clock import shown
from annotator.core.errors import BadInput
from annotator.core.plain import to_plain
from annotator.workspace.bundling import write_bundle
from annotator.workspace.conflicts import Undecided, decide, undecided
from annotator.workspace.merging import Merged, merge_bundle, project_from_bundle
from annotator.workspace.opening import may_be_there, open_project
from annotator.workspace.reporting import write_report

_MANY = {
    "annotator": "annotators",
    "article": "articles",
    "attribution": "attributions",
    "claim": "claims",
    "comment": "comments",
    "outlet": "outlets",
    "scheme": "label schemes",
    "set": "annotation sets",
    "setting": "settings",
    "source": "sources",
    "story": "stories",
}
_COUNTED = ("articles", "attributions", "comments", "annotators", "sources", "claims")


def add_to(app: typer.Typer) -> None:
    """Put this file's commands on the board."""
    app.command("bundle")(bundle)
    app.command("merge")(merge)
    app.command("conflicts")(conflicts)
    app.command("report")(report)


def bundle(
    project: str = typer.Argument(help="A project file, or a database URL."),
    out: Path = typer.Argument(help="The bundle to write."),
    annotator: str = typer.Option("", help="Only this annotator's marks, and the comments on them."),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Write the project, or one annotator's part of it, to a file that a colleague can merge."""
    workspace = open_project(project, hand())
    try:
        made = write_bundle(workspace, out, annotator, progress("Packing article"))
    finally:
        workspace.close()
    done = {
        "articles": made.articles,
        "sets": made.sets,
        "attributions": made.attributions,
        "comments": made.comments,
    }
    if json:
        as_json({"done": done, "losses": [], "errors": []})
    else:
        say(
            f"Wrote {out}: {made.articles} articles, {made.attributions} attributions, {made.comments} comments."
        )


def merge(
    project: str = typer.Argument(
        help="A project file, or a database URL; a file that is not there is made."
    ),
    file: Path = typer.Argument(help="A colleague's bundle."),
    new: bool = typer.Option(False, "--new", help="Make the project out of the bundle."),
    another: bool = typer.Option(
        False,
        "--another-project",
        help="Take in a bundle of another project; its scheme and settings stay out.",
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """Merge a colleague's bundle: nothing is lost, and what both changed is listed to be decided."""
    if new or not may_be_there(project):
        workspace, merged = project_from_bundle(project, file, hand(), progress("Merging, step"))
    else:
        workspace = open_project(project, hand())
        try:
            merged = merge_bundle(workspace, file, of_another=another, progress=progress("Merging, step"))
        except BaseException:
            workspace.close()
            raise
    waiting = undecided(workspace)
    workspace.close()
    if json:
        as_json(_as_values(merged, waiting))
    else:
        _tell(merged, project)
        _list(waiting, project)
    code = losses_and_errors(merged.losses, [])
    raise typer.Exit(FINDINGS if waiting else code)


def _as_values(merged: Merged, waiting: list[Undecided]) -> dict[str, Any]:
    added = {_MANY.get(name, name): count for name, count in merged.added.items()}
    done: dict[str, Any] = {name: added.get(name, 0) for name in _COUNTED}
    done |= {
        "added": added,
        "changed": {_MANY.get(name, name): count for name, count in merged.changed.items()},
        "removed": {_MANY.get(name, name): count for name, count in merged.removed.items()},
        "settled": list(merged.settled),
    }
    return {
        "done": done,
        "losses": merged.losses.as_json(),
        "errors": [],
        "conflicts": [_conflict_values(one) for one in waiting],
    }


def _conflict_values(one: Undecided) -> dict[str, Any]:
    return {
        "id": one.id,
        "noun": one.noun,
        "noun_id": one.noun_id,
        "what": one.what,
        "article": one.article_id,
        "versions": [
            {
                "number": number,
                "annotator": choice.by,
                "at": choice.at.rstrip("~"),
                "stands": choice.stands,
                "ours": choice.place == one.ours,
                "value": None if choice.value is None else to_plain(choice.value),
            }
            for number, choice in enumerate(one.choices, 1)
        ],
        "differences": [
            {"field": difference.field, "values": list(difference.values)} for difference in one.differences
        ],
    }


def _tell(merged: Merged, project: str) -> None:
    whose = merged.head.annotator or merged.head.by
    if not merged.anything:
        say(f"{project} knew all of the bundle of {whose} already; nothing was changed.")
        return
    parts = [
        f"{_counts(counts)} {how}"
        for how, counts in (("added", merged.added), ("changed", merged.changed), ("removed", merged.removed))
        if counts
    ]
    if merged.settled:
        parts.append(f"{len(merged.settled)} conflicts settled")
    say(f"Merged the bundle of {whose} into {project}: {'; '.join(parts) or 'versions of the same things'}.")


def _counts(counts: Mapping[str, int]) -> str:
    return ", ".join(
        f"{count} {name if count == 1 else _MANY.get(name, name)}" for name, count in sorted(counts.items())
    )


def _list(waiting: list[Undecided], project: str) -> None:
    for one in waiting:
        say(f"{one.id}  {one.what}")
        for number, choice in enumerate(one.choices, 1):
            marks = [
                word
                for word, is_so in (("stands", choice.stands), ("ours", choice.place == one.ours))
                if is_so
            ]
            who = f"{choice.by or 'nobody'}, {shown(choice.at)}" if choice.at else choice.by or "nobody"
            say(f"    {number}. {who}" + (f" ({', '.join(marks)})" if marks else ""))
            for difference in one.differences:
                words = difference.values[number - 1] or "nothing"
                say(
                    f"       {difference.field.replace('_', ' ')}: {words}"
                    if difference.field
                    else f"       {words}"
                )
    if waiting:
        note(
            f"{len(waiting)} {'conflict waits' if len(waiting) == 1 else 'conflicts wait'} for a decision: "
            f"annotator conflicts {project} --keep {waiting[0].id}=ours (or theirs, a number, or who made it)"
        )


def conflicts(
    project: str = typer.Argument(help="A project file, or a database URL."),
    keep: list[str] = typer.Option(
        [], help="ID=ours, ID=theirs, or the number or maker of a version; give it several times."
    ),
    json: bool = typer.Option(False, "--json", help="Print JSON."),
) -> None:
    """List what two desks changed apart, or decide which version stays."""
    workspace = open_project(project, hand())
    try:
        if keep:
            decide(workspace, dict(map(_kept, keep)))
        waiting = undecided(workspace)
    finally:
        workspace.close()
    if json:
        as_json({"decided": len(keep), "conflicts": [_conflict_values(one) for one in waiting]})
    else:
        if keep:
            say(f"Decided {len(keep)} {'conflict' if len(keep) == 1 else 'conflicts'}.")
        _list(waiting, project)
        if not waiting:
            say("No conflict waits.")
    raise typer.Exit(FINDINGS if waiting else DONE)


def _kept(words: str) -> tuple[str, str]:
    conflict_id, sign, wanted = words.partition("=")
    if not sign or not wanted:
        raise BadInput(f"--keep wants ID=ours or ID=theirs, not {words!r}.")
    return conflict_id, wanted


def report(
    project: str = typer.Argument(help="A project file, or a database URL."),
    out: Path = typer.Argument(help="The page to write."),
    story: str = typer.Option("", help="Only this story."),
    annotator: list[str] = typer.Option([], help="Only this annotator; give it several times."),
) -> None:
    """Write a page for a colleague without the program: articles, marks, differences, agreement, claims."""
    workspace = open_project(project, hand())
    try:
        made = write_report(workspace, out, story, annotator, progress("Writing article"))
    finally:
        workspace.close()
    say(f"Wrote {out}: {made.articles} articles with the marks of {', '.join(made.annotators) or 'nobody'}.")
    if made.hidden:
        note(
            f"Others' marks are left out in {made.hidden} articles: you are still at work there, and work blind."
        )
