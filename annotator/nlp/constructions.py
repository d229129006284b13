"""Put a cue, its source and its content together by the order in which they stand."""

from __future__ import annotations

from annotator.nlp.chains import CITING
from annotator.nlp.contents import content_after, content_before, content_start, resumed
from annotator.nlp.contexts import (
    BE,
    HAVE,
    OPEN_QUOTES,
    RELATIVE,
    STOPS,
    right_class,
)
from annotator.nlp.cues import Cue
from annotator.nlp.found import Found, Stretch
from annotator.nlp.reading import Reading
from annotator.nlp.signs import ORDERS, order_signs
from annotator.nlp.sources import source_after
from annotator.nlp.subjects import likeliest_subject, source_beside
from annotator.nlp.weights import weigh

TAKES_RECIPIENT = frozenset(
    "told tell tells telling asked ask asking informed assured reminded warned urged".split()
)
_AFTER_RECIPIENT = frozenset(
    "in on at by during after before late early that last this earlier yesterday today monday tuesday wednesday thursday friday saturday sunday , :".split()
)
_WEAVING = frozenset(["comma", "comma-quote", "stop", "end", "close", "dash"])
_GOES_ON = frozenset("because while although though so nor including despite especially such".split())
_SURE_WOVEN = 1.5
_TOLD_RELATIVES = frozenset("which that who whom what whatever".split())


