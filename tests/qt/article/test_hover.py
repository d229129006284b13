"""The card under the mouse says who said what through whom, and shows no markup of the text's own."""

from __future__ import annotations

from pathlib import Path

from annotator.core.spans import Span
from annotator.qt.article.hover import hover_cards
from annotator.workspace.commands.attributions import ChangeFields, MarkSpan, NameSource, NameVia
from annotator.workspace.importing import import_files
from annotator.workspace.opening import new_project


def test_a_card_names_kind_chain_content_and_features(tmp_path: Path) -> None:
    article = tmp_path / "a.txt"
    article.write_text("Sources <b>said</b> the bridge is closed.", "utf-8")
    project = new_project(str(tmp_path / "p.annotator"), "me")
    import_files(project, [article])
    text = "Sources <b>said</b> the bridge is closed."
    at = text.index("<b>")
    project.execute(MarkSpan("a.txt", "me", "anonymous_source", (Span(at, len(text) - 1),), new_id="m"))
    project.execute(NameSource(("m",), "two people <familiar>"))
    project.execute(NameVia(("m",), "Hollant"))
    project.execute(ChangeFields(("m",), {"medium": "told_outlet", "hedge": True}))
    own = project.set_of("a.txt", "me")
    assert own is not None
    card = hover_cards(project.attributions(own.id), text, project)
    project.close()
    assert "Anonymous source" in card
    assert "Hollant ← two people &lt;familiar&gt;" in card
    assert "&lt;b&gt;said&lt;/b&gt; the bridge is closed" in card
    assert "told outlet" in card
    assert "hedged" in card
