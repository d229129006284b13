"""Learn the weights by which cues, ends of contents and edges of sources are weighed, from gold."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from annotator.nlp.contents import LONGEST_GAP, opening_of
from annotator.nlp.contexts import right_class
from annotator.nlp.counting import Counted, Gold, lexicon_of
from annotator.nlp.cues import LONGEST_CUE, Cue, group_end, group_start
from annotator.nlp.finding import candidates
from annotator.nlp.found import Found, Stretch
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.reading import Reading, read
from annotator.nlp.signs import EndSigns, cue_signs, edge_signs, order_signs
from annotator.nlp.subjects import source_beside, subject_signs, subjects
from annotator.nlp.sureness import sure_signs
from annotator.nlp.weights import Example, learn

_LONGEST_SOURCE = 30
_PARTS = 3
_HALF = 0.5


def learned(articles: Sequence[Counted]) -> Lexicon:
    """A whole lexicon: counts, weights that rest on them, and how sure of what is then found one may be.

    What is found in each third of the articles is judged with a lexicon of the other two thirds: nobody is as good
    on what he learnt from as on what is new.
    """
    lexicon = _without_sureness(articles)
    examples: list[Example] = []
    for part in range(_PARTS):
        others = [article for at, article in enumerate(articles) if at % _PARTS != part]
        if others:
            rest = _without_sureness(others)
            for article in articles[part::_PARTS]:
                examples += _sure_examples(read(article.words.text, rest), article.gold)
    lexicon.weights["sure"] = learn(examples, rounds=6)
    return lexicon


def _sure_examples(reading: Reading, gold: Sequence[Gold]) -> Iterator[Example]:
    """What is found, and whether an attribution of the gold overlaps it by half in every role."""
    for one in candidates(reading):
        if one.parent is None:
            yield sure_signs(reading, one), any(_alike(one, other) for other in gold)


def _alike(one: Found, other: Gold) -> bool:
    pairs = ((one.source, other.source), (one.cue, other.cue), (one.content, other.content))
    return all(_overlap(mine, theirs) >= _HALF for mine, theirs in pairs)


def _overlap(mine: Sequence[Stretch], theirs: Sequence[Stretch]) -> float:
    left = {at for start, stop in mine for at in range(start, stop)}
    right = {at for start, stop in theirs for at in range(start, stop)}
    return len(left & right) / max(len(left), len(right)) if left or right else 1.0


def _without_sureness(articles: Sequence[Counted]) -> Lexicon:
    lexicon = lexicon_of(articles)
    readings = [(read(article.words.text, lexicon), article.gold) for article in articles]
    examples: dict[str, list[Example]] = defaultdict(list)
    for reading, gold in readings:
        examples["cue"] += _cue_examples(reading, gold)
        for one in gold:
            if one.head is not None:
                examples["content-end"] += _end_examples(reading, one)
                examples["content-start"] += _begun_examples(reading, one)
                examples["source-start"] += _start_examples(reading, one)
                examples["source-end"] += _stop_examples(reading, one)
                examples["cue-start"] += _group_examples(reading, one, -1)
                examples["cue-end"] += _group_examples(reading, one, 1)
                for name, example in _order_examples(reading, one):
                    examples[name].append(example)
    lexicon.weights = {name: learn(table) for name, table in examples.items()}
    # subjects are noun phrases that the weights above find
    for reading, gold in readings:
        for one in gold:
            examples["subject"] += _subject_examples(reading, one, gold)
    lexicon.weights["subject"] = learn(examples["subject"])
    return lexicon


def _cue_examples(reading: Reading, gold: Sequence[Gold]) -> Iterator[Example]:
    words, lexicon = reading.words, reading.lexicon
    heads = {one.head for one in gold}
    for at, form in enumerate(words.lower):
        if form in lexicon.cues:
            group = group_start(words, lexicon, at), group_end(words, lexicon, at)
            yield cue_signs(words, reading.quoted, reading.rates, at, group), at in heads


def _end_examples(reading: Reading, one: Gold) -> Iterator[Example]:
    """Each word at which a content that follows its cue may have ended, up to where it did."""
    words, quoted = reading.words, reading.quoted
    if one.head is None or not one.content or not 0 <= one.content[0][0] - one.cue[-1][1] <= 2:
        return
    start, stop = one.content[0]
    signs = EndSigns(words, quoted, reading.rates, start, opening_of(words, start), words.lower[one.head])
    for at in range(start + 1, min(stop + 1, words.last[start])):
        if not (quoted[at] and quoted[at] == quoted[at - 1]):
            yield signs.at(at), at == stop


def _begun_examples(reading: Reading, one: Gold) -> Iterator[Example]:
    """Each word behind a cue up to the one at which its content begins."""
    own = _own_group(one)
    if one.head is None or own is None or not one.content:
        return
    start, words = one.content[0][0], reading.words
    if not 0 <= start - own[1] < LONGEST_GAP - 1:
        return
    for at in range(own[1] - 1, start):
        if at + 1 >= words.last[one.head]:
            return
        yield (
            edge_signs(words, at, at + 1, own[1] - 1, words.lower[one.head], "", reading.rates),
            at + 1 == start,
        )


def _subject_examples(reading: Reading, one: Gold, gold: Sequence[Gold]) -> Iterator[Example]:
    """The noun phrases before a cue that has no source beside it, and which of them is its source."""
    own = _own_group(one)
    if one.head is None or own is None:
        return
    if one.source and one.source[0][0] > one.head:
        return
    first, _ = reading.bounds(one.head)
    cue = Cue(one.head, *own, 0.0)
    if source_beside(reading, cue, first) is not None:
        return
    shared = [
        other.source[-1]
        for other in gold
        if other.source and other.head is not None and first <= other.head < one.head
    ]
    for subject in subjects(reading, cue, first, shared[-4:]):
        start, stop = subject.place
        right = bool(one.source) and start < one.source[-1][1] and one.source[-1][0] < stop
        yield subject_signs(reading, cue, first, subject), right


def _start_examples(reading: Reading, one: Gold) -> Iterator[Example]:
    source = _single(one)
    if source is None or one.head is None or not 0 <= one.cue[0][0] - source[1] <= 2:
        return
    words, last = reading.words, source[1] - 1
    beyond = right_class(words, one.cue[0][1])
    for at in range(last, source[0] - 1, -1):
        if at == words.first[last]:
            return
        yield (
            edge_signs(words, at, at - 1, last, words.lower[one.head], beyond, reading.rates),
            at == source[0],
        )


def _stop_examples(reading: Reading, one: Gold) -> Iterator[Example]:
    source = _single(one)
    if source is None or one.head is None or not 0 <= source[0] - one.cue[-1][1] <= 1:
        return
    words, first = reading.words, source[0]
    for at in range(first, min(source[1], words.last[first] - 1)):
        yield (
            edge_signs(words, at, at + 1, first, words.lower[one.head], "", reading.rates),
            at == source[1] - 1,
        )


def _group_examples(reading: Reading, one: Gold, step: int) -> Iterator[Example]:
    """Each word on one side of the head of a cue, up to the first that does not belong to it."""
    words, head, own = reading.words, one.head, _own_group(one)
    if head is None or own is None:
        return
    end = own[0] if step < 0 else own[1] - 1
    limit = words.first[head] if step < 0 else words.last[head] - 1
    for at in range(head, end + step, step):
        if at == limit or abs(at - head) > LONGEST_CUE:
            return
        yield edge_signs(words, at, at + step, head, words.lower[head], "", reading.rates), at == end


def _own_group(one: Gold) -> Stretch | None:
    """The part of a cue in which its head stands."""
    return next((part for part in one.cue if one.head is not None and part[0] <= one.head < part[1]), None)


def _order_examples(reading: Reading, one: Gold) -> Iterator[tuple[str, Example]]:
    group = _own_group(one)
    if one.head is None or group is None or not one.content:
        return
    words = reading.words
    signs = order_signs(words, reading.quoted, reading.rates, (one.head, *group), reading.bounds(one.head))
    before = one.content[0][0] < one.cue[0][0]
    if one.source:
        yield "source-behind", (signs, one.source[0][0] > one.head)
        yield "content-before", (signs, before)
    if before and not one.source and one.content[0][1] <= group[0]:
        yield "subject-told", (signs, True)
    elif one.source and one.source[-1][1] <= group[0]:
        yield "subject-told", (signs, False)


def _single(one: Gold) -> Stretch | None:
    if len(one.source) != 1 or not one.cue or one.source[0][1] - one.source[0][0] >= _LONGEST_SOURCE:
        return None
    return one.source[0]
