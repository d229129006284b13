"""Workspace: an open project. It runs commands, undoes them, and tells who listens."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from annotator.core.annotation_sets import AnnotationSet
from annotator.core.annotators import Annotator
from annotator.core.articles import Article
from annotator.core.attributions import Attribution
from annotator.core.changes import ChangeSet
from annotator.core.comments import Comment
from annotator.core.errors import NotFound, NothingToUndo
from annotator.core.outlets import Outlet
from annotator.core.scheme import LabelScheme, StoredScheme
from annotator.core.searching import Hit, Term
from annotator.core.stories import Story
from annotator.core.storing import ArticleCount, Deed, Fault, LogLine, Reading, Store, TextBatch
from annotator.workspace.commands.base import Command, Work
from annotator.workspace.events import Events
from annotator.workspace.registry import Registry
from annotator.workspace.schemes import scheme_of


class Workspace:
    """An open project, and the one door to change anything in it.

    actor is the name under which deeds are logged and new marks are made. Deeds may be done from any thread, one
    after the other; listeners are told on the thread that did the deed, after it was committed.
    """

    def __init__(self, store: Store, scheme: LabelScheme, actor: str) -> None:
        self.actor = actor
        self.scheme = scheme
        self.events = Events()
        self._store = store
        self._one_at_a_time = threading.RLock()
        self._heard = store.last_seq()
        self.registry = Registry(store)
        self.events.subscribe(self.registry.hear)
        self.events.subscribe(self._follow_scheme)
        self._superseded: tuple[int, frozenset[str]] | None = None
        self._articles_changed = 0
        self.events.subscribe(self._follow_versions)

    def _follow_scheme(self, news: ChangeSet) -> None:
        if any(True for _ in news.of(StoredScheme)):
            self.scheme = scheme_of(self._store)

    def _follow_versions(self, news: ChangeSet) -> None:
        if any(True for _ in news.of(Article)):
            self._articles_changed += 1

    def _older_versions(self) -> frozenset[str]:
        """The ids of articles of which a newer version is here."""
        changed = self._articles_changed
        if self._superseded is None or self._superseded[0] != changed:
            self._superseded = (changed, frozenset(self._store.superseded()))
        return self._superseded[1]

    @property
    def place(self) -> str:
        """The project's file or database URL."""
        return self._store.place

    @property
    def name(self) -> str:
        """What the title bar calls the project."""
        return self._store.name

    @property
    def project_id(self) -> str:
        """The id that all copies of this project share, wherever they are."""
        return self._store.project_id

    @property
    def reading(self) -> Reading:
        """Everything stored, to look at."""
        return self._store

    def execute(self, command: Command, *, undoable: bool = True) -> ChangeSet:
        """Carry out a command: one transaction, with its line in the log; then tell who listens.

        What is not undoable is the ground that a project stands on, such as its scheme: undo passes over it.

        Raises:
            AnnotatorError: from the command; nothing was changed then.
        """
        with self._one_at_a_time:
            with self._store.unit(self.actor, command.label, undoable=undoable) as unit:
                command.act(Work(unit, self.scheme))
            return self._tell(unit.done())

    def undo(self) -> ChangeSet:
        """Take back the last deed that stands.

        Raises:
            NothingToUndo: when there is none.
            StaleChange: when a later change stands in the way; nothing was changed.
        """
        with self._one_at_a_time:
            deed = self.next_undo()
            if deed is None:
                raise NothingToUndo("There is nothing to undo.")
            return self._replay(deed, "undo", ChangeSet(self._store.changes_of(deed.seq)).inverse)

    def redo(self) -> ChangeSet:
        """Do the last undone deed again.

        Raises:
            NothingToUndo: when there is none.
            StaleChange: when a later change stands in the way; nothing was changed.
        """
        with self._one_at_a_time:
            deed = self.next_redo()
            if deed is None:
                raise NothingToUndo("There is nothing to redo.")
            return self._replay(deed, "redo", ChangeSet(self._store.changes_of(deed.seq)))

    def _replay(self, deed: Deed, mode: str, again: ChangeSet) -> ChangeSet:
        with self._store.unit(self.actor, deed.label, mode, deed.seq) as unit:
            unit.replay(again.changes)
        return self._tell(unit.done())

    def catch_up(self) -> int:
        """Tell who listens what others did in this project since; returns how many deeds that were.

        Never waits: while another thread does a deed here, there is nothing to tell yet.
        """
        if not self._one_at_a_time.acquire(blocking=False):
            return 0
        try:
            news = self._store.deeds_after(self._heard)
            for deed in news:
                self._heard = deed.seq
                self.events.publish(deed)
            return len(news)
        finally:
            self._one_at_a_time.release()

    def is_busy(self) -> bool:
        """Whether another thread is doing a deed now, for which a further one would have to wait."""
        if self._one_at_a_time.acquire(blocking=False):
            self._one_at_a_time.release()
            return False
        return True

    def _tell(self, news: ChangeSet) -> ChangeSet:
        if news:
            if news.seq > self._heard + 1:
                for earlier in self._store.deeds_after(self._heard):
                    if earlier.seq < news.seq:
                        self.events.publish(earlier)
            self._heard = max(self._heard, news.seq)
            self.events.publish(news)
        return news

    def next_undo(self) -> Deed | None:
        """The deed that undo would take back."""
        return self._store.next_undo(self.actor)

    def next_redo(self) -> Deed | None:
        """The deed that redo would do again."""
        return self._store.next_redo(self.actor)

    def stories(self) -> list[Story]:
        """All stories, in their order."""
        return self._store.find(Story)

    def story(self, name: str) -> Story:
        """The story of this name (or id).

        Raises:
            NotFound: lists the names that there are.
        """
        stories = self.stories()
        for story in stories:
            if name in (story.name, story.id):
                return story
        known = ", ".join(story.name for story in stories) or "none yet"
        raise NotFound(f"There is no story called {name!r} in this project; stories: {known}.")

    def articles(self, story_id: str | None = None, *, versions: bool = False) -> list[Article]:
        """The articles of a story, or of all stories, in their order: the newest version of each, or all versions."""
        older = frozenset() if versions else self._older_versions()
        if story_id is not None:
            return [one for one in self._store.find(Article, story_id=story_id) if one.id not in older]
        order = {story.id: at for at, story in enumerate(self.stories())}
        found = [one for one in self._store.find(Article) if one.id not in older]
        return sorted(found, key=lambda one: order.get(one.story_id, 0))

    def text(self, article: Article) -> str:
        """An article's text."""
        return self._store.text(article.text_sha256)

    def texts(self, articles: Sequence[Article]) -> dict[str, str]:
        """The texts of some articles, by their hashes; one question to the store for all."""
        return self._store.texts({one.text_sha256 for one in articles})

    def outlet_name(self, article: Article) -> str:
        """The name of the article's outlet; empty when it is not known."""
        return self.registry.name(Outlet, article.outlet_id)

    def set_of(self, article_id: str, annotator: str) -> AnnotationSet | None:
        """An annotator's set in an article, if it was ever begun."""
        hands = self._store.find(Annotator, name=annotator)
        if not hands:
            return None
        found = self._store.find(AnnotationSet, article_id=article_id, annotator_id=hands[0].id)
        return found[0] if found else None

    def attributions(self, set_id: str) -> list[Attribution]:
        """The attributions of a set, in reading order."""
        return self._store.find(Attribution, set_id=set_id)

    def comments(self, attribution_id: str) -> list[Comment]:
        """The comments on an attribution, oldest first."""
        return self._store.find(Comment, attribution_id=attribution_id)

    def counts(self, story_id: str | None = None) -> list[ArticleCount]:
        """How many attributions each set has, in the newest version of each article."""
        older = self._older_versions()
        return [one for one in self._store.counts(story_id) if one.article_id not in older]

    def history(self, article_id: str | None = None, limit: int | None = None) -> list[Deed]:
        """Deeds, newest first."""
        return self._store.history(article_id, limit)

    def last_seq(self) -> int:
        """The newest line of the log; it is another one as soon as anybody has done anything."""
        return self._store.last_seq()

    def log(self) -> Iterator[LogLine]:
        """The whole log, oldest line first."""
        return self._store.log()

    def search(
        self, words: str, story_id: str | None = None, limit: int | None = None, offset: int = 0
    ) -> list[Hit]:
        """Where articles, in their newest version, have all these words, "phrases in quotation marks" and prefixes*."""
        return self._store.search(words, story_id, limit, offset, self._older_versions())

    def texts_with(self, terms: Sequence[Term] = (), story_id: str | None = None) -> Iterator[TextBatch]:
        """All articles' newest texts that may hold all the terms (none: all texts), read as they are asked for."""
        return self._store.texts_with(terms, story_id, self._older_versions())

    def check(self) -> list[Fault]:
        """Everything found wrong with the project."""
        return self._store.check()

    def backup(self, target: Path) -> None:
        """Copy the project, live, to a new file."""
        self._store.backup(target)

    def rest(self) -> None:
        """Tidy up while nobody waits."""
        self._store.rest()

    def close(self) -> None:
        """Let go of the project."""
        self._store.close()

    def subscribe(self, listener: Callable[[ChangeSet], None]) -> Callable[[], None]:
        """Be told of every committed change; returns what ends that."""
        return self.events.subscribe(listener)
