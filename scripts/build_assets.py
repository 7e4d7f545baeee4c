"""Builds what the reading room ships: the chart bundle, the flags, the borders and the type, from npm packages.

Run by hand when a version changes; the results are committed, so that neither building the wheel nor the room needs a
network: `python scripts/build_assets.py`. Needs node and npm.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
import tomllib
from pathlib import Path

import pycountry

from detente.refdata.states import State, load_states

ROOT = Path(__file__).resolve().parent.parent
OURS = ROOT / "scripts" / "assets"
SITE = ROOT / "src" / "detente" / "site"
STATIC = SITE / "static"
PACKAGES = {
    "vega": "6.4.0",
    "vega-lite": "6.4.3",
    "vega-interpreter": "2.3.2",
    "flag-icons": "7.5.0",
    "world-atlas": "2.0.2",
    "@fontsource/eb-garamond": "5.3.0",
}
TOOLS = {
    "esbuild": "0.28.2",
    "d3-geo": "3.1.2",
    "topojson-client": "3.1.0",
    "topojson-server": "3.0.1",
    "topojson-simplify": "3.0.3",
    "polygon-clipping": "0.15.7",
}
FONTS = ("latin-400-normal", "latin-400-italic", "latin-600-normal", "latin-ext-400-normal")
OUTLINES_FROM = "1816-01-01"
KOSOVO = "Kosovo"


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        fetch(work)
        build_chart(work)
        build_flags(work)
        build_borders(work)
        copy_fonts(work)
        write_licences(work)


def fetch(work: Path) -> None:
    wanted = {**PACKAGES, **TOOLS}
    (work / "package.json").write_text(json.dumps({"private": True, "dependencies": wanted}))
    subprocess.run(["npm", "install", "--ignore-scripts", "--no-audit", "--no-fund"], cwd=work, check=True)


def build_chart(work: Path) -> None:
    shutil.copy(OURS / "chart.js", work / "chart.js")
    command = ["node_modules/.bin/esbuild", "chart.js", "--bundle", "--minify", "--format=esm", "--legal-comments=none"]
    subprocess.run([*command, f"--outfile={STATIC / 'chart.js'}"], cwd=work, check=True)


def build_flags(work: Path) -> None:
    """Copy the flags of the states of today and write the dated table of all."""
    given = work / "node_modules" / "flag-icons" / "flags" / "4x3"
    table: dict[str, list[list[str]]] = tomllib.loads((OURS / "flags.toml").read_text("utf-8"))
    for each in load_states():
        code = next((spell.value.lower() for spell in reversed(each.iso2) if spell.end is None), None)
        if code and (given / f"{code}.svg").exists():
            rows = table.setdefault(each.stateabb, [])
            if not rows or rows[-1][3]:
                rows.append([f"{code}.svg", each.name, _day_after(rows[-1][3]) if rows else "", ""])
    for rows in table.values():
        for file, *_ in rows:
            if "/" not in file:
                shutil.copy(given / file, STATIC / "flags" / file)
    (SITE / "flags" / "flags.toml").write_text(_write_flags(table), "utf-8")


def _day_after(text: str) -> str:
    import datetime

    return (datetime.date.fromisoformat(text) + datetime.timedelta(days=1)).isoformat()


def _write_flags(table: dict[str, list[list[str]]]) -> str:
    lines = ["# Made by scripts/build_assets.py from scripts/assets/flags.toml and flag-icons; edit those."]
    for code, rows in sorted(table.items()):
        key = code if code.isalnum() else json.dumps(code, ensure_ascii=False)
        for file, name, first, last in rows:
            lines += ["", f"[[{key}]]", f"file = {json.dumps(file)}", f"name = {json.dumps(name, ensure_ascii=False)}"]
            lines += [f"from = {json.dumps(first)}", f"to = {json.dumps(last)}"]
    return "\n".join(lines) + "\n"


def build_borders(work: Path) -> None:
    """Write the plan of all shapes, have them drawn, and keep the TopoJSON, the drawings and the list of them."""
    shutil.copy(OURS / "shapes.mjs", work / "shapes.mjs")
    (work / "plan.json").write_text(json.dumps(plan_borders(work)))
    written = (STATIC / "borders.topojson", STATIC / "borders.svg", SITE / "maps" / "shapes.json")
    command = ["node", "shapes.mjs", "plan.json", *(str(path) for path in written)]
    subprocess.run(command, cwd=work, check=True)


def plan_borders(work: Path) -> list[dict[str, object]]:
    """Return the shapes to draw: those of today, each while no former shape holds its land, then the former."""
    former = tomllib.loads((OURS / "borders.toml").read_text("utf-8"))["former"]
    atlas = json.loads((work / "node_modules/world-atlas/countries-50m.json").read_text("utf-8"))
    plan: list[dict[str, object]] = []
    for geometry in atlas["objects"]["countries"]["geometries"]:
        name = geometry["properties"]["name"]
        key = geometry.get("id") or name
        if key == "010":
            continue
        found = _state_of(key)
        held = sorted((row["from"], row["to"]) for row in former if key in row["parts"])
        for first, last in _gaps(list(dict.fromkeys(held))):
            code, called = (found.stateabb, found.name) if found else ("", name)
            plan.append({"code": code, "name": called, "parts": [key], "from": first, "to": last, "note": ""})
    return plan + former


def _gaps(held: list[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return the spells from the first outline on that `held` leaves free; an open end is ""."""
    import datetime

    gaps, start = [], OUTLINES_FROM
    for first, last in held:
        before = (datetime.date.fromisoformat(first) - datetime.timedelta(days=1)).isoformat()
        if start <= before:
            gaps.append((start, before))
        start = max(start, _day_after(last))
    return [*gaps, (start, "")]


def _state_of(key: str) -> State | None:
    """Return the state of today that an ISO 3166-1 numeric code (or the name Kosovo) stands for."""
    if key == KOSOVO:
        return next(each for each in load_states() if each.stateabb == "KOS")
    country = pycountry.countries.get(numeric=key)
    if country is None:
        return None
    for each in load_states():
        if any(spell.end is None and spell.value == country.alpha_3 for spell in each.iso3) and each.stateabb not in (
            "GFR",
        ):
            return each
    return None


def copy_fonts(work: Path) -> None:
    (STATIC / "fonts").mkdir(exist_ok=True)
    for face in FONTS:
        file = f"eb-garamond-{face}.woff2"
        shutil.copy(work / "node_modules/@fontsource/eb-garamond/files" / file, STATIC / "fonts" / file)


def write_licences(work: Path) -> None:
    """Write the licences of everything that is shipped, the chart bundle's own parts among them."""
    bundled = sorted(
        path.parent.name
        for path in (work / "node_modules").glob("*/package.json")
        if path.parent.name.startswith(("vega", "d3-"))
        or path.parent.name in ("internmap", "delaunator", "robust-predicates")
    )
    parts = []
    for package in dict.fromkeys([*PACKAGES, *bundled]):
        folder = work / "node_modules" / package
        if not folder.exists():
            continue
        about = json.loads((folder / "package.json").read_text("utf-8"))
        text = next((path.read_text("utf-8") for path in sorted(folder.glob("LICENSE*"))), "")
        parts.append(f"{package} {about['version']} ({about.get('license', '')})\n\n{text.strip()}\n")
    (STATIC / "LICENSES.txt").write_text(("\n" + "-" * 78 + "\n\n").join(parts), "utf-8")


if __name__ == "__main__":
    sys.exit(main())
