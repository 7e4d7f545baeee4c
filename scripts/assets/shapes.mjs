// Makes the map: reads the plan (argv[2]: what is joined or cut, with days and codes), writes TopoJSON with days
// (argv[3]) and the same shapes projected to SVG paths (argv[4]).
import { readFileSync, writeFileSync } from "node:fs";
import { geoEqualEarth, geoPath } from "d3-geo";
import clipping from "polygon-clipping";
import { feature, merge } from "topojson-client";
import { topology } from "topojson-server";
import { presimplify, quantile, simplify } from "topojson-simplify";
import { createRequire } from "node:module";

const { intersection, difference } = clipping;
const [, , planFile, topoFile, shapesFile] = process.argv;
const plan = JSON.parse(readFileSync(planFile, "utf8"));
const atlas = createRequire(import.meta.url)("world-atlas/countries-50m.json");
const weighed = presimplify(atlas);
const world = simplify(weighed, quantile(weighed, 0.62));
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
  return geometry;
}

const area = (ring) => ring.reduce((sum, [x, y], i) => { const [u, v] = ring[(i + 1) % ring.length]; return sum + (u - x) * (v + y); }, 0);
const clockwise = (many) => many.map((rings) => rings.map((ring, i) => ((area(ring) > 0) === (i === 0) ? ring : [...ring].reverse())));

const projection = geoEqualEarth().fitExtent([[2, 2], [998, 485]], { type: "Sphere" });
const path = geoPath(projection).digits(1);
const features = [], shapes = [];
for (const entry of plan) {
  const geometry = shapeOf(entry);
  if (!geometry) { console.error(`no outline: ${entry.name}`); continue; }
  const properties = { code: entry.code, name: entry.name, from: entry.from, to: entry.to, note: entry.note };
  features.push({ type: "Feature", properties, geometry });
  const drawn = path(geometry);
  if (drawn) shapes.push({ ...properties, path: drawn });
}
const quantized = topology({ borders: { type: "FeatureCollection", features } }, 1e4);
writeFileSync(topoFile, JSON.stringify(quantized) + "\n");
writeFileSync(shapesFile, JSON.stringify({ shapes }, null, 0).replaceAll('{"code"', '\n{"code"') + "\n");
