"""The room in a real browser: Debian's chromium, found at CHROMIUM or /usr/bin/chromium."""

from __future__ import annotations

import json
import os
import re
import shutil
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
import uvicorn

from detente.site import Settings, make_app
from detente.site.accounts import add_account
from detente.site.app import PAGES

from .conftest import PASSWORD

playwright = pytest.importorskip("playwright.sync_api", reason="playwright is not installed")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM.exists() and not os.environ.get("CI"), reason=f"no browser at {CHROMIUM}"),
]
AXE = os.environ.get("AXE")  # the file axe.min.js of the npm package axe-core, fetched in CI


PATHS = [
    *(page.path for page in PAGES), "/api", "/search?q=war", "/search?q=xyzzy", "/map?on=1979-10-15&of=CHN&with=RUS",
    "/dyads/{pair}?on=1979-10-15", "/states/NATO", "/events/{id}/correction", "/ties/{id}/correction", "/proposals",
    "/states/Atlantis", "/dyads/CHN-RUS?on=1979-02-30",
]  # fmt: skip
"""Every kind of page; what stands in braces is filled in by `address_of`."""
Visit = Callable[..., playwright.Page]
FILLED = {"{code}": "RUS", "{pair}": "CHN-RUS", "{type}": "CONSULT"}


@contextmanager
def serving(record: Path, settings: Settings) -> Iterator[str]:
    app = make_app(record, settings)
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
def site(record_file: Path) -> Iterator[str]:
    with serving(record_file, Settings()) as address:
        yield address


