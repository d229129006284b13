"""The labelling configuration that a Label Studio project needs for the tasks we write."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from xml.sax.saxutils import quoteattr

from annotator.core.attributions import MEDIA, POLARITIES, QUOTES, TYPES
from annotator.formats.values import FLAGS, LISTS, TEXTS

LABEL, TEXT, HAND, ID, ROLE = "label", "text", "annotator", "attribution", "role"
"""Names of controls: the labels, the text itself, who annotated, an attribution's id, a role that the label does not tell."""

CHOICES = {
    "kind": (),
    "type": TYPES,
    "polarity": POLARITIES,
    "quote": QUOTES,
    "medium": MEDIA,
    **dict.fromkeys(FLAGS, ("true",)),
    ROLE: (),
}
"""Fields that are chosen from a list, and what the list has from the first."""

WRITTEN = (*(name for name in (*TEXTS, *LISTS) if name not in CHOICES), ID)
"""Fields that are written by hand."""


@dataclass(slots=True)
class Used:
    """Every label, relation and choice that the tasks hold, in the order of its first use."""

    labels: dict[str, None] = field(default_factory=dict)
    relations: dict[str, None] = field(default_factory=dict)
    choices: dict[str, dict[str, None]] = field(
        default_factory=lambda: {name: dict.fromkeys(values) for name, values in CHOICES.items()}
    )

    def as_xml(self) -> str:
        """The configuration, with all that was used in it."""
        lines = ["<View>", f'  <Labels name="{LABEL}" toName="{TEXT}">']
        lines += [f"    <Label value={quoteattr(label)}/>" for label in self.labels]
        lines += ["  </Labels>", "  <Relations>"]
        lines += [f"    <Relation value={quoteattr(label)}/>" for label in self.relations]
        lines += ["  </Relations>", f'  <Text name="{TEXT}" value="${TEXT}" granularity="symbol"/>']
        for name, values in self.choices.items():
            if values:
                lines += _choices(name, values)
        lines += [
            f'  <TextArea name="{name}" toName="{TEXT}" perRegion="true" editable="true"/>'
            for name in WRITTEN
        ]
        lines += [f'  <TextArea name="{HAND}" toName="{TEXT}" editable="true"/>', "</View>"]
        return "\n".join(lines) + "\n"


def _choices(name: str, values: Iterable[str]) -> list[str]:
    return [
        f'  <Choices name="{name}" toName="{TEXT}" perRegion="true">',
        *(f"    <Choice value={quoteattr(value)}/>" for value in values),
        "  </Choices>",
    ]
