"""Cut a corpus into train, dev and test along groups of articles that must stay together."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from math import isclose, isfinite
from typing import Any

from annotator.compare.dealing import Dealt, Shares, by_chance, by_time, day_of
from annotator.compare.duplicates import Duplicates, Link
from annotator.compare.split_groups import Candidate, Together, kept_together, links_within
from annotator.core.errors import BadInput

SEEDED, BY_TIME, BY_OUTLET = "seeded", "time", "outlet"
METHODS = (SEEDED, BY_TIME, BY_OUTLET)
"""By chance from a seed; the oldest to train and the newest to test; by chance with no outlet on two sides."""

SCHEMA = "annotator-splits/1"
_NAMES = {2: ("train", "test"), 3: ("train", "dev", "test")}
_NAMED_AT_MOST = 5


@dataclass(frozen=True, slots=True)
class SplitGroup:
    """Articles that were kept together, by id, the part they stand in, and why they belong together, a sentence each."""

    articles: tuple[str, ...]
    part: str
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Leak:
    """Two articles that share text, and the one part in which both stand; across when they tell different stories."""

    link: Link
    part: str
    across: bool


@dataclass(frozen=True, slots=True)
class Split:
    """A corpus cut into parts, and all that is known of how it was done.

    parts has the part of every article by id. requested and reached have what part of the articles each part should have and
    has. last_days has, in a cut by time, the newest day of each part but the last. notes are sentences for the user.
    """

    method: str
    seed: int
    requested: Shares
    reached: Shares
    parts: Mapping[str, str]
    groups: tuple[SplitGroup, ...]
    leaks: tuple[Leak, ...]
    last_days: tuple[tuple[str, str], ...]
    notes: tuple[str, ...]


def parse_shares(typed: str) -> Shares:
    """Percentages such as 80/10/10 (train, dev and test) or 80/20 (train and test).

    Raises:
        BadInput: when they are not two or three numbers above 0 that make 100.
    """
    pieces = typed.split("/")
    if len(pieces) not in _NAMES:
        raise BadInput(f"“{typed}” does not say two or three shares, such as 80/20 or 80/10/10.")
    numbers = []
    for piece in pieces:
        try:
            number = float(piece)
        except ValueError:
            raise BadInput(
                f"“{piece.strip()}” in “{typed}” is not a number; shares look like 80/10/10."
            ) from None
        if not (isfinite(number) and number > 0):
            raise BadInput(f"“{piece.strip()}” in “{typed}” is not above 0; each part needs a share.")
        numbers.append(number)
    if not isclose(sum(numbers), 100, abs_tol=1e-6):
        raise BadInput(f"The shares {typed} make {sum(numbers):g}, not 100.")
    return tuple(zip(_NAMES[len(pieces)], (number / 100 for number in numbers), strict=True))


def cut(
    candidates: Iterable[Candidate],
    duplicates: Duplicates,
    shares: Shares,
    seed: int = 0,
    method: str = SEEDED,
) -> Split:
    """Cut along groups: articles of one story, near-duplicates and articles that share a long passage stay together.

    The same articles and the same seed give the same cut, whatever order the articles come in. Parts are measured in articles.

    Raises:
        BadInput: when there are no articles, an id comes twice, or there is no such method.
    """
    if method not in METHODS:
        raise BadInput(f"There is no way of cutting called “{method}”; there are {', '.join(METHODS)}.")
    groups = kept_together(candidates, duplicates, outlets=method == BY_OUTLET)
    dealt = by_time(groups, shares) if method == BY_TIME else by_chance(groups, shares, seed)
    parts = {article.id: dealt.parts[group.name] for group in groups for article in group.articles}
    parts = {article: parts[article] for article in sorted(parts)}
    counts = {name: 0 for name, _ in shares}
    for part in parts.values():
        counts[part] += 1
    leaks = tuple(_leaks(groups, duplicates, parts))
    notes = [*_notes_on_sizes(groups, dealt, shares, counts), *_notes_on_method(groups, dealt, method)]
    return Split(
        method,
        seed,
        shares,
        tuple((name, count / len(parts)) for name, count in counts.items()),
        parts,
        tuple(_split_group(group, dealt) for group in groups if len(group.articles) > 1),
        leaks,
        dealt.last_days,
        (*notes, *_notes_on_leaks(leaks, duplicates)),
    )


def as_json(split: Split) -> str:
    """The split as splits.json has it: keys sorted, the same characters for the same split."""
    said: dict[str, Any] = {
        "schema": SCHEMA,
        "method": split.method,
        "seed": split.seed,
        "requested": _rounded(split.requested),
        "reached": _rounded(split.reached),
        "articles": dict(split.parts),
        "groups": [asdict(group) for group in split.groups],
        "last_days": dict(split.last_days),
        "leakage": [_leak(leak) for leak in split.leaks],
        "notes": list(split.notes),
    }
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


def _rounded(shares: Shares) -> dict[str, float]:
    return {name: round(share, 6) for name, share in shares}


def _leak(leak: Leak) -> dict[str, Any]:
    link = asdict(leak.link)
    link["share"] = round(leak.link.share, 6)
    how = f"{leak.link.reason}; both stand in {leak.part}."
    return {**link, "part": leak.part, "across_stories": leak.across, "avoided": how}


def _split_group(group: Together, dealt: Dealt) -> SplitGroup:
    articles = tuple(article.id for article in group.articles)
    return SplitGroup(articles, dealt.parts[group.name], group.reasons)


def _leaks(groups: Sequence[Together], duplicates: Duplicates, parts: dict[str, str]) -> Iterator[Leak]:
    stories = {article.id: article.story for group in groups for article in group.articles}
    for link in links_within(parts, duplicates):
        same_story = stories[link.article] == stories[link.of] != ""
        yield Leak(link, parts[link.article], across=not same_story)


def _notes_on_sizes(
    groups: Sequence[Together], dealt: Dealt, shares: Shares, counts: dict[str, int]
) -> Iterator[str]:
    """What keeps the parts from having their shares."""
    total = sum(counts.values())
    wanted = {name: share * total for name, share in shares}
    large = [
        group for group in groups if len(group.articles) > max(1, wanted[dealt.parts[group.name]] + 1e-9)
    ]
    large.sort(key=lambda group: (-len(group.articles), group.name))
    for group in large[:_NAMED_AT_MOST]:
        part = dealt.parts[group.name]
        yield (
            f"A group of {len(group.articles)} articles ({group.reasons[0]}) is larger than the share of {part}, "
            f"{wanted[part]:.1f} articles of {total}; it was not cut, and stands in {part}."
        )
    if len(large) > _NAMED_AT_MOST:
        yield f"{len(large) - _NAMED_AT_MOST} more groups are larger than the share of their part."
    for name, count in counts.items():
        if not count:
            yield f"Nothing is left for {name}: there are too few groups that may be parted ({len(groups)})."


def _notes_on_method(groups: Sequence[Together], dealt: Dealt, method: str) -> Iterator[str]:
    if method == BY_TIME:
        yield from _notes_on_time(groups, dealt)
    if method == BY_OUTLET:
        unnamed = sum(not article.outlet for group in groups for article in group.articles)
        if unnamed:
            yield f"{_articles(unnamed)} without an outlet went where story and shared text put them."
        if len(groups) == 1:
            yield "Outlets, stories and shared text join all articles in one group, so no cut by outlet is possible."


def _notes_on_time(groups: Sequence[Together], dealt: Dealt) -> Iterator[str]:
    for name, last_day in dealt.last_days:
        yield f"{name} goes up to {last_day}."
    undated = early = 0
    last_days = dict(dealt.last_days)
    names = [name for name, _ in dealt.last_days]
    for group in groups:
        part = dealt.parts[group.name]
        earlier = names[: names.index(part)] if part in names else names
        for article in group.articles:
            day = day_of(article.published)
            undated += day is None
            early += bool(day and earlier and day.isoformat() <= last_days[earlier[-1]])
    if undated:
        yield f"{_articles(undated)} without a full date went to train, or where a dated article of their group is."
    if early:
        yield f"{_articles(early)} older than the part they stand in: their group has a newer article there."


def _notes_on_leaks(leaks: Sequence[Leak], duplicates: Duplicates) -> Iterator[str]:
    if not leaks:
        yield "No near-duplicates and no long shared passages were found."
        return
    across = sum(leak.across for leak in leaks)
    yield (
        f"{len(leaks)} pairs of articles that share text were found, {across} of them across stories; "
        "both articles of each pair stand in the same part."
    )
    common = sum(2 * leak.link.boilerplate > leak.link.shared for leak in leaks)
    if common:
        yield (
            f"{common} of these pairs are alike mostly by passages that stand in more than "
            f"{duplicates.boilerplate} articles, such as a notice at the end."
        )


def _articles(count: int) -> str:
    return f"{count} article" if count == 1 else f"{count} articles"