class Builder:
    """Reads one text; build turns each cue into an attribution, or into nothing."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = reading.words
        self.quoted = reading.quoted
        self.lexicon = reading.lexicon
        self.done: list[Found] = []
        self.order: dict[str, float] = {}

    def build(self, cue: Cue) -> Found | None:
        """The attribution of a cue, by the first construction that fits."""
        group = cue.head, cue.start, cue.end
        bounds = self.reading.bounds(cue.head)
        signs = order_signs(self.words, self.quoted, self.reading.rates, group, bounds)
        self.order = {name: weigh(self.lexicon.table(name), signs) for name in ORDERS}
        if self.words.lower[cue.head] == "according":
            found = self._according(cue)
        elif self._inverted(cue):
            found = self._verb_then_source(cue)
        else:
            found = self._source_then_verb(cue)
        if found is not None:
            found.odds = cue.odds
            found.chance = cue.chance
            found.order = self.order["content-before"]
            self.done.append(found)
        return found

    def _according(self, cue: Cue) -> Found | None:
        words = self.words
        first, last = self.reading.bounds(cue.head)
        end = cue.head + 2 if cue.head + 1 < last and words.lower[cue.head + 1] == "to" else cue.head + 1
        opens = cue.head <= first + 1
        stop = next((at for at in range(end, last) if words.lower[at] == ","), last) if opens else last
        source = source_after(self.reading, end, stop, cue.head)
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
            content = content_after(self.reading, after, last, cue.head)
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
        first, last = self.reading.bounds(cue.head)
        if cue.start <= first or cue.end >= last or cue.start != cue.head:
            return False
        return self.order["source-behind"] > 0 and right_class(words, cue.head + 1) in {
            "name",
            "article",
            "possessive",
            "word",
            "number",
        }

    def _verb_then_source(self, cue: Cue) -> Found | None:
        words = self.words
        first, last = self.reading.bounds(cue.head)
        source = source_after(self.reading, cue.head + 1, last, cue.head)
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
                part = content_after(self.reading, after + 1, last, found.head)
        else:
            stop = after
            while stop < last and words.lower[stop] not in STOPS | {",", ":"}:
                stop += 1
            if stop < last and words.lower[stop] in {",", ":"} and stop + 1 < last and quoted[stop + 1]:
                part = content_after(self.reading, stop + 1, last, found.head)
            elif quoted[found.content[0][1] - 1]:
                part = resumed(words, quoted, last)
        if part is not None and part[0] >= found.content[-1][1]:
            found.content.append(part)

    def _source_then_verb(self, cue: Cue) -> Found | None:
        words = self.words
        first, last = self.reading.bounds(cue.head)
        source = source_beside(self.reading, cue, first)
        start = source[0] if source else cue.start
        found = Found("source and verb", cue.head, [source] if source else [], [(cue.start, cue.end)])
        if source is None:
            found.rule = "no source"
            shared = [one.source[-1] for one in self._earlier(cue)]
            subject = likeliest_subject(self.reading, cue, first, shared)
            if subject is not None:
                found.source = [subject.place]
                found.rule = "shared source" if subject.shared else "subject of the sentence"
        elif not source[1] <= cue.start:
            return None
        after = self._after_recipient(found, cue, last)
        after = self._past_citing(cue.end, after, last)
        follows = right_class(words, after) if 0 < after < last else "end"
        if found.rule == "source and verb" and start > first:
            told = self._told_relative(found, start, cue, after, last)
            if told is not None:
                return told
            if self._woven(start, cue, found.recipient[1] if found.recipient else after, last):
                return self._content_left(found, start, first, cue, last)
        if follows in {"end", "stop", "close"} or after >= last:
            if source is None or start <= first:
                return None
            return self._content_left(found, start, first, cue, last)
        if follows in {"comma", "comma-quote"}:
            after += 1
        content = content_after(self.reading, after, last, cue.head)
        if content is None:
            return None
        found.content = [self._without_main_clause(found, content)]
        if self._spoken_by(found, cue, last):
            return found
        self._passive(found)
        return found

    def _without_main_clause(self, found: Found, content: Stretch) -> Stretch:
        """The content of ", who said …, went home" up to the comma behind which the main clause goes on."""
        words, start = self.words, found.source[0][0] if found.source else 0
        if not start or words.lower[start] not in RELATIVE or words.lower[start - 1] != ",":
            return content
        for at in range(content[0] + 1, content[1] - 1):
            if words.lower[at] == "," and not self.quoted[at]:
                after = right_class(words, at + 1)
                if (after == "word" and words.lower[at + 1] not in _GOES_ON) or after == "auxiliary":
                    return content[0], at
        return content

    def _past_citing(self, end: int, after: int, last: int) -> int:
        """Behind ", citing SOURCE," when that stands between a cue and where its content may begin."""
        words = self.words
        at = next(
            (at for at in range(end, min(last, max(after + 1, end + 6))) if words.lower[at] in CITING), None
        )
        if at is None:
            return after
        source = source_after(self.reading, at + 1, last, at)
        stop = source[1] if source else at + 1
        while stop < last and words.lower[stop] == ",":
            stop += 1
        return stop if stop >= last or words.lower[stop] == "that" else last

    def _woven(self, start: int, cue: Cue, after: int, last: int) -> bool:
        """Whether source and cue stand behind their content, or in the middle of it."""
        quote = bool(self.quoted[start - 1]) and not self.quoted[cue.head]
        if not quote and self.words.lower[start - 1] != ",":
            return False
        odds = self.order["content-before"]
        follows = right_class(self.words, after) if after > 0 else "stop"
        ends = follows in _WEAVING or after >= last or (quote and self._ends_clause(start))
        return odds > _SURE_WOVEN or (ends and odds > -_SURE_WOVEN)

    def _told_relative(self, found: Found, start: int, cue: Cue, after: int, last: int) -> Found | None:
        """Where a relative pronoun is what is said ("which she said was late"), it and what follows."""
        if self.words.lower[start - 1] not in _TOLD_RELATIVES or self.order["content-before"] <= 0:
            return None
        found.content = [(start - 1, start)]
        found.rule = "relative pronoun told"
        part = content_after(self.reading, after, last, cue.head)
        if part is not None and right_class(self.words, after) not in {"stop", "comma", "close", "end"}:
            found.content.append(part)
        return found

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
        source = source_after(self.reading, at + 1, last, cue.head)
        if source is None or not words.lower[cue.head].endswith("ed"):
            return False
        found.content, found.source = [found.source[0]], [source]
        found.cue = [(cue.start, at + 1)]
        found.rule = "passive with by"
        return True

    def _passive(self, found: Found) -> None:
        """Where a passive names nobody (is expected to …), its subject is the first part of the content."""
        if found.source and found.rule == "source and verb" and self.order["subject-told"] > 0:
            found.content = [found.source[0], *found.content]
            found.source = []
            found.rule = "passive with no source"

    def _ends_clause(self, start: int) -> bool:
        return self.words.lower[start - 2] in {",", "?", "!", "."}

    def _content_left(self, found: Found, start: int, first: int, cue: Cue, last: int) -> Found | None:
        content = content_before(self.words, self.quoted, start, first)
        if content is None:
            return None
        for earlier in self._earlier(cue):
            # "According to OUTLET, …, SOURCE said": the outlet is no part of what the source said
            if earlier.rule == "according to, content after" and earlier.head <= content[0] + 1:
                content = max(content[0], earlier.content[0][0]), content[1]
        if content[0] >= content[1]:
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
            part = content_after(self.reading, cue.end + 1, last, cue.head)
            if part is not None:
                found.content.append(part)
                found.rule = "parenthetical"
        return found

    def _earlier(self, cue: Cue) -> list[Found]:
        """The attributions before a cue in its sentence that have a source."""
        first = self.words.first[cue.head]
        return [one for one in self.done[-4:] if one.source and first <= one.head < cue.head]

    def _after_recipient(self, found: Found, cue: Cue, last: int) -> int:
        """The word at which the content may begin: behind a recipient, words of time and place."""
        words = self.words
        at = content_start(self.reading, cue.end, last, cue.head)
        stop = cue.end
        if words.lower[cue.head] in TAKES_RECIPIENT:
            while stop < at and (stop == cue.end or words.lower[stop] not in _AFTER_RECIPIENT):
                stop += 1
            if stop > cue.end and words.words[cue.end][0].isalnum() and not self.quoted[cue.end]:
                found.recipient = cue.end, stop
        return at
