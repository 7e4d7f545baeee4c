"""How long a dyad page takes with 16 clients, beside the static file that the same server sends; and the first page.

usage: bench_site.py RECORD [--settle SECONDS] [--write docs/reading-room.md] [--name site]

Asks first, for --settle seconds after the room opened, nothing: it then lays out the pages of the dyads with the most
events. Then the pages of 200 of these; of 600 dyads drawn from the rest, each new (nothing kept); of the 200 again,
each new under another address; once more, from the shelf; and alone, on a day within the record. The clients run on the
same cores as the server, which has a process for each. Given: milliseconds at the median and the 95th percentile, and
the ratio to the static file; and kilobytes of the first page, without flags. With --write the table goes between
`<!-- table NAME -->` and `<!-- end -->`.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import statistics
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

from tables import make_table, put_table

from detente.site.asked import PAGE
from detente.site.giving import LAID_OUT

CLIENTS, PORT = 16, 8766


def main() -> None:
    """Open the room, ask, and print or write the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("record", type=Path)
    parser.add_argument("--write", type=Path)
    parser.add_argument("--name", default="site")
    parser.add_argument("--workers", type=int, default=os.cpu_count())
    parser.add_argument("--settle", type=float, default=40)
    given = parser.parse_args()
    command = [sys.executable, "-c", "from detente.cli import main; main()", "serve", str(given.record)]
    command += ["--port", str(PORT), "--workers", str(given.workers)]
    began = time.perf_counter()
    with subprocess.Popen(command, stdout=subprocess.DEVNULL) as server:
        try:
            wait()
            opened = time.perf_counter() - began
            time.sleep(given.settle)
            text = f"{ask_all()}\n\nThe room opened after {opened:.0f} seconds. {weigh_first_page()}"
        finally:
            server.terminate()
    put_table(given.name, text, given.write)


def ask_all() -> str:
    """Return the table of milliseconds."""
    busiest = [row["url"] for page in range(1, 5) for row in read_rows(page)]
    for _ in range(40):  # what each process loads at its first page of all
        get("/dyads/CHN-RUS")
    asked = {
        f"static file, {CLIENTS} clients": (["/static/room.css"] * 400, CLIENTS),
        f"dyad page, laid out ahead, {CLIENTS} clients": (busiest * 2, CLIENTS),
        f"dyad page, new, of a dyad drawn from the rest, {CLIENTS} clients": (draw_urls(600), CLIENTS),
        f"dyad page, new, of the busiest dyads, {CLIENTS} clients": ([f"{url}?page=1" for url in busiest], CLIENTS),
        f"dyad page, kept, {CLIENTS} clients": (busiest * 2, CLIENTS),
        "dyad page, new, on a day within, one client": ([f"{url}?on=1999-06-01" for url in busiest], 1),
    }
    rows, base = [], 0.0
    for name, (paths, clients) in asked.items():
        middle, late = measure(paths, clients)
        base = base or late
        rows.append((name, f"{middle:.0f}", f"{late:.0f}", f"{late / base:.1f}"))
    head = f"{count_events():,} events, {os.cpu_count()} cores"
    return make_table((head, "median, ms", "p95, ms", "p95, ratio"), rows)


def draw_urls(count: int) -> list[str]:
    """Return the pages of dyads that are not laid out ahead, drawn from all of them."""
    drawn = random.Random(1963)
    pages = drawn.sample(range(LAID_OUT // PAGE + 1, json.loads(get("/dyads.json"))["pages"]), 40)
    return drawn.sample([row["url"] for page in sorted(pages) for row in read_rows(page)], count)


def read_rows(page: int) -> list[dict[str, str]]:
    """Return a page of the list of dyads."""
    rows: list[dict[str, str]] = json.loads(get(f"/dyads.json?page={page}"))["rows"]
    return rows


def count_events() -> int:
    """Return the number of events that the first page tells of."""
    return int(json.loads(get("/index.json"))["events"])


def get(path: str) -> bytes:
    """Return what the room answers."""
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=120) as answer:
        body: bytes = answer.read()
    return body


def timed(path: str) -> float:
    """Return the milliseconds that an answer takes."""
    started = time.perf_counter()
    get(path)
    return (time.perf_counter() - started) * 1000


def measure(paths: list[str], clients: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of the milliseconds that `paths` take."""
    with ThreadPoolExecutor(clients) as pool:
        times = sorted(pool.map(timed, paths))
    return statistics.median(times), times[int(len(times) * 0.95)]


def weigh_first_page() -> str:
    """Return a sentence on the kilobytes of the first page."""
    names = ("room.css", "room.js", "mark.svg")
    text = sum(len(gzip.compress(get(path), 5)) for path in ("/", *(f"/static/{name}" for name in names)))
    faces = ("400-normal", "600-normal", "400-italic")
    fonts = sum(len(get(f"/static/fonts/eb-garamond-latin-{face}.woff2")) for face in faces)
    return f"Its first page is {text / 1000:.1f} kB of text and {fonts / 1000:.1f} kB of type, compressed."


def wait() -> None:
    """Wait until the room answers."""
    for _ in range(3000):
        try:
            get("/static/room.css")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the room did not open")


if __name__ == "__main__":
    main()
