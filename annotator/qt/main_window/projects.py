"""Open, make and leave projects, from the window."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import ModuleType
from typing import Any

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QFileDialog, QWidget

from annotator.core.annotators import GOLD, Annotator
from annotator.core.stories import Story
from annotator.qt.desk.desk import MOST_COLUMNS
from annotator.qt.support.jobs import Job, Jobs
from annotator.qt.support.session import Session
from annotator.workspace.paths import projects_folder
from annotator.workspace.settings import Settings
from annotator.workspace.wishes import WindowWish
from annotator.workspace.workspace import Workspace

SUFFIX = ".annotator"
_READABLE = 330
"""How many pixels a column needs to be read with ease."""


def _tr(words: str) -> str:
    return QCoreApplication.translate("Projects", words)


def _opening() -> ModuleType:
    """The module that wakes the database; called in the worker, once the window is painted."""
    from annotator.workspace import opening  # noqa: PLC0415  the database is woken late

    return opening


def _sample() -> ModuleType:
    """The module that makes the sample story; called in the worker, and only where the story is wanted."""
    from annotator.workspace import sample  # noqa: PLC0415  it wakes the formats

    return sample


class Projects(QObject):
    """The way from a file to articles on the desk; the database is woken in the worker."""

    def __init__(
        self, session: Session, jobs: Jobs, settings: Settings, desk_width: Callable[[], int], window: QWidget
    ) -> None:
        super().__init__(window)
        self._desk_width = desk_width
        self._session = session
        self._jobs = jobs
        self._settings = settings
        self._window = window
        self._wish = WindowWish()

    def begin(self, wish: WindowWish) -> None:
        """Open what was asked for: a project, else the last one, else a copy of the sample story."""
        self._wish = wish
        me = self._settings.annotator_name()
        place = wish.place or self._last()
        if place and "://" not in place:
            place = str(Path(place).resolve())

        aside: Path | None = None

        def work(_job: Job) -> Workspace:
            nonlocal aside
            opening = _opening()
            opened: Workspace
            if place:
                opened, aside = opening.open_upgraded(place, me)
            else:
                opened = _sample().sample_project(me)
            if wish.story:
                opened.story(wish.story)
            return opened

        def then(opened: Workspace) -> None:
            self._opened(opened)
            if aside is not None:
                words = _tr("This project was brought up to date. As it was before, it is kept in {0}.")
                self._session.notice.emit(words.format(aside))

        self._jobs.run(_tr("Opening"), work, then)

    def _last(self) -> str:
        for place in self._settings.get("recent_projects"):
            if "://" in place or Path(place).exists():
                return str(place)
        return ""

    def open(self, place: str) -> None:
        """Open a project by its path or URL."""
        self._settings_keep()
        self.begin(WindowWish(place=place))

    def open_sample(self) -> None:
        """Open the copy of the sample story, made anew if it is gone."""
        me = self._settings.annotator_name()
        self._settings_keep()
        self._wish = WindowWish()

        def work(_job: Job) -> Workspace:
            made: Workspace = _sample().sample_project(me)
            return made

        self._jobs.run(_tr("Opening the sample story"), work, self._opened)

    def ask_open(self) -> None:
        """Let the user choose a project file."""
        name, _ = QFileDialog.getOpenFileName(
            self._window, _tr("Open project"), self._folder(), _tr("Annotator projects") + f" (*{SUFFIX})"
        )
        if name:
            self.open(name)

    def ask_new(self) -> None:
        """Let the user name a new project file."""
        name, _ = QFileDialog.getSaveFileName(
            self._window, _tr("New project"), self._folder(), _tr("Annotator projects") + f" (*{SUFFIX})"
        )
        if not name:
            return
        place = name if name.endswith(SUFFIX) else name + SUFFIX
        me = self._settings.annotator_name()
        self._settings_keep()
        self._wish = WindowWish()

        def work(_job: Job) -> Workspace:
            made: Workspace = _opening().new_project(place, me)
            return made

        self._jobs.run(_tr("Making the project"), work, self._opened)

    def ask_backup(self) -> None:
        """Let the user copy the project aside."""
        project = self._session.project
        name, _ = QFileDialog.getSaveFileName(
            self._window,
            _tr("Copy project aside"),
            self._folder(),
            _tr("Annotator projects") + f" (*{SUFFIX})",
        )
        if name:
            target = Path(name)
            words = _tr("Copied to {0}.").format(target)
            self._jobs.run(
                _tr("Copying"),
                lambda _job: project.backup(target),
                lambda _none: self._session.notice.emit(words),
            )

    def _folder(self) -> str:
        if self._session.workspace is not None and "://" not in self._session.workspace.place:
            return str(Path(self._session.workspace.place).parent)
        return str(Path.home())

    def _opened(self, workspace: Workspace) -> None:
        wish = self._wish
        if wish.screenshot is None:
            self._settings.note_project(workspace.place)
        remembered = self._remembered(workspace)
        story = workspace.story(wish.story) if wish.story else self._first_story(workspace, remembered)
        hand, looking = self._hand(workspace, story, wish.annotator or str(remembered.get("annotator", "")))
        self._session.set_workspace(workspace, hand, looking=looking)
        if story is not None:
            self.show_story(story.id, [] if wish.story else list(remembered.get("articles", [])))

    def _remembered(self, workspace: Workspace) -> dict[str, Any]:
        found = self._settings.get("open_articles").get(workspace.place, {})
        return found if isinstance(found, dict) else {}

    def _first_story(self, workspace: Workspace, remembered: dict[str, Any]) -> Story | None:
        stories = workspace.stories()
        wanted = remembered.get("story")
        return next((one for one in stories if one.id == wanted), stories[0] if stories else None)

    def _hand(self, workspace: Workspace, story: Story | None, wanted: str) -> tuple[str, bool]:
        """Whose marks to show, and whether only to look at them: one's own, unless a picture of others' is wanted."""
        names = {one.id: one for one in workspace.registry.every(Annotator)}
        if wanted:
            return wanted, False
        me = workspace.actor
        marked = [one for one in workspace.counts(story.id if story else None) if one.attributions]
        mine = any(names[one.annotator_id].name == me for one in marked if one.annotator_id in names)
        if mine or not marked or self._is_sample(workspace):
            return me, False
        gold = next(
            (names[one.annotator_id].name for one in marked if names[one.annotator_id].role == GOLD), None
        )
        return gold or names[marked[0].annotator_id].name, True

    def _is_sample(self, workspace: Workspace) -> bool:
        return self._wish.screenshot is None and Path(workspace.place).parent == projects_folder()

    def show_story(self, story_id: str, article_ids: list[str] | None = None) -> None:
        """Put a story's articles side by side: those named, else the first few."""
        project = self._session.project
        articles = project.articles(story_id)
        by_id = {one.id: one for one in articles}
        chosen = [by_id[one] for one in article_ids or () if one in by_id]
        self._session.show_articles(chosen or articles[: self._columns()])

    def _columns(self) -> int:
        """How many articles to put side by side: what the settings say, or as many as fit."""
        wanted = int(self._settings.get("columns"))
        fitting = self._desk_width() // _READABLE
        return max(2, min(MOST_COLUMNS, wanted or fitting))

    def _settings_keep(self) -> None:
        """Remember which articles stand open in this project, and in whose hand."""
        project = self._session.workspace
        if project is None:
            return
        opened = list(self._session.open.values())
        kept = dict(self._settings.get("open_articles"))
        kept[project.place] = {
            "articles": [one.article.id for one in opened],
            "story": opened[0].article.story_id if opened else "",
            "annotator": "" if self._session.looking else self._session.annotator,
        }
        self._settings.set("open_articles", kept)

    def leave(self) -> None:
        """Remember what stands open and let go of the project."""
        if self._wish.screenshot is None:
            self._settings_keep()
        self._session.set_workspace(None)
