// Makes the map: reads the plan (argv[2]: what is joined or cut, with days and codes), writes TopoJSON with days
// (argv[3]), the same shapes projected as one SVG that pages draw from (argv[4]), and the list of them (argv[5]).
import { readFileSync, writeFileSync } from "node:fs";
import { geoArea, geoEqualEarth, geoPath } from "d3-geo";
import clipping from "polygon-clipping";
import { feature, merge } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, simplify, sphericalTriangleArea } from "topojson-simplify";
import { createRequire } from "node:module";

const { intersection, difference } = clipping;
const [, , planFile, topoFile, spriteFile, shapesFile] = process.argv;
const plan = JSON.parse(readFileSync(planFile, "utf8"));
const atlas = createRequire(import.meta.url)("world-atlas/countries-50m.json");
const projection = geoEqualEarth().fitExtent([[2, 2], [998, 485]], { type: "Sphere" });
// The projection keeps areas, so a square unit of the map is the same number of steradians everywhere: a corner goes
// where the triangle it makes is smaller than DETAIL square units, and an islet where the whole of it is below ISLET.
const UNIT = 1 / projection.scale() ** 2;
const DETAIL = 0.05, ISLET = 0.12, DIGITS = 1;
const world = simplify(presimplify(atlas, sphericalTriangleArea), DETAIL * UNIT);
const geometries = world.objects.countries.geometries.filter((each) => each.id !== "010");
const keyOf = (each) => each.id ?? each.properties.name;
const polygons = (geometry) => (geometry.type === "Polygon" ? [geometry.coordinates] : geometry.coordinates);

function shapeOf(entry) {
  const parts = geometries.filter((each) => entry.parts.includes(keyOf(each)));
  if (!parts.length) return null;
  let geometry = parts.length === 1 ? feature(world, parts[0]).geometry : merge(world, parts);
  // A cut keeps what lies within (or without) a ring drawn by hand; d3 wants outer rings clockwise, the clipper does not care.
  if (entry.within) geometry = { type: "MultiPolygon", coordinates: clockwise(intersection(polygons(geometry), [entry.within])) };
  if (entry.without) geometry = { type: "MultiPolygon", coordinates: clockwise(difference(polygons(geometry), [entry.without])) };
  return withoutIslets(geometry);
}

// The largest piece stays, however small: every state is on the map.
function withoutIslets(geometry) {
  const pieces = polygons(geometry).map((rings) => ({ rings, area: geoArea({ type: "Polygon", coordinates: [rings[0]] }) / UNIT }));
  const largest = Math.max(...pieces.map((piece) => piece.area));
  const kept = pieces.filter((piece) => piece.area >= ISLET || piece.area === largest);
  return { type: "MultiPolygon", coordinates: kept.map((piece) => piece.rings) };
}

const area = (ring) => ring.reduce((sum, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return sum + (u - x) * (v + y); }, 0);
const clockwise = (many) => many.map((rings) => rings.map((ring, i) => ((area(ring) > 0) === (i === 0) ? ring : [...ring].reverse())));

// Path data as steps in whole tenths of a unit: no decimal points, no absolute places, no step that does not move.
const drawer = geoPath(projection).digits(DIGITS);
function stepsOf(geometry) {
  const drawn = drawer(geometry);
  if (!drawn) return "";
  let at = [0, 0], text = "";
  for (const ring of drawn.split("Z").filter(Boolean)) {
    const points = ring.slice(1).split("L").map((pair) => pair.split(",").map((number) => Math.round(number * 10 ** DIGITS)));
    const steps = [];
    let here = at;
    for (const point of points) {
      const step = [point[0] - here[0], point[1] - here[1]];
      if (!steps.length || step[0] || step[1]) steps.push(step);
      here = point;
    }
    if (steps.length < 3) continue;
    text += `m${steps.flat().join(" ").replaceAll(" -", "-")}z`;
    at = points[0];
  }
  return text;
}

// A land too small to have an outline is a dot, a unit across.
function isDot(geometry) {
  const [[left, top], [right, bottom]] = drawer.bounds(geometry);
  return Math.max(right - left, bottom - top) < 0.8 || !stepsOf(geometry);
}

function dotOf(geometry) {
  const [x, y] = drawer.centroid(geometry).map((number) => Math.round(number * 10 ** DIGITS));
  return `m${x - 5} ${y}l5-5 5 5-5 5z`;
}

const features = [], shapes = [], drawings = new Map();
for (const entry of plan) {
  const geometry = shapeOf(entry);
  if (!geometry) { console.error(`no outline: ${entry.name}`); continue; }
  const properties = { code: entry.code, name: entry.name, from: entry.from, to: entry.to, note: entry.note };
  features.push({ type: "Feature", properties, geometry });
  const drawn = isDot(geometry) ? dotOf(geometry) : stepsOf(geometry);
  if (!drawings.has(drawn)) drawings.set(drawn, `s${drawings.size}`);
  shapes.push({ shape: drawings.get(drawn), ...properties });
}
const quantized = topology({ borders: { type: "FeatureCollection", features } }, 1e4);
writeFileSync(topoFile, JSON.stringify(quantized) + "\n");
const scale = `scale(${10 ** -DIGITS})`;
const paths = [...drawings].map(([drawn, id]) => `<path id="${id}" transform="${scale}" vector-effect="non-scaling-stroke" d="${drawn}"/>`);
writeFileSync(spriteFile, `<svg xmlns="http://www.w3.org/2000/svg">\n${paths.join("\n")}\n</svg>\n`);
writeFileSync(shapesFile, JSON.stringify({ shapes }).replaceAll('{"shape"', '\n{"shape"') + "\n");
