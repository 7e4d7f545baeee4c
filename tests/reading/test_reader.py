"""Finding and fetching what is to be read."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from detente.errors import DocumentError
from detente.reading import find_documents, read_document
from detente.reading.download import download

PAGE = b"<html><body><h1>The quarrel</h1><p>Talks failed in May.</p></body></html>"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with documents, hidden files, other files and the files that coding leaves."""
    for name in ("b.txt", "a.html", "deep/c.xml", "deep/d.PDF", ".hidden.txt", ".git/e.txt", "f.png", "a.events.jsonl"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("Talks failed in May.")
    return tmp_path


def test_a_folder_gives_what_can_be_read(folder: Path) -> None:
    found = [str(Path(path).relative_to(folder)) for path in find_documents([folder])]
    assert found == ["a.html", "b.txt", "deep/c.xml", "deep/d.PDF"]


def test_files_globs_and_addresses_each_come_once(folder: Path) -> None:
    found = find_documents(
        [folder / "b.txt", f"{folder}/*.txt", f"{folder}/**/*.xml", "https://example.org/a", folder / "f.png"]
    )
    places = [path.removeprefix(f"{folder}/") for path in found]
    assert places == ["b.txt", "deep/c.xml", "https://example.org/a", "f.png"]


class Site(BaseHTTPRequestHandler):
    """A site with a page, a missing page, an endless page, a slow one, and ways that lead elsewhere."""

    def do_GET(self) -> None:
        """Answer by the path."""
        if self.path == "/file":
            self.send_response(302)
            self.send_header("Location", "file:///etc/passwd")
            self.end_headers()
            return
        if self.path == "/moved":
            self.send_response(301)
            self.send_header("Location", "/page.html")
            self.end_headers()
            return
        self.send_response(404 if self.path == "/none" else 200)
        self.end_headers()
        if self.path in ("/long", "/slow"):
            for _ in range(200):
                try:
                    self.wfile.write(b"x" * 1000)
                except OSError:
                    return
                if self.path == "/slow":
                    time.sleep(0.05)
        else:
            self.wfile.write(PAGE)

    def log_message(self, *args: object) -> None:
        """Say nothing."""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a site on this machine."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize("path", ["/page.html", "/moved"])
def test_a_page_is_fetched(site: str, path: str) -> None:
    [document] = read_document(f"{site}{path}")
    assert (document.text, document.title, document.source) == ("Talks failed in May.", "The quarrel", "127.0.0.1")


@pytest.mark.parametrize(
    ("path", "problem"),
    [
        ("/none", "answers 404"),
        ("/file", "file:///etc/passwd"),
        ("/long", "sends more than"),
        ("/slow", "takes too long to send"),
    ],
)
def test_what_cannot_be_fetched_is_said_in_one_line(site: str, path: str, problem: str) -> None:
    with pytest.raises(DocumentError, match=problem):
        download(f"{site}{path}", 100_000 if path == "/long" else 1_000_000, seconds=0.5)


@pytest.mark.parametrize("url", ["http://", "http://127.0.0.1:1/", "http://[bad/", "http://127.0.0.1:bad/"])
def test_addresses_that_lead_nowhere(url: str) -> None:
    with pytest.raises(DocumentError, match=r"^http"):
        download(url, 1000, seconds=2)
