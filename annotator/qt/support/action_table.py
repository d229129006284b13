"""All actions of the window in one table: id, words, keys, place in the menus."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ActionSpec:
    """One action: id, words, default keys, menu, icon, and what the tip says beyond the words."""

    id: str
    text: str
    keys: tuple[str, ...] = ()
    menu: str = ""
    icon: str = ""
    tip: str = ""
    checkable: bool = False
    in_article: bool = False
    """Whether its keys act only while an article has the keyboard: they mean something else in a form."""


TABLE: tuple[ActionSpec, ...] = (
    ActionSpec("project.new", "New project…", ("Ctrl+N",), "File", "add"),
    ActionSpec("project.open", "Open project…", ("Ctrl+O",), "File", "open"),
    ActionSpec("project.sample", "Open the sample story", (), "File"),
    ActionSpec("articles.import", "Import…", ("Ctrl+I",), "File", "import", "Bring in articles or marks"),
    ActionSpec(
        "articles.import_folder", "Import a folder…", (), "File", tip="Everything in it that can be read"
    ),
    ActionSpec(
        "articles.import_address",
        "Import a page from the web…",
        (),
        "File",
        tip="Fetched once, by its address",
    ),
    ActionSpec(
        "set.export", "Export training set…", ("Ctrl+E",), "File", "export", "Write labelled spans to a file"
    ),
    ActionSpec("articles.paste", "New article from the clipboard", ("Ctrl+Shift+V",), "File"),
    ActionSpec("window.preferences", "Preferences…", ("Ctrl+,",), "File", "settings"),
    ActionSpec("scheme.edit", "Label scheme…", (), "File", "label", "Kinds, keys, colours, guidelines"),
    ActionSpec("project.backup", "Copy project aside…", (), "File"),
    ActionSpec("window.quit", "Quit", ("Ctrl+Q",), "File"),
    ActionSpec("deed.undo", "Undo", ("Ctrl+Z",), "Edit", "undo"),
    ActionSpec("deed.redo", "Redo", ("Ctrl+Shift+Z", "Ctrl+Y"), "Edit", "redo"),
    ActionSpec("mark.remove", "Remove attribution", ("Del",), "Edit", "delete"),
    ActionSpec("text.find", "Find in article", ("Ctrl+F",), "Edit", "search"),
    ActionSpec("text.find_next", "Find next", ("F3", "Ctrl+G"), "Edit"),
    ActionSpec("text.find_previous", "Find previous", ("Shift+F3", "Ctrl+Shift+G"), "Edit"),
    ActionSpec(
        "text.concordance",
        "Search the project",
        ("Ctrl+Shift+F",),
        "Edit",
        tip="Words, regular expression, source, kind",
    ),
    ActionSpec(
        "mark.occurrences",
        "Tag all occurrences",
        ("Ctrl+Shift+A",),
        "Edit",
        tip="Of the selected words; shown before anything is tagged",
    ),
    ActionSpec("mark.next", "Next attribution", ("]",), "Mark", "next"),
    ActionSpec("mark.previous", "Previous attribution", ("[",), "Mark", "previous"),
    ActionSpec("mark.leave", "Let go of the attribution", ("Esc",), "Mark"),
    ActionSpec(
        "mark.edit",
        "Move boundaries",
        ("E",),
        "Mark",
        tip="Shift and arrows move the end, Ctrl+Shift the start",
    ),
    ActionSpec("mark.split", "Split at the caret", ("/",), "Mark"),
    ActionSpec("mark.join", "Join with the next attribution", ("J",), "Mark"),
    ActionSpec("mark.nest", "Nest under the attribution around it", ("V",), "Mark"),
    ActionSpec(
        "source.link", "Say who the source is", ("N",), "Mark", tip="The likeliest first; again for the next"
    ),
    ActionSpec("source.new", "New source from these words", ("Shift+N",), "Mark"),
    ActionSpec(
        "mark.same_source", "Same source as before", ("D",), "Mark", tip="Words, link, via and medium"
    ),
    ActionSpec(
        "claim.link", "Link as the same claim", ("L",), "Mark", "link", "L, another attribution, L again"
    ),
    ActionSpec("mark.comment", "Comment", ("M",), "Mark", "comment"),
    ActionSpec(
        "sources.open", "Sources…", ("Ctrl+R",), "Edit", "source", "Correct, merge, split; all mentions"
    ),
    ActionSpec("mark.repeat", "Tag as the one before", ("R",), "Mark"),
    ActionSpec(
        "mark.guided", "Guided marking", ("Q",), "Mark", "", "Content, source, cue by turns", checkable=True
    ),
    ActionSpec("replace.content", "Put the selection in place of the content", ("Shift+X",), "Mark/Replace"),
    ActionSpec("replace.source", "Put the selection in place of the source", ("Shift+S",), "Mark/Replace"),
    ActionSpec("replace.cue", "Put the selection in place of the cue", ("Shift+C",), "Mark/Replace"),
    ActionSpec("mark.hedge", "Hedged or not", ("H",), "Mark/Features"),
    ActionSpec("mark.implicit", "Source named or not", ("I",), "Mark/Features"),
    ActionSpec("mark.self", "Outlet names itself or not", ("U",), "Mark/Features"),
    ActionSpec(
        "mark.polarity", "Next polarity", ("P",), "Mark/Features", "", "Affirmed, negated, denied, no comment"
    ),
    ActionSpec("mark.type", "Next type", ("T",), "Mark/Features", "", "Statement, attitude, document"),
    ActionSpec("zone.headline", "Headline", ("Ctrl+Alt+1",), "Mark/These lines are"),
    ActionSpec("zone.standfirst", "Standfirst", ("Ctrl+Alt+2",), "Mark/These lines are"),
    ActionSpec("zone.body", "Body", ("Ctrl+Alt+3",), "Mark/These lines are"),
    ActionSpec("zone.caption", "Caption", ("Ctrl+Alt+4",), "Mark/These lines are"),
    ActionSpec("zone.link", "Link to another article", ("Ctrl+Alt+5",), "Mark/These lines are"),
    ActionSpec("zone.boilerplate", "Boilerplate", ("Ctrl+Alt+6",), "Mark/These lines are"),
    ActionSpec("zone.clear", "Nothing special", ("Ctrl+Alt+0",), "Mark/These lines are"),
    ActionSpec("article.next_unfinished", "Next unfinished article", ("F8",), "Go"),
    ActionSpec(
        "article.next_unsure",
        "Next article with unsure suggestions",
        ("Shift+F8",),
        "Go",
        tip="Where a decision of yours teaches most",
    ),
    ActionSpec(
        "suggest.find",
        "Find suggestions",
        ("F9",),
        "Suggest",
        "suggest",
        "In the open articles; nothing is marked until you take it",
    ),
    ActionSpec("suggest.find_story", "Find suggestions in the whole story", ("Shift+F9",), "Suggest"),
    ActionSpec("suggest.find_all", "Find suggestions in all articles", (), "Suggest"),
    ActionSpec("suggest.next", "Next suggestion", ("Tab",), "Suggest", in_article=True),
    ActionSpec("suggest.previous", "Previous suggestion", ("Shift+Tab",), "Suggest", in_article=True),
    ActionSpec(
        "suggest.take",
        "Take the suggestion",
        ("Return", "Enter"),
        "Suggest",
        tip="The one in hand, or the words offered",
        in_article=True,
    ),
    ActionSpec("suggest.reject", "Reject the suggestion", ("Backspace",), "Suggest", in_article=True),
    ActionSpec(
        "suggest.take_all",
        "Take all suggestions in the article",
        ("Ctrl+Return", "Ctrl+Enter"),
        "Suggest",
        in_article=True,
    ),
    ActionSpec("suggest.take_sure", "Take all suggestions above the confidence", (), "Suggest"),
    ActionSpec(
        "suggest.train",
        "Train on my project",
        (),
        "Suggest",
        tip="Learns from what people marked, compared with the rules; goes on in the background",
    ),
    ActionSpec("suggest.show", "Show suggestions in the text", ("Ctrl+J",), "Suggest", checkable=True),
    ActionSpec("mode.annotate", "Annotate", ("Ctrl+1",), "View", "annotate", checkable=True),
    ActionSpec("mode.compare", "Compare", ("Ctrl+2",), "View", "compare", checkable=True),
    ActionSpec("mode.review", "Review", ("Ctrl+3",), "View", "review", checkable=True),
    ActionSpec(
        "compare.take",
        "Take the proposed claim",
        (),
        "Compare",
        tip="Its attributions make one claim from now on",
    ),
    ActionSpec(
        "compare.fact",
        "Mark as stated without attribution",
        (),
        "Compare",
        tip="The dropped sentence, under the claim that others attribute",
    ),
    ActionSpec("compare.absent", "Not carried here, or perhaps", (), "Compare"),
    ActionSpec("compare.rename", "Rename claim…", (), "Compare"),
    ActionSpec("compare.split", "Take this outlet out of the claim", (), "Compare"),
    ActionSpec("compare.next", "Next shared passage", ("Ctrl+PgDown",), "Compare"),
    ActionSpec("compare.previous", "Previous shared passage", ("Ctrl+PgUp",), "Compare"),
    ActionSpec("compare.save", "Save matrix…", (), "Compare", tip="CSV, HTML or JSON, by the ending"),
    ActionSpec("compare.save_graph", "Save graph…", (), "Compare", tip="SVG, PNG or GraphML, by the ending"),
    ActionSpec("review.next", "Next case", ("F7",), "Review", "next"),
    ActionSpec("review.previous", "Previous case", ("Shift+F7",), "Review", "previous"),
    *(
        ActionSpec(
            f"review.accept_{number}",
            f"Accept column {number}",
            (str(number),),
            "Review",
            tip="Take this annotator's attribution over into gold",
            in_article=True,
        )
        for number in range(1, 7)
    ),
    ActionSpec(
        "review.accept_all",
        "Accept all candidates",
        ("B",),
        "Review",
        tip="Different attributions, and all right",
        in_article=True,
    ),
    ActionSpec("review.nothing", "Nothing to annotate here", ("0",), "Review", in_article=True),
    ActionSpec("review.reject", "Reject, for the reason typed", ("R",), "Review", in_article=True),
    ActionSpec("review.undecide", "Take the decision back", ("U",), "Review", in_article=True),
    ActionSpec(
        "review.settle_content",
        "Selected words are the content in gold",
        ("X",),
        "Review",
        in_article=True,
    ),
    ActionSpec(
        "review.settle_source", "Selected words are the source in gold", ("S",), "Review", in_article=True
    ),
    ActionSpec("review.settle_cue", "Selected words are the cue in gold", ("C",), "Review", in_article=True),
    ActionSpec("review.comment", "Keep the typed words as a comment", ("M",), "Review", in_article=True),
    ActionSpec("review.merge", "Merge what is agreed", (), "Review", tip="In all articles of the story"),
    ActionSpec("review.finish", "Article is adjudicated, or not yet", (), "Review", "check"),
    ActionSpec(
        "review.assign", "Assign articles…", (), "Review", tip="Who annotates what, and how far everybody is"
    ),
    ActionSpec(
        "review.bundle",
        "Bundle for a colleague…",
        (),
        "Review",
        tip="Articles, marks, comments and their past in one file",
    ),
    ActionSpec(
        "review.merge_bundle",
        "Merge a bundle…",
        (),
        "Review",
        tip="What a colleague did comes in; nothing is lost",
    ),
    ActionSpec(
        "review.report",
        "Report for a colleague…",
        (),
        "Review",
        tip="A page that needs no program: marks, differences, agreement",
    ),
    ActionSpec("review.conflicts", "Conflicts…", (), "Review", tip="What two desks changed at once"),
    ActionSpec(
        "review.blind",
        "Annotators work blind",
        (),
        "Review",
        tip="Others' marks are hidden until one's own are finished",
        checkable=True,
    ),
    ActionSpec("article.finish", "Finished with this article", ("Ctrl+D",), "Mark", "check", checkable=True),
    ActionSpec("article.remove", "Remove article from the project…", (), "Edit"),
    ActionSpec("column.next", "Next column", ("F6",), "View"),
    ActionSpec("column.previous", "Previous column", ("Shift+F6",), "View"),
    ActionSpec("column.close", "Close column", ("Ctrl+W",), "View", "column-close"),
    ActionSpec("column.left", "Move column left", ("Ctrl+Shift+PgUp",), "View"),
    ActionSpec("column.right", "Move column right", ("Ctrl+Shift+PgDown",), "View"),
    ActionSpec("view.zoom_in", "Larger text", ("Ctrl++", "Ctrl+="), "View", "zoom-in", "Zoom in"),
    ActionSpec("view.zoom_out", "Smaller text", ("Ctrl+-",), "View", "zoom-out", "Zoom out"),
    ActionSpec("view.zoom_reset", "Normal text size", ("Ctrl+0",), "View", tip="No zoom"),
    ActionSpec(
        "view.hide_asides", "Hide captions, links and boilerplate", ("Ctrl+B",), "View", checkable=True
    ),
    ActionSpec(
        "view.dim", "Dim what the list filters out", ("Ctrl+Shift+D",), "View", "filter", checkable=True
    ),
    ActionSpec("theme.system", "Colours of the system", (), "View/Theme", checkable=True),
    ActionSpec("theme.light", "Light", (), "View/Theme", checkable=True),
    ActionSpec("theme.dark", "Dark", (), "View/Theme", checkable=True),
    ActionSpec("theme.contrast", "High contrast", (), "View/Theme", checkable=True),
    ActionSpec("go.stories", "Go to stories", ("Alt+1",), "Go"),
    ActionSpec("go.article", "Go to the article", ("Alt+2",), "Go"),
    ActionSpec("go.inspector", "Go to the inspector", ("Alt+3",), "Go"),
    ActionSpec("go.attributions", "Go to the attributions", ("Alt+4",), "Go"),
    ActionSpec("go.problems", "Go to the problems", ("Alt+5",), "Go", "warning"),
    ActionSpec("go.comments", "Go to the comments", ("Alt+7",), "Go", "comment"),
    ActionSpec("go.suggestions", "Go to the suggestions", ("Alt+6",), "Go"),
    ActionSpec("palette.open", "All actions…", ("Ctrl+K",), "Help", "search", "Find any action by its words"),
    ActionSpec("help.keys", "Keys", ("F1",), "Help", "help"),
    ActionSpec("help.guidelines", "Guidelines", ("Shift+F1",), "Help"),
    ActionSpec("help.about", "About Annotator", (), "Help", "info"),
)

MENUS = (
    "File",
    "Edit",
    "Mark",
    "Mark/Kind",
    "Mark/Role",
    "Mark/Replace",
    "Mark/Features",
    "Mark/These lines are",
    "Suggest",
    "Compare",
    "Review",
    "View",
    "View/Theme",
    "View/Panels",
    "Go",
    "Help",
)
