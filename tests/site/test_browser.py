"""The room in a real browser: Debian's chromium, found at CHROMIUM or /usr/bin/chromium."""

from __future__ import annotations

import os
import re
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason=f"no browser at {CHROMIUM}"),
]
AXE = os.environ.get("AXE")  # the file axe.min.js of the npm package axe-core, fetched in CI


@pytest.fixture(scope="module")
def site(record_file: Path) -> Iterator[str]:
    import uvicorn

    from detente.site import make_app

    app = make_app(record_file)
    server = uvicorn.Server(uvicorn.Config(app, port=0, log_level="error"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    yield f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
    server.should_exit = True
    thread.join(5)
    app.state.room.record.close()


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as run:
        yield run.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])


@pytest.mark.parametrize("scripts", [True, False])
def test_search_leads_to_the_quote_in_three_clicks(browser: playwright.Browser, site: str, scripts: bool) -> None:
    page = browser.new_context(java_script_enabled=scripts).new_page()
    page.goto(site)
    page.fill("#q", "border")
    page.click(".search button")
    page.click(".tally a:text-is('events')")
    page.click(".found a >> nth=0")
    assert page.locator("#words mark").count() == 1


def test_the_slider_moves_the_day_and_what_stands(browser: playwright.Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(f"{site}/dyads/CHN-RUS?on=1949-06-01")
    page.focus("#slide")
    page.keyboard.press("End")
    page.wait_for_url(re.compile("on=1989-12-31"))
    assert "31 December 1989" in page.inner_text("#standing-title")


def test_the_keyboard_alone_reaches_the_content(browser: playwright.Browser, site: str) -> None:
    page = browser.new_page()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("path", ["/", "/states", "/states/RUS", "/dyads/CHN-RUS", "/map", "/network", "/search?q=war"])
def test_a_phone_shows_each_page_without_scrolling_aside(browser: playwright.Browser, site: str, path: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 800})
    page.goto(site + path)
    if folder := os.environ.get("SCREENSHOTS"):
        page.screenshot(
            path=f"{folder}/{re.sub(r'[^a-zA-Z]+', '-', path).strip('-') or 'home'}-390.png", full_page=True
        )
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


@pytest.mark.skipif(not AXE, reason="AXE does not name axe.min.js")
@pytest.mark.parametrize("path", ["/", "/states", "/states/RUS", "/dyads/CHN-RUS", "/map", "/network", "/search?q=war"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_serious(browser: playwright.Browser, site: str, path: str, scheme: str) -> None:
    page = browser.new_context(bypass_csp=True, color_scheme=scheme).new_page()
    page.goto(site + path)
    page.add_script_tag(path=AXE)
    found = page.evaluate("axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21aa', 'wcag22aa']})")
    serious = [
        (each["id"], each["nodes"][0]["html"][:120])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
    assert serious == []
