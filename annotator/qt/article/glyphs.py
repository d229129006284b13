"""The signs of kinds as the article's margin draws them; their outlines live in support."""

from __future__ import annotations

from annotator.qt.support.glyphs import glyph_path

__all__ = ["glyph_path"]
