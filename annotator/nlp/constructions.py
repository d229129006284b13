"""Put a cue, its source and its content together by the order in which they stand."""

from __future__ import annotations

from annotator.nlp.contents import content_after, content_before, resumed
from annotator.nlp.contexts import (
    AUXILIARY,
    BE,
    HAVE,
    OPEN_QUOTES,
    POSSESSIVE,
    PREPOSITIONS,
    STOPS,
    WH,
    left_class,
    right_class,
)
from annotator.nlp.cues import Cue
from annotator.nlp.found import Found, Stretch
from annotator.nlp.lexicon import Lexicon
from annotator.nlp.sources import source_after, source_before, without_clitic
from annotator.nlp.tokens import Words

TAKES_RECIPIENT = frozenset(
    "told tell tells telling asked ask asking informed assured reminded warned urged".split()
)
_TIMES = frozenset("monday tuesday wednesday thursday friday saturday sunday yesterday today tonight".split())
_WEAK = frozenset(["no source", "subject of the sentence"])
_SURE = 0.3
_WEAVING = frozenset(["comma", "comma-quote", "stop", "end", "quote", "close", "dash"])


class Builder:
    """Reads one text; build turns each cue into an attribution, or into nothing."""

    def __init__(self, words: Words, quoted: list[int], lexicon: Lexicon) -> None:
        self.words = words
        self.quoted = quoted
        self.lexicon = lexicon
        self.done: list[Found] = []

    def build(self, cue: Cue) -> Found | None:
        """The attribution of a cue, by the first construction that fits."""
        head = self.words.lower[cue.head]
        if head == "according":
            found = self._according(cue)
        elif self._inverted(cue):
            found = self._verb_then_source(cue)
        else:
            found = self._source_then_verb(cue)
        if found is not None:
            found.chance = cue.chance
            self.done.append(found)
        return found

    def _bounds(self, at: int) -> tuple[int, int]:
        """The words among which an attribution stays: its sentence, or its quotation where it stands in one."""
        words, quoted = self.words, self.quoted
        first, last = words.first[at], words.last[at]
        if quoted[at]:
            while first < at and quoted[first] != quoted[at]:
                first += 1
            if first < at and words.words[first] in OPEN_QUOTES:
                first += 1
            stop = at
            while stop < last and quoted[stop] == quoted[at]:
                stop += 1
            last = stop
        return first, last

    def _according(self, cue: Cue) -> Found | None:
        words = self.words
        first, last = self._bounds(cue.head)
        end = cue.head + 2 if cue.head + 1 < last and words.lower[cue.head + 1] == "to" else cue.head + 1
        opens = cue.head <= first + 1
        stop = next((at for at in range(end, last) if words.lower[at] == ","), last) if opens else last
        source = source_after(words, self.lexicon, end, stop)
        if source is None:
            return None
        found = Found("according to", cue.head, [source], [(cue.head, end)])
        start = cue.head
        if opens:
            after = source[1]
            while after < last and not (words.lower[after] in {",", ":"} or self.quoted[after]):
                after += 1
            if after < last and words.lower[after] in {",", ":"}:
                after += 1
            content = content_after(words, self.quoted, self.lexicon, after, last)
            found.rule = "according to, content after"
        else:
            content = content_before(words, self.quoted, start, first)
        if content is None:
            return None
        found.content = [content]
        return found

    def _inverted(self, cue: Cue) -> bool:
        """Whether the source follows the verb: a quotation or a comma before it, a noun phrase behind it."""
        words = self.words
        first, last = self._bounds(cue.head)
        if cue.start <= first or cue.end >= last or cue.start != cue.head:
            return False
        before = words.lower[cue.start - 1]
        follows = right_class(words, cue.head + 1)
        if follows not in {"name", "article", "possessive", "word", "number"}:
            return False
        closes = self.quoted[cue.start - 1] and not self.quoted[cue.start]
        if not closes and before != ",":
            return False
        if words.lower[cue.head].endswith("ing"):
            return False
        if closes:
            return words.lower[cue.start - 2] in {",", "?", "!", "."} or follows == "name"
        source = source_after(words, self.lexicon, cue.head + 1, last)
        if source is None or not (source[1] >= last - 1 or words.lower[source[1]] in STOPS | {","}):
            return False
        return (
            before == ","
            and self.lexicon.cues[words.lower[cue.head]].neighbours["left"][0].get("quote", 0) >= 5
        )

    def _verb_then_source(self, cue: Cue) -> Found | None:
        words = self.words
        first, last = self._bounds(cue.head)
        source = source_after(words, self.lexicon, cue.head + 1, last)
        content = content_before(words, self.quoted, cue.start, first)
        if source is None or content is None:
            return None
        found = Found("inverted", cue.head, [source], [(cue.head, cue.head + 1)], [content])
        self._go_on(found, source[1], last)
        return found

    def _go_on(self, found: Found, after: int, last: int) -> None:
        """Add the second part of a content that a cue stands in the middle of."""
        words, quoted = self.words, self.quoted
        part: Stretch | None = None
        if after < last and words.lower[after] == "," and after + 1 < last:
            if quoted[after + 1] and words.words[after + 1] in OPEN_QUOTES:
                part = content_after(words, quoted, self.lexicon, after + 1, last)
        else:
            stop = after
            while stop < last and words.lower[stop] not in STOPS | {",", ":"}:
                stop += 1
            if stop < last and words.lower[stop] in {",", ":"} and stop + 1 < last and quoted[stop + 1]:
                part = content_after(words, quoted, self.lexicon, stop + 1, last)
            elif quoted[found.content[0][1] - 1]:
                part = resumed(words, quoted, last)
        if part is not None and part[0] >= found.content[-1][1]:
            found.content.append(part)

    def _source_then_verb(self, cue: Cue) -> Found | None:
        words = self.words
        first, last = self._bounds(cue.head)
        left = left_class(words, cue.start) if cue.start > first else "start"
        source = self._source_left(cue, first, left)
        start = source[0] if source else cue.start
        found = Found("source and verb", cue.head, [source] if source else [], [(cue.start, cue.end)])
        if source is None:
            found.rule = "no source"
            shared = self._shared(cue, first)
            if shared is not None:
                found.source = list(shared.source)
                found.rule = "shared source"
            elif left not in {"be", "start"}:
                subject = self._subject(first, cue.start)
                if subject is not None:
                    found.source = [subject]
                    found.rule = "subject of the sentence"
        elif not source[1] <= cue.start:
            return None
        after = self._after_recipient(found, cue, last)
        follows = right_class(words, after) if after > 0 else "stop"
        quote_before = start > first and self.quoted[start - 1] and not self.quoted[cue.head]
        comma_before = start > first and words.lower[start - 1] == ","
        woven = (
            follows in _WEAVING - {"quote"} or after >= last or (quote_before and self._ends_clause(start))
        )
        if woven and (quote_before or comma_before) and found.rule == "source and verb":
            return self._content_left(found, start, first, cue, last)
        if follows in {"end", "stop", "close"} or after >= last:
            if source is None or start <= first:
                return None
            return self._content_left(found, start, first, cue, last)
        if follows in {"comma", "comma-quote"}:
            after += 1
        content = content_after(words, self.quoted, self.lexicon, after, last)
        if content is None:
            return None
        found.content = [content]
        if self._spoken_by(found, cue, last):
            return found
        return self._weighed(found, cue, left)

    def _spoken_by(self, found: Found, cue: Cue, last: int) -> bool:
        """Turn "… was reported by SOURCE" round: what stands before is the content."""
        words = self.words
        at = cue.end if words.lower[cue.end - 1] != "by" else cue.end - 1
        if (
            not found.source
            or words.lower[cue.start] not in BE | HAVE
            or at >= last
            or words.lower[at] != "by"
        ):
            return False
        source = source_after(words, self.lexicon, at + 1, last)
        if source is None or not words.lower[cue.head].endswith("ed"):
            return False
        found.content, found.source = [found.source[0]], [source]
        found.cue = [(cue.start, at + 1)]
        found.rule = "passive with by"
        return True

    def _weighed(self, found: Found, cue: Cue, left: str) -> Found | None:
        """The attribution with its passive mended, unless its rule is weak and the cue is not sure."""
        if left == "be" or self.words.lower[cue.start] in BE:
            self._passive(found, cue)
        return None if found.rule in _WEAK and cue.odds < _SURE else found

    def _passive(self, found: Found, cue: Cue) -> None:
        """Where a passive names nobody (is expected to …), its subject is the first part of the content."""
        counts = self.lexicon.cues[self.words.lower[cue.head]]
        if found.source and found.rule == "source and verb" and counts.sourceless * 2 > counts.cue:
            found.content = [found.source[0], *found.content]
            found.source = []
            found.rule = "passive with no source"

    def _ends_clause(self, start: int) -> bool:
        return self.words.lower[start - 2] in {",", "?", "!", "."}

    def _content_left(self, found: Found, start: int, first: int, cue: Cue, last: int) -> Found | None:
        content = content_before(self.words, self.quoted, start, first)
        if content is None:
            return None
        found.content = [content]
        found.rule = "content, source, verb"
        self._go_on(found, cue.end, last)
        if (
            len(found.content) == 1
            and not self.quoted[content[1] - 1]
            and cue.end < last - 1
            and self.words.lower[cue.end] == ","
            and self.words.lower[start - 1] == ","
            and not self.words.lower[cue.end + 1].endswith("ing")
        ):
            part = content_after(self.words, self.quoted, self.lexicon, cue.end + 1, last)
            if part is not None:
                found.content.append(part)
                found.rule = "parenthetical"
        return found

    def _source_left(self, cue: Cue, first: int, left: str) -> Stretch | None:
        words = self.words
        if left in {"start", "to", "preposition", "be"} or (
            left == "," and words.lower[cue.head].endswith("ing")
        ):
            return None
        source = source_before(words, self.lexicon, cue.start, first)
        if source is None and cue.start > first and words.lower[cue.start - 1] == ",":
            if words.lower[cue.head].endswith("ing"):
                return None
            source = source_before(words, self.lexicon, cue.start - 1, first)
        if source is None:
            return None
        if left == "possessive" or words.lower[source[1] - 1] in POSSESSIVE:
            return source[0], without_clitic(words, *source)
        return source

    def _shared(self, cue: Cue, first: int) -> Found | None:
        """The last attribution of the sentence that has a source, for a participle or a second verb."""
        for found in reversed(self.done[-4:]):
            if found.source and found.head >= self.words.first[cue.head] and found.head < cue.head:
                return found
        return None

    def _subject(self, first: int, before: int) -> Stretch | None:
        """The noun phrase with which the sentence, or its last clause, begins."""
        words = self.words
        at = first
        while at < before and (
            words.lower[at] in {"and", "but", "yet", "so"} or not words.words[at][0].isalnum()
        ):
            at += 1
        stop = at
        while stop < before:
            lower = words.lower[stop]
            if lower in AUXILIARY or lower in {",", ":", "that"} or lower.endswith("ed") or self._verb(stop):
                break
            stop += 1
        if not at < stop < before or stop - at > 14 or words.lower[at] in PREPOSITIONS | WH:
            return None
        return at, stop

    def _verb(self, at: int) -> bool:
        counts = self.lexicon.cues.get(self.words.lower[at])
        return counts is not None and counts.cue > 0.5 * counts.seen

    def _after_recipient(self, found: Found, cue: Cue, last: int) -> int:
        """The word at which the content may begin: behind a recipient and words of time."""
        words = self.words
        at = cue.end
        if (
            words.lower[cue.head] in TAKES_RECIPIENT
            and at < last
            and words.lower[at] not in {"that", ",", ":"}
        ):
            recipient = source_after(words, self.lexicon, at, last)
            if recipient is not None and not self.quoted[at]:
                found.recipient = recipient
                at = recipient[1]
        moved = True
        while moved and at < last:
            moved = False
            if words.lower[at] in _TIMES:
                at += 1
                moved = True
            elif (
                at + 1 < last and words.lower[at] in {"on", "late", "early"} and words.lower[at + 1] in _TIMES
            ):
                at += 2
                moved = True
        return at
