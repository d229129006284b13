"""A named address is asked once, within limits of time and size, and nothing but the web is asked."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from annotator import __version__
from annotator.core.errors import BadInput
from annotator.formats.fetching import fetch
from annotator.formats.html_article import FORMAT
from tests.formats.article_reading import read_one

PAGE = "<html><head><title>Ferry</title></head><body><p>The ferry stops, sources said to Zoë.</p><img src='/pixel'></body></html>"
Answer = Callable[[BaseHTTPRequestHandler], object]


class Desk:
    """A small server on this machine, what it was asked, and what it answers where."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.headers: list[dict[str, str]] = []
        self.answers: dict[str, Answer] = {}
        self.closing = threading.Event()
        desk = self

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                desk.asked.append(self.path)
                desk.headers.append(dict(self.headers))
                desk.answers[self.path.partition("?")[0]](self)

            def log_message(self, format: str, *args: object) -> None:  # noqa: A002  http.server's own name
                """Say nothing."""

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.url = f"http://127.0.0.1:{self.server.server_address[1]}"

    def page(
        self, path: str, data: bytes, kind: str = "text/html; charset=utf-8", status: int = 200, **more: str
    ) -> str:
        def answer(handler: BaseHTTPRequestHandler) -> None:
            handler.send_response(status)
            for name, value in {"Content-Type": kind, "Content-Length": str(len(data)), **more}.items():
                if value:
                    handler.send_header(name.replace("_", "-"), value)
            handler.end_headers()
            handler.wfile.write(data)

        self.answers[path] = answer
        return self.url + path

    def redirect(self, path: str, to: str) -> str:
        return self.page(path, b"", status=302, Location=to)


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    thread = threading.Thread(target=desk.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield desk
    desk.closing.set()
    desk.server.shutdown()
    desk.server.server_close()
    thread.join()


def test_a_page_is_kept_with_its_address_and_nothing_else_is_asked(tmp_path: Path, desk: Desk):
    url = desk.page("/2025/11/20/ferry-stops.html", PAGE.encode())
    path = fetch(f" {url} ", tmp_path)
    assert path == tmp_path / "ferry-stops.html"
    record = read_one(FORMAT, path)
    assert (record.url, record.published) == (url, "2025-11-20")
    assert "sources said to Zoë" in (record.text or "")
    assert desk.asked == ["/2025/11/20/ferry-stops.html"]
    assert desk.headers[0]["User-Agent"] == f"Annotator/{__version__}"
    assert "Cookie" not in desk.headers[0]


def test_an_encoding_that_only_the_server_knows_is_kept(tmp_path: Path, desk: Desk):
    words = "Паром остановится в мае, сообщили два человека, знакомые с планом порта и города."
    url = desk.page(
        "/x", f"<html><body><p>{words}</p></body></html>".encode("koi8-r"), "text/html; charset=koi8-r"
    )
    record = read_one(FORMAT, fetch(url, tmp_path))
    assert (record.text, record.url) == (words, url)


@pytest.mark.parametrize(
    ("path", "kind", "data", "name"),
    [
        ("/report.PDF", "application/pdf", b"%PDF-1.4", "report.pdf"),
        ("/report", "", b"%PDF-1.4", "report.pdf"),
        ("/", "text/html", b"x", "127.0.0.1.html"),
        ("/..%2F..%2Fetc%2Fpasswd", "text/plain", b"x", "etc-passwd.txt"),
        ("/%D0%BF%D0%B0%D1%80%D0%BE%D0%BC/", "TEXT/HTML;charset=utf-8", b"x", "паром.html"),
        ("/" + "x" * 300, "text/html", b"x", "x" * 80 + ".html"),
        ("/feed", "application/rss+xml", b"x", "feed.xml"),
    ],
)
def test_the_name_of_the_file_is_safe_and_ends_as_what_it_is(
    tmp_path: Path, desk: Desk, path: str, kind: str, data: bytes, name: str
):
    assert fetch(desk.page(path, data, kind), tmp_path) == tmp_path / name


def test_a_second_page_of_one_name_leaves_the_first(tmp_path: Path, desk: Desk):
    url = desk.page("/ferry", b"words")
    assert [fetch(url, tmp_path).name for _ in range(3)] == ["ferry.html", "ferry-2.html", "ferry-3.html"]


def test_three_redirects_are_followed_and_the_last_address_is_kept(tmp_path: Path, desk: Desk):
    desk.page("/d", PAGE.encode())
    desk.redirect("/c", "/d")
    desk.redirect("/b", "c")
    url = desk.redirect("/a", f"{desk.url}/b")
    assert read_one(FORMAT, fetch(url, tmp_path)).url == f"{desk.url}/d"
    with pytest.raises(BadInput, match="from one address to the next more than 3 times"):
        fetch(desk.redirect("/z", "/a"), tmp_path)
    with pytest.raises(BadInput, match="from one address to the next more than 3 times"):
        fetch(desk.redirect("/loop", "/loop"), tmp_path)


@pytest.mark.parametrize("to", ["file:///etc/hostname", "ftp://far.example/x", "javascript:1", "http://[bad"])
def test_a_redirect_away_from_the_web_is_refused(tmp_path: Path, desk: Desk, to: str):
    with pytest.raises(BadInput, match="no address of the web"):
        fetch(desk.redirect("/away", to), tmp_path)


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/hostname",
        "ftp://far.example/x",
        "post.example/ferry",
        "http://",
        "https://post.example/a b",
        "http://post.example:99999/",
        "http://[bad/",
        "",
        "javascript:alert(1)",
    ],
)
def test_what_is_no_address_of_the_web_is_refused_without_asking(tmp_path: Path, url: str):
    with pytest.raises(BadInput, match="no address of the web"):
        fetch(url, tmp_path)