@pytest.fixture(scope="module")
def review_site(record_file: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("review")
    shutil.copy(record_file, folder / "record.duckdb")
    add_account(folder / "accounts.json", "Ada", PASSWORD)
    with serving(folder / "record.duckdb", Settings(review=True, accounts=folder / "accounts.json")) as address:
        yield address


@pytest.fixture(scope="module")
def browser() -> Iterator[playwright.Browser]:
    with playwright.sync_playwright() as run:
        yield run.chromium.launch(executable_path=str(CHROMIUM), args=["--no-sandbox", "--disable-gpu"])


@pytest.fixture
def visit(browser: playwright.Browser) -> Iterator[Visit]:
    """What opens a page of a new context; all are closed after the test."""
    contexts = []

    def open_page(**options: Any) -> playwright.Page:
        contexts.append(browser.new_context(**options))
        return contexts[-1].new_page()

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("scripts", [True, False])
def test_search_leads_to_the_quote_in_three_clicks(visit: Visit, site: str, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(site)
    page.fill("#q", "border")
    page.click(".search button")
    page.click(".tally a:text-is('events')")
    page.click(".found a >> nth=0")
    assert page.locator("#words mark").count() == 1


@pytest.mark.parametrize(("key", "day"), [("Home", "1949-01-01"), ("End", "1989-12-31")])
def test_the_slider_moves_the_day_the_chart_and_what_stands(visit: Visit, site: str, key: str, day: str) -> None:
    page = visit()
    page.goto(f"{site}/dyads/CHN-RUS?on=1965-06-01")
    marker = page.get_attribute(".bars .marker", "x1")
    page.focus("#slide")
    page.keyboard.press(key)
    page.wait_for_url(re.compile(f"on={day}"))
    assert day[:4] in page.inner_text("#standing-title")
    assert page.get_attribute(".bars .marker", "x1") != marker
    with urllib.request.urlopen(f"{site}/dyads/CHN-RUS.json?on={day}") as answer:
        told = json.load(answer)
    stood = [tie["tie_id"] for part in ("standing", "asked", "tabled") for tie in told[part]]
    shown = page.locator("#standing .ties a").evaluate_all("all => all.map(a => a.pathname.split('/').pop())")
    assert shown == stood and bool(stood) == (key == "End")
    assert page.evaluate("document.activeElement.id") == "slide"


def test_the_keyboard_alone_reaches_the_content(visit: Visit, site: str) -> None:
    page = visit()
    page.goto(site)
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.className") == "skip"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('main') !== null")


@pytest.mark.parametrize("scripts", [True, False])
def test_the_chart_the_day_and_the_chronology_of_a_dyad_agree(visit: Visit, site: str, scripts: bool) -> None:
    page = visit(java_script_enabled=scripts)
    page.goto(f"{site}/dyads/CHN-RUS?on=1972-06-01")
    page.locator("details summary").first.click()
    table = page.locator(".bars tbody tr").evaluate_all("all => all.map(row => [...row.cells].map(c => c.textContent))")
    years = {int(year): sum(int(count) for count in counts if count.strip().isdigit()) for year, *counts in table}
    told = [int(day[:4]) for day in page.locator(".chronology time").evaluate_all("all => all.map(t => t.dateTime)")]
    assert {year: told.count(year) for year in years} == years
    bars = page.locator(".bars path title").evaluate_all(
        "all => all.map(t => t.textContent.match(/\\d+/g).map(Number))"
    )
    assert {year: sum(count for of, count in bars if of == year) for year in years} == years
    assert "1 June 1972" in page.inner_text("#standing-title")
    page.fill("#on", "1955-01-01")
    page.click(".day button")
    page.wait_for_url(re.compile("on=1955-01-01"))
    assert "1 January 1955" in page.inner_text("#standing-title")
    assert "alliance" in page.inner_text("#standing").lower()


def test_a_treaty_is_found_and_read_by_the_keyboard_alone(visit: Visit, site: str) -> None:
    page = visit()
    page.goto(site)
    reach(page, "document.activeElement.id === 'q'")
    page.keyboard.type("border")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/search"))
    reach(page, "document.activeElement.closest('.found') && document.activeElement.pathname.startsWith('/events/')")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/events/"))
    reach(page, "document.activeElement.pathname?.startsWith('/dyads/')")
    assert page.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"


def reach(page: playwright.Page, there: str, most: int = 150) -> None:
    """Press Tab until `there` holds of the element in focus."""
    for _ in range(most):
        page.keyboard.press("Tab")
        if page.evaluate(f"Boolean({there})"):
            return
    raise AssertionError(f"{there}: not reached by {most} tabs from {page.url}")


@pytest.mark.parametrize("path", PATHS)
def test_a_page_without_scripts_says_the_same(visit: Visit, site: str, path: str) -> None:
    said = []
    for scripts in (True, False):
        page = visit(java_script_enabled=scripts)
        page.goto(site + address_of(site, path))
        said.append([page.locator(f"main {part}").all_inner_texts() for part in ("h1, h2", "a", "td", "blockquote")])
    assert said[0] == said[1]


@pytest.mark.parametrize("width", [390, 1280])
@pytest.mark.parametrize("path", PATHS)
def test_no_page_scrolls_aside(visit: Visit, site: str, path: str, width: int) -> None:
    page = visit(viewport={"width": width, "height": 800})
    page.goto(site + address_of(site, path))
    keep_picture(page, path, width)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.skipif(not AXE, reason="AXE does not name axe.min.js")
@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 390)])
def test_axe_finds_nothing_serious(visit: Visit, site: str, path: str, scheme: str, width: int) -> None:
    page = visit(bypass_csp=True, color_scheme=scheme, viewport={"width": width, "height": 800})
    page.goto(site + address_of(site, path))
    keep_picture(page, f"{path} {scheme}", width) if scheme == "dark" else None
    assert list_serious(page) == []


@pytest.mark.parametrize("path", PATHS)
def test_a_page_asks_nothing_of_other_hosts_and_breaks_no_rule_of_its_own(visit: Visit, site: str, path: str) -> None:
    page, asked, said = visit(), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    answer = page.goto(site + address_of(site, path), wait_until="networkidle")
    assert [url for url in asked if not url.startswith(site)] == []
    assert answer.status >= 400 or said == []


