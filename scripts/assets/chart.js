// Draws a Vega-Lite specification. Expressions are interpreted, not compiled, so that the page needs no eval.
import { View, parse } from "vega";
import { expressionInterpreter } from "vega-interpreter";
import { compile } from "vega-lite";

export async function draw(specification, place) {
  const dark = matchMedia("(prefers-color-scheme: dark)").matches;
  const ink = dark ? "#ebe4d6" : "#211c15";
  const font = "EB Garamond, Georgia, serif";
  const config = {
    font,
    background: dark ? "#17140f" : "#fbf8f1",
    axis: { labelColor: ink, titleColor: ink, gridColor: dark ? "#423a2d" : "#d9d0bd", labelFontSize: 14, titleFontSize: 14 },
    legend: { labelColor: ink, labelFontSize: 14 },
    view: { stroke: null },
  };
  const width = place.clientWidth;
  const { spec } = compile({ ...specification, width, background: config.background }, { config });
  const view = new View(parse(spec, null, { ast: true }), {
    expr: expressionInterpreter,
    renderer: "canvas",
    container: place,
    hover: true,
    loader: { load: () => Promise.reject(new Error("the chart loads nothing")), sanitize: () => Promise.reject(new Error("no links")) },
  });
  view.tooltip((handler, event, item, value) => {
    place.title = value ? Object.entries(value).map(([name, each]) => `${name}: ${each}`).join(", ") : "";
  });
  await view.runAsync();
}
