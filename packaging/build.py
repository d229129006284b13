"""Build the program for the system we stand on: one folder with everything in it, and its archive.

    python packaging/build.py [linux|macos|windows]

Windows and macOS programs are built by the same script on their own machines. The folder stands in `dist/annotator`; it starts
without Python, from any place. `packaging/check.py` proves it.
"""

from __future__ import annotations

import argparse
import os
import platform
import shutil
import subprocess
import sys
import tarfile
from pathlib import Path

import PyInstaller.__main__
from icon_files import write_icns, write_ico

PROJECT = Path(__file__).resolve().parents[1]
DIST = PROJECT / "dist"
FOLDER = DIST / "annotator"
SYSTEMS = {"linux": "linux", "darwin": "macos", "win32": "windows"}

# Entry points are read from these at run time: ours name the formats, the others name parts of spaCy's pipelines.
METADATA = ("annotator", "spacy", "spacy-legacy", "spacy-loggers", "thinc")

# Loaded by name alone, where PyInstaller cannot see it.
WHOLE = (
    "annotator",
    "spacy_legacy",
    "spacy_loggers",
    "trafilatura",
    "htmldate",
    "courlan",
    "justext",
    "cassis",
    "dateparser",
)

# Files of their own that libraries read: stop words, templates, type systems.
WITH_DATA = (
    "trafilatura",
    "htmldate",
    "courlan",
    "justext",
    "tld",
    "docx",
    "cassis",
    "dateparser",
    "dateparser_data",
    "certifi",
)
HIDDEN = (
    "PySide6.QtSvg",
    "spacy.lang.en",
    "sqlalchemy.dialects.sqlite",
    "sqlalchemy.dialects.postgresql.psycopg",
    "psycopg_binary",
)

# Reached by what we use, never used by us.
UNWANTED = (
    "_pytest", "datasets", "duckdb", "hypothesis", "matplotlib", "mypy", "numpy.f2py", "pandas", "PIL", "pip", "PyInstaller", "pytest", "scipy", "setuptools", "tkinter",
    "torch", "cupy", "tensorflow", "mxnet", "IPython", "PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtQuick", "PySide6.QtTest",
)  # fmt: skip

# Parts of Qt that come along with its plug-ins and that a window of widgets never loads.
UNWANTED_FILES = (
    "libQt6Qml*", "libQt6Quick*", "libQt6VirtualKeyboard*", "Qt/plugins/platforminputcontexts/libqtvirtualkeyboard*",
    "Qt/plugins/networkinformation", "Qt/plugins/tls", "Qt/translations",
    "pyarrow/include", "pyarrow/tests", "pyarrow/src",
    "annotator-*.dist-info/direct_url.json",  # where it was built
)  # fmt: skip


def arguments(system: str) -> list[str]:
    """What PyInstaller is told."""
    separator = os.pathsep
    words = [
        str(PROJECT / "annotator" / "__main__.py"),
        "--name=annotator",
        "--onedir",
        "--noconfirm",
        "--log-level=WARN",
    ]
    words += [f"--distpath={DIST}", f"--workpath={PROJECT / 'build' / 'pyinstaller'}"]
    words += [f"--specpath={PROJECT / 'build'}", f"--additional-hooks-dir={PROJECT / 'packaging' / 'hooks'}"]
    icons, build = PROJECT / "resources" / "icons", PROJECT / "build"
    build.mkdir(exist_ok=True)
    if system == "macos":
        words += [f"--icon={write_icns(icons, build / 'annotator.icns')}", "--windowed"]
    if system == "windows":
        words += [f"--icon={write_ico(icons, build / 'annotator.ico')}", "--hide-console=hide-early"]
    for name in ("resources", "sample_docs"):
        words.append(f"--add-data={PROJECT / name}{separator}{name}")
    migrations = PROJECT / "annotator" / "store" / "migrations"
    words.append(f"--add-data={migrations}{separator}annotator/store/migrations")
    words += [f"--copy-metadata={name}" for name in METADATA]
    words += [f"--collect-submodules={name}" for name in WHOLE]
    words += [f"--collect-data={name}" for name in WITH_DATA]
    words += [f"--hidden-import={name}" for name in HIDDEN]
    words += [f"--exclude-module={name}" for name in UNWANTED]
    return words


def lighten(folder: Path) -> None:
    """Take out files that came along and are never loaded."""
    for pattern in UNWANTED_FILES:
        for found in sorted(folder.rglob(pattern)):
            if found.is_dir():
                shutil.rmtree(found)
            elif found.exists() or found.is_symlink():
                found.unlink()
    if sys.platform == "linux" and shutil.which("strip"):
        # spaCy's wheels carry their debug symbols: 97 of 112 MB. Other libraries were patched after linking: hands off.
        extensions = [str(path) for path in folder.rglob("*.cpython-*.so")]
        subprocess.run(["strip", "--strip-debug", *extensions], check=True)


def furnish(folder: Path) -> None:
    """Put beside the program what a desktop and a reader look for."""
    for name in ("LICENSE", "README.md", "CHANGELOG.md"):
        shutil.copy2(PROJECT / name, folder / name)
    share = folder / "share"
    (share / "applications").mkdir(parents=True)
    shutil.copy2(PROJECT / "packaging" / "annotator.desktop", share / "applications")
    for picture in (PROJECT / "resources" / "icons").glob("annotator-*.png"):
        size = picture.stem.rpartition("-")[2]
        place = share / "icons" / "hicolor" / f"{size}x{size}" / "apps"
        place.mkdir(parents=True)
        shutil.copy2(picture, place / "annotator.png")


def archive(folder: Path, system: str) -> Path:
    """Wrap the folder up for passing on."""
    sys.path.insert(0, str(PROJECT))
    from annotator import __version__

    name = DIST / f"annotator-{__version__}-{system}-{platform.machine().lower()}"
    if system == "windows":
        return Path(shutil.make_archive(str(name), "zip", DIST, folder.name))
    made = name.with_name(f"{name.name}.tar.xz")
    with tarfile.open(made, "w:xz", preset=3) as wrapped:
        wrapped.add(folder, folder.name)
    return made


def size_of(path: Path) -> str:
    """How much room a file or folder takes."""
    files = (
        [path]
        if path.is_file()
        else [part for part in path.rglob("*") if part.is_file() and not part.is_symlink()]
    )
    return f"{sum(part.stat().st_size for part in files) / 1e6:.0f} MB"


def main() -> int:
    """Build, furnish, wrap up."""
    here = SYSTEMS.get(sys.platform, sys.platform)
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("system", nargs="?", default=here, choices=sorted(SYSTEMS.values()))
    parser.add_argument("--no-archive", action="store_true", help="leave it at the folder")
    wish = parser.parse_args()
    if wish.system != here:
        parser.error(f"a program for {wish.system} is built on {wish.system}; this is {here}")
    PyInstaller.__main__.run(arguments(wish.system))
    lighten(FOLDER)
    if wish.system == "linux":
        furnish(FOLDER)
    print(f"{FOLDER.relative_to(PROJECT)}: {size_of(FOLDER)}")
    if not wish.no_archive:
        made = archive(FOLDER, wish.system)
        print(f"{made.relative_to(PROJECT)}: {size_of(made)}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