@pytest.mark.parametrize("path", ["/", "/dyads/{pair}"])
def test_a_first_page_is_light(visit: Visit, site: str, path: str) -> None:
    page, sizes, addresses = visit(), {}, {}
    network = page.context.new_cdp_session(page)
    network.send("Network.enable")
    network.on("Network.responseReceived", lambda told: addresses.update({told["requestId"]: told["response"]["url"]}))
    network.on("Network.loadingFinished", lambda told: sizes.update({told["requestId"]: told["encodedDataLength"]}))
    page.goto(site + address_of(site, path), wait_until="networkidle")
    assert len(sizes) > 5 and sum(sizes[each] for each in sizes if "/flags/" not in addresses[each]) < 100_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_chart_is_explored_without_other_hosts(visit: Visit, site: str, scheme: str) -> None:
    page, asked, said = visit(color_scheme=scheme), [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{site}/dyads/CHN-RUS")
    page.click("text=Explore this chart")
    page.wait_for_selector(".vega canvas")
    keep_picture(page, f"chart explored {scheme}", 1280)
    assert page.get_attribute(".vega", "aria-label") and page.evaluate("document.activeElement !== document.body")
    assert ([url for url in asked if not url.startswith(site)], said) == ([], [])


def test_no_page_moves_for_those_who_ask_for_stillness(visit: Visit, site: str) -> None:
    page = visit(reduced_motion="reduce")
    page.goto(f"{site}/dyads/CHN-RUS")
    moving = "[...document.querySelectorAll('*')].filter(e => parseFloat(getComputedStyle(e).transitionDuration) > 0)"
    assert page.evaluate(f"{moving}.length + document.getAnimations().length") == 0


@pytest.mark.parametrize(("width", "scripts"), [(1280, True), (390, False)])
def test_a_correction_is_suggested_accepted_and_taken_back(
    visit: Visit, review_site: str, width: int, scripts: bool
) -> None:
    page = visit(bypass_csp=True, java_script_enabled=scripts, viewport={"width": width, "height": 800})
    event = review_site + address_of(review_site, "/events/{id}")

    def look(name: str) -> None:
        keep_picture(page, name, width)
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert not (scripts and AXE) or list_serious(page) == []

    page.goto(event)
    page.click("text=Suggest a correction")
    page.select_option("#field", "status")
    page.fill("#value", "certain")
    page.fill("#why", "The treaty was never carried out.")
    page.fill("#who", "A reader")
    page.click("main button")
    assert page.input_value("#why") == "The treaty was never carried out."
    look("suggestion refused")
    page.fill("#value", "planned" if scripts else "hypothetical")
    page.click("main button")
    look("event with a proposal")
    assert "Proposed — status" in page.inner_text("#history")
    page.goto(f"{review_site}/sign-in")
    look("sign in")
    page.fill("#name", "Ada")
    page.fill("#password", PASSWORD)
    page.click("main button")
    look("proposals")
    page.locator("input[name=why]").first.fill("Checked against the text.")
    page.locator("button[value=accepted]").first.click()
    page.goto(event)
    look("event corrected")
    assert "planned" in page.inner_text(".corrected") or "hypothetical" in page.inner_text(".corrected")
    page.goto(f"{review_site}/proposals")
    look("proposals accepted")
    page.locator("input[name=why]").first.fill("It was carried out after all.")
    page.click("text=Take back")
    page.goto(event)
    look("event taken back")
    assert page.locator(".corrected").count() == 0


def address_of(site: str, path: str) -> str:
    """Return `path` with what stands in braces filled in from the record: for an id that of the first of its kind."""
    for name, value in FILLED.items():
        path = path.replace(name, value)
    if "{id}" in path:
        kind = path.split("/")[1]
        with urllib.request.urlopen(f"{site}/{kind}.json") as answer:
            path = path.replace("{id}", json.load(answer)["rows"][0][f"{kind[:-1]}_id"])
    return path


def keep_picture(page: playwright.Page, name: str, width: int) -> None:
    if folder := os.environ.get("SCREENSHOTS"):
        name = re.sub(r"[^a-zA-Z]+", "-", name).strip("-") or "home"
        page.screenshot(path=Path(folder) / f"{name}-{width}.png", full_page=True)


def list_serious(page: playwright.Page) -> list[tuple[str, str]]:
    """Return the serious findings of axe-core on a page: the rule and the first element."""
    page.add_script_tag(path=AXE)
    found = page.evaluate(
        "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa'], "
        "rules: {'target-size': {enabled: true}}})"
    )
    return [
        (each["id"], each["nodes"][0]["html"][:120])
        for each in found["violations"]
        if each["impact"] in ("serious", "critical")
    ]