def test_a_page_that_is_too_large_is_refused_whether_it_says_so_or_not(tmp_path: Path, desk: Desk):
    says = desk.page("/says", b"x" * 2000)
    silent = desk.page("/silent", b"x" * 200_000, Content_Length="")
    for url in (says, silent):
        with pytest.raises(BadInput, match=r"has more than 0\.001 MB"):
            fetch(url, tmp_path, limit=1000)
    assert list(tmp_path.iterdir()) == []


def test_a_server_that_is_silent_or_drips_is_left_in_time(tmp_path: Path, desk: Desk):
    def drips(handler: BaseHTTPRequestHandler) -> None:
        handler.send_response(200)
        handler.end_headers()
        try:
            while not desk.closing.wait(0.02):
                handler.wfile.write(b"x")
                handler.wfile.flush()
        except OSError:
            return

    desk.answers.update({"/silent": lambda _: desk.closing.wait(10), "/drips": drips})
    for path in ("/silent", "/drips"):
        with pytest.raises(BadInput, match="did not answer in time"):
            fetch(desk.url + path, tmp_path, timeout=0.3)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("status", [400, 401, 404, 500, 304])
def test_an_answer_that_is_no_page_is_named(tmp_path: Path, desk: Desk, status: int):
    with pytest.raises(BadInput, match=f"answered {status}"):
        fetch(desk.page("/gone", b"", status=status), tmp_path)


def test_a_picture_an_empty_answer_and_nobody_there_are_refused(tmp_path: Path, desk: Desk):
    with pytest.raises(BadInput, match="is image/png, not a page"):
        fetch(desk.page("/picture", b"x", "image/png"), tmp_path)
    with pytest.raises(BadInput, match="answered with nothing"):
        fetch(desk.page("/empty", b""), tmp_path)
    desk.answers["/closed"] = lambda handler: handler.connection.close()
    with pytest.raises(BadInput, match="broke off"):
        fetch(f"{desk.url}/closed", tmp_path)
    with pytest.raises(BadInput, match="cannot be reached: there is no connection"):
        fetch("http://127.0.0.1:1/", tmp_path)


def test_a_folder_that_is_not_there_is_named(tmp_path: Path, desk: Desk):
    with pytest.raises(BadInput, match="cannot be kept"):
        fetch(desk.page("/ferry", b"x"), tmp_path / "gone")
