"""A real browser without a screen, asked and steered through a pipe."""

from __future__ import annotations

import base64
import fcntl
import json
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

_NAMES = ("chromium", "chromium-browser", "google-chrome", "chrome")


class Browser:
    """One page in a browser; faults holds what went wrong in it, asked_for every address that it wanted."""

    def __init__(self, to: int, back: int) -> None:
        self._to = os.fdopen(to, "wb", buffering=0)
        self._back = os.fdopen(back, "rb")
        self._number = 0
        self._session = ""
        self.faults: list[str] = []
        self.asked_for: list[str] = []
        made = self.ask("Target.createTarget", url="about:blank")
        self._session = self.ask("Target.attachToTarget", targetId=made["targetId"], flatten=True)[
            "sessionId"
        ]
        for room in ("Page", "Runtime", "Network", "Log"):
            self.ask(f"{room}.enable")

    def ask(self, method: str, **values: Any) -> Any:
        """Send a command and wait for its answer."""
        self._number += 1
        words: dict[str, Any] = {"id": self._number, "method": method, "params": values}
        if self._session:
            words["sessionId"] = self._session
        self._to.write(json.dumps(words).encode() + b"\0")
        while (heard := self._hear()).get("id") != self._number:
            pass
        assert "error" not in heard, heard["error"]
        return heard["result"]

    def _hear(self) -> dict[str, Any]:
        raw = bytearray()
        while (byte := self._back.read(1)) != b"\0":
            assert byte, "the browser has gone"
            raw += byte
        heard: dict[str, Any] = json.loads(raw)
        method, values = heard.get("method", ""), heard.get("params", {})
        if method == "Runtime.exceptionThrown":
            self.faults.append(values["exceptionDetails"].get("text", "exception"))
        elif method == "Log.entryAdded" and values["entry"]["level"] == "error":
            self.faults.append(values["entry"]["text"])
        elif method == "Network.requestWillBeSent":
            self.asked_for.append(values["request"]["url"])
        return heard

    def open(self, page: Path, width: int = 1500, height: int = 1000) -> None:
        """Show a file."""
        self.ask(
            "Emulation.setDeviceMetricsOverride",
            width=width,
            height=height,
            deviceScaleFactor=1,
            mobile=False,
        )
        self.ask("Page.navigate", url=page.as_uri())
        while self._hear().get("method") != "Page.loadEventFired":
            pass

    def value(self, script: str) -> Any:
        """What a line of script says of the page."""
        found = self.ask("Runtime.evaluate", expression=script, returnByValue=True)
        assert "exceptionDetails" not in found, found["exceptionDetails"]
        return found["result"].get("value")

    def point_at(self, selector: str, *, click: bool = False) -> None:
        """Move the mouse to the middle of the first piece of an element."""
        left, top = self.value(
            f"(() => {{const one = document.querySelector({json.dumps(selector)}); one.scrollIntoView({{block: 'center'}});"
            "const place = one.getClientRects()[0];"
            "return [place.left + Math.min(8, place.width / 2), place.top + place.height / 2]})()"
        )
        self.ask("Input.dispatchMouseEvent", type="mouseMoved", x=left, y=top)
        for what in ("mousePressed", "mouseReleased") if click else ():
            self.ask("Input.dispatchMouseEvent", type=what, x=left, y=top, button="left", clickCount=1)

    def picture(self, out: Path) -> bytes:
        """What is seen, as PNG."""
        found = base64.b64decode(self.ask("Page.captureScreenshot", format="png")["data"])
        out.write_bytes(found)
        return found

    def printed(self) -> bytes:
        """The page as PDF."""
        return base64.b64decode(self.ask("Page.printToPDF", printBackground=False)["data"])

    def close(self) -> None:
        """Let the browser go."""
        self._to.close()
        self._back.close()


@contextmanager
def browser() -> Iterator[Browser]:
    """A browser, open while the block runs; the test is skipped where there is none."""
    found = next(filter(None, map(shutil.which, _NAMES)), None)
    if found is None:
        pytest.skip("needs Chromium on the path")
    to_read, to_write = os.pipe()
    back_read, back_write = os.pipe()
    # The browser reads commands from its third descriptor and answers on its fourth.
    theirs = [fcntl.fcntl(one, fcntl.F_DUPFD, 10) for one in (to_read, back_write)]

    def hand_over() -> None:
        os.dup2(theirs[0], 3)
        os.dup2(theirs[1], 4)

    with tempfile.TemporaryDirectory() as home:
        words = ["--headless=new", "--remote-debugging-pipe", "--disable-gpu", "--no-first-run"]
        words += ["--no-sandbox"] if os.geteuid() == 0 else []
        running = subprocess.Popen(
            [found, *words, f"--user-data-dir={home}/profile"],
            pass_fds=(3, 4),
            preexec_fn=hand_over,  # noqa: PLW1509  # no thread of ours runs while a test starts its browser
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            env={**os.environ, "HOME": home, "DBUS_SESSION_BUS_ADDRESS": "disabled:"},
        )
        for one in (to_read, back_write, *theirs):
            os.close(one)
        page = Browser(to_write, back_read)
        try:
            yield page
            page._session = ""
            page.ask("Browser.close")
        finally:
            page.close()
            try:
                running.wait(timeout=20)
            except subprocess.TimeoutExpired:
                running.kill()
                running.wait()
