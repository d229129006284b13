"""A report is one page by itself: whole, safe, and the same for who has no network."""

from __future__ import annotations

import re
from html.parser import HTMLParser
from pathlib import Path

import pytest

from annotator.core.errors import BadInput, Cancelled, NotFound
from annotator.core.records import AttributionRecord, CommentRecord, Record
from annotator.workspace.commands.attributions import ChangeFields, NameSource
from annotator.workspace.commands.claims import NameClaims
from annotator.workspace.commands.comments import AddComment
from annotator.workspace.commands.review_assigning import WorkBlind
from annotator.workspace.reporting import write_report
from annotator.workspace.workspace import Workspace
from tests.building import FERRY, NASTY, article_in, marked, place_of, record_with, take
from tests.chromium import browser

SCRIPT = "<script>document.title = 'caught'</script>"
QUOTED = "\" onmouseover=\"document.title='caught'\" x='"


class Words(HTMLParser):
    """The words of a page, the tags in it, and all attributes."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []
        self.words: list[str] = []
        self._skipping = False
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs
        self._skipping = tag in ("script", "style")

    def handle_endtag(self, tag: str) -> None:
        self._skipping = False

    def handle_data(self, data: str) -> None:
        if not self._skipping:
            self.words.append(data)


@pytest.fixture
def told(desk: Workspace) -> Workspace:
    """Two annotators in two articles of one story, who differ; comments, a source, a claim, a gold mark."""
    desk.execute(WorkBlind(blind=False))
    article_in(desk, "The ferry goes on, the mayor said.", "second", story="Ferry", outlet="Town Crier")
    for hand, kind in (("maria", "named_official"), ("olena", "institution")):
        mark = marked(desk, "Nobody asked us", hand=hand, kind=kind)
        desk.execute(NameSource((mark.id,), "Ida Brandt"))
        desk.execute(NameClaims(mark.id, ("nobody-asked",)))
    desk.execute(AddComment(mark.id, "maria", "She is a person."))
    marked(desk, "stay on", hand="maria", kind="anonymous_source")
    other = marked(desk, "The ferry goes on", "second", hand="maria", kind="named_official")
    desk.execute(NameClaims(other.id, ("nobody-asked",)))
    decided = AttributionRecord(content=place_of("Nobody asked us"), kind="named_official")
    take(desk, record_with(FERRY, decided, id="ferry", annotator="gold"))
    return desk


def page_of(workspace: Workspace, out: Path, story: str = "", *annotators: str) -> str:
    write_report(workspace, out, story, annotators)
    return out.read_bytes().decode()


def test_a_report_has_articles_marks_differences_comments_agreement_and_claims(
    told: Workspace, tmp_path: Path
):
    page = page_of(told, tmp_path / "r.html", "Ferry")
    said = " ".join(Words(page).words)
    for words in (
        "Harbour Post",
        "Town Crier",
        "Named official",
        "not marked by olena",
        "She is a person.",
        "Ida Brandt",
        "nobody-asked",
        "Same span (F1)",
        "Claims by outlets",
        "Between maria, olena, in 1 article",
    ):
        assert words in said
    assert FERRY.split("\n", 1)[0] in said


def test_the_text_of_an_article_is_whole_whatever_is_marked_in_it(told: Workspace, tmp_path: Path):
    page = page_of(told, tmp_path / "r.html")
    found = re.search(r'<div class="text" dir="auto">(.*?)</div>', page, re.DOTALL)
    assert found is not None
    words = Words(re.sub(r"<sup.*?</sup>", "", found[1]))
    assert "".join(words.words) == FERRY


@pytest.mark.parametrize("text", NASTY)
def test_any_text_is_told_to_the_code_point(bare: Workspace, tmp_path: Path, text: str):
    take(bare, record_with(text, AttributionRecord(content=place_of(text, text)), id="n"))
    page = page_of(bare, tmp_path / "r.html")
    assert "\ufffd" not in page
    shown = re.sub(r"<sup.*?</sup>", "", page)
    assert "".join(Words(shown).words).count(text) >= 1


def test_a_report_of_one_annotator_shows_nothing_of_the_others(told: Workspace, tmp_path: Path):
    page = page_of(told, tmp_path / "r.html", "", "olena")
    assert "Institution" in page
    assert "stay on</span>" not in page
    assert "Agreement" not in page


def test_who_works_blind_does_not_see_the_others_in_a_report(told: Workspace, tmp_path: Path):
    told.execute(WorkBlind(blind=True))
    made = write_report(told, tmp_path / "r.html")
    assert (made.hidden, made.annotators) == (1, ("maria",))
    page = (tmp_path / "r.html").read_text("utf-8")
    assert "Others' marks are left out" in page.replace("&#x27;", "'")
    assert "Institution" not in page
    assert "Same span" not in page


def test_an_unknown_story_or_annotator_is_named_and_a_bad_place_is_a_sentence(
    told: Workspace, tmp_path: Path
):
    with pytest.raises(NotFound, match="'Nowhere'"):
        write_report(told, tmp_path / "r.html", "Nowhere")
    with pytest.raises(NotFound, match="'ivan'"):
        write_report(told, tmp_path / "r.html", "", ["ivan"])
    with pytest.raises(BadInput, match="cannot be written"):
        write_report(told, tmp_path / "no" / "r.html")
    with pytest.raises(Cancelled):
        write_report(told, tmp_path / "r.html", progress=lambda _done, _total: False)
    assert list(tmp_path.glob("*.html")) == []


def test_an_empty_project_has_a_report_too(bare: Workspace, tmp_path: Path):
    made = write_report(bare, tmp_path / "r.html")
    assert (made.articles, made.annotators) == (0, ())


@pytest.fixture
def hostile(bare: Workspace) -> Workspace:
    """A project in which every text that a person may write is a trap."""
    bare.execute(WorkBlind(blind=False))
    trap = SCRIPT + QUOTED
    text = f"{trap} he said {trap}"
    comment = CommentRecord(text=trap, author=trap)
    mark = AttributionRecord(
        content=place_of(trap, text),
        cue=place_of(" he said ", text),
        source_name=trap,
        via=trap,
        claims=(trap,),
        note=trap,
        grounds=trap,
        medium=trap,
        features={trap: trap},
        comments=(comment,),
    )
    names = {"id": "trap", "story": trap, "outlet": trap, "title": trap, "author": trap, "url": trap}
    take(bare, Record(text=text, annotator=trap, attributions=(mark,), has_offsets=True, where="f", **names))
    take(bare, Record(text=text, annotator="m", attributions=(mark,), has_offsets=True, where="f", **names))
    mark_id = marked(bare, "he said", "trap", hand=trap).id
    bare.execute(ChangeFields((mark_id,), {"note": "</style></title><!--"}))
    return bare


def test_no_word_of_anybody_becomes_a_tag(hostile: Workspace, tmp_path: Path):
    page = page_of(hostile, tmp_path / "r.html")
    assert SCRIPT not in page
    words = Words(page)
    assert words.tags.count("script") == 1
    assert not [name for name, _ in words.attributes if name.startswith("on") or name == "style"]
    assert "".join(words.words).count(SCRIPT) > 10


def test_a_page_may_ask_for_nothing_and_run_nothing_but_its_own_script(told: Workspace, tmp_path: Path):
    words = Words(page_of(told, tmp_path / "r.html"))
    policy = next(value for name, value in words.attributes if name == "content" and value and "src" in value)
    assert policy.startswith("default-src 'none'; style-src 'sha256-")
    assert "unsafe" not in policy
    assert not [value for name, value in words.attributes if name in ("src", "srcset", "action")]
    assert all(value and value.startswith("#") for name, value in words.attributes if name == "href")


@pytest.mark.slow
def test_in_a_real_browser_nothing_hostile_runs_and_nothing_is_asked_for(hostile: Workspace, tmp_path: Path):
    write_report(hostile, tmp_path / "r.html")
    with browser() as page:
        page.open(tmp_path / "r.html")
        page.point_at(".text .m")
        page.value("document.querySelectorAll('a.claim').forEach((one) => one.click())")
        assert page.value("document.title") != "caught"
        assert page.asked_for == [(tmp_path / "r.html").as_uri()]
        assert page.faults == []


@pytest.mark.slow
def test_in_a_real_browser_marks_are_filtered_and_told_under_the_mouse(told: Workspace, tmp_path: Path):
    write_report(told, tmp_path / "r.html")
    shown = "document.querySelectorAll('.marks .card:not(.off)').length"
    with browser() as page:
        page.open(tmp_path / "r.html")
        every = page.value(shown)
        page.point_at(".text .m")
        assert page.value("document.getElementById('tip').hidden") is False
        assert "Named official" in page.value("document.getElementById('tip').textContent")
        assert page.value("document.querySelectorAll('.m.on').length") >= 1
        page.picture(tmp_path / "hover.png")
        page.value("document.querySelector('#differs').click()")
        assert 0 < page.value(shown) < every
        assert "attributions" in page.value("document.getElementById('shown').textContent")
        page.value("document.getElementById('all').click()")
        page.value("document.querySelector('a.claim').click()")
        assert 0 < page.value(shown) < every
        page.value("document.getElementById('all').click()")
        assert page.value(shown) == every
        page.value(
            "(() => {const one = document.getElementById('words'); one.value = 'brandt';"
            "one.dispatchEvent(new Event('input', {bubbles: true}))})()"
        )
        assert 0 < page.value(shown) < every
        assert page.faults == []
        assert page.printed().startswith(b"%PDF")
        assert len(page.picture(tmp_path / "seen.png")) > 20_000
