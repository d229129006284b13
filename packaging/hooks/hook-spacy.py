"""PyInstaller hook: spaCy with English alone, without its tests."""

from __future__ import annotations

from PyInstaller.utils.hooks import collect_data_files, collect_submodules


def wanted(module: str) -> bool:
    """Whether a module of spaCy goes into the program."""
    parts = module.split(".")
    if "tests" in parts:
        return False
    return parts[:2] != ["spacy", "lang"] or len(parts) == 2 or parts[2] in SHARED_OR_ENGLISH


SHARED_OR_ENGLISH = {
    "en",
    "char_classes",
    "lex_attrs",
    "norm_exceptions",
    "punctuation",
    "tokenizer_exceptions",
}

hiddenimports = collect_submodules("spacy", filter=wanted)
datas = collect_data_files("spacy", excludes=["**/*.pyx", "**/*.pxd", "**/*.hh", "tests/**", "**/tests/**"])
