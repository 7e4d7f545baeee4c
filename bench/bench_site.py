"""How long a dyad page takes with 16 clients, beside the static file that the same server sends; and the first page.

`python bench/bench_site.py RECORD` asks the 200 dyads with the most events in turn, each page new (nothing kept), then
again from the shelf. Prints milliseconds at the median and the 95th percentile, and the ratio to the static file.
"""

from __future__ import annotations

import gzip
import statistics
import subprocess
import sys
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

CLIENTS, PORT = 16, 8766


def main(record: str) -> None:
    command = [sys.executable, "-c", "from detente.cli import main; main()", "serve", record, "--port", str(PORT)]
    with subprocess.Popen(command) as server:
        try:
            wait()
            rows = [row for page in range(1, 5) for row in dyads(page)]
            get("/dyads/CHN-RUS")  # what is loaded at the first page of all
            static = measure("static file", ["/static/room.css"] * 400)
            for name in ("dyad, new", "dyad, kept"):
                ratio = measure(name, [row["url"] for row in rows]) / static
                print(f"  {ratio:.1f} times the static file at the 95th percentile")
            first_page()
        finally:
            server.terminate()


def dyads(page: int) -> list[dict[str, str]]:
    import json

    rows: list[dict[str, str]] = json.loads(get(f"/dyads.json?page={page}"))["rows"]
    return rows


def get(path: str) -> bytes:
    with urllib.request.urlopen(f"http://127.0.0.1:{PORT}{path}", timeout=120) as answer:
        body: bytes = answer.read()
    return body


def timed(path: str) -> float:
    started = time.perf_counter()
    get(path)
    return (time.perf_counter() - started) * 1000


def measure(name: str, paths: list[str]) -> float:
    """Print and return the 95th percentile of the milliseconds that `paths` take with 16 clients."""
    with ThreadPoolExecutor(CLIENTS) as pool:
        times = sorted(pool.map(timed, paths))
    late = times[int(len(times) * 0.95)]
    print(f"{name}: median {statistics.median(times):.0f} ms, p95 {late:.0f} ms of {len(times)}")
    return late


def first_page() -> None:
    names = ("room.css", "room.js", "mark.svg")
    text = sum(len(gzip.compress(get(path), 5)) for path in ("/", *(f"/static/{name}" for name in names)))
    fonts = sum(len(get(f"/static/fonts/eb-garamond-latin-{face}-normal.woff2")) for face in (400, 600))
    italic = len(get("/static/fonts/eb-garamond-latin-400-italic.woff2"))
    print(f"first page: {text / 1000:.1f} kB text, {(fonts + italic) / 1000:.1f} kB type, compressed, without flags")


def wait() -> None:
    for _ in range(600):
        try:
            get("/dyads.json")
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise SystemExit("the room did not open")


if __name__ == "__main__":
    main(sys.argv[1])
