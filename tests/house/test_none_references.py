"""The PySide6 we run on returns None honestly: some releases do not, and abort after thousands of calls."""

from __future__ import annotations

import subprocess
import sys

CALLS = 200_000
PROBE = f"""
import sys
from PySide6.QtWidgets import QApplication, QTextEdit, QWidget

application = QApplication([])
widget, editor = QWidget(), QTextEdit()
widget.update()
before = sys.getrefcount(None)
for _ in range({CALLS} // 2):
    widget.update()
    editor.setReadOnly(True)
print(before - sys.getrefcount(None))
"""


def test_two_hundred_thousand_qt_calls_cost_no_reference_to_none():
    run = subprocess.run([sys.executable, "-c", PROBE], capture_output=True, text=True, check=False)
    assert run.returncode == 0, f"the process died: {run.stderr[-500:]}"
    assert int(run.stdout) < CALLS / 100, f"{run.stdout.strip()} references to None lost in {CALLS} calls"
