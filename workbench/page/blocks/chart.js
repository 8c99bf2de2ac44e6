/** data_visualization: pie, bar, area and line as SVG, with the same figures in words. */
import { h, s, uid } from "../dom.js";

const WIDTH = 520;
const HEIGHT = 240;
const EDGE = { left: 44, right: 12, top: 12, bottom: 34 };
const STEPS = 4;

function tone(index) {
  return `tone-${index % 8}`;
}

function figure(value) {
  return new Intl.NumberFormat("en-US", { maximumFractionDigits: 2 }).format(value);
}

/** A round distance between grid lines, so that about STEPS of them cover `range`. */
function stride(range) {
  if (range <= 0) return 1;
  const least = range / STEPS;
  const power = 10 ** Math.floor(Math.log10(least));
  return [1, 2, 2.5, 5, 10].map((step) => step * power).find((step) => step >= least * 0.999);
}

function legend(names) {
  return h("ul", { class: "legend" }, names.map((name, at) => h("li", {}, s("svg", { viewBox: "0 0 10 10", width: 10, height: 10, "aria-hidden": "true" }, s("rect", { width: 10, height: 10, rx: 2, class: tone(at) })), name)));
}

function words(heads, rows) {
  return h(
    "details",
    { class: "figures" },
    h("summary", {}, "Show the figures"),
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, heads.map((head) => h("th", { scope: "col" }, head)))),
      h("tbody", {}, rows.map(([name, ...values]) => h("tr", {}, h("th", { scope: "row" }, name), values.map((value) => h("td", { class: "number" }, value))))),
    ),
  );
}

function drawing(title, description, ...children) {
  const titleId = uid("chart");
  const descriptionId = uid("chart");
  return s(
    "svg",
    { class: "drawing", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-labelledby": `${titleId} ${descriptionId}` },
    s("title", { id: titleId }, title),
    s("desc", { id: descriptionId }, description),
    ...children,
  );
}

function pie(block) {
  const { segments } = block.chart;
  const total = segments.reduce((sum, { value }) => sum + value, 0);
  const [x, y, radius] = [WIDTH / 2, HEIGHT / 2, HEIGHT / 2 - 14];
  let turned = -Math.PI / 2;
  const slices = segments.map(({ label, value }, at) => {
    const angle = (value / total) * Math.PI * 2;
    const from = [x + radius * Math.cos(turned), y + radius * Math.sin(turned)];
    turned += angle;
    const to = [x + radius * Math.cos(turned), y + radius * Math.sin(turned)];
    const shape =
      segments.length === 1
        ? s("circle", { cx: x, cy: y, r: radius, class: tone(at) })
        : s("path", { d: `M${x} ${y}L${from.join(" ")}A${radius} ${radius} 0 ${angle > Math.PI ? 1 : 0} 1 ${to.join(" ")}Z`, class: `slice ${tone(at)}` });
    shape.append(s("title", {}, `${label}: ${figure(value)}`));
    return shape;
  });
  const share = ({ label, value }) => [label, figure(value), `${Math.round((value / total) * 100)} %`];
  const said = segments.map((segment) => share(segment).join(" ")).join("; ");
  return [drawing(block.title, said, slices), legend(segments.map(({ label }) => label)), words(["", "Value", "Share"], segments.map(share))];
}

function valueAt(series, category) {
  return series.data.find((point) => point.label === category)?.value ?? 0;
}

function scaleOf(series) {
  const all = series.flatMap(({ data }) => data.map(({ value }) => value));
  const [high, low] = [Math.max(0, ...all), Math.min(0, ...all)];
  const step = stride(high - low);
  const top = Math.max(Math.ceil(high / step), low < 0 ? 0 : 1) * step;
  const bottom = Math.floor(low / step) * step;
  const space = HEIGHT - EDGE.top - EDGE.bottom;
  return { top, bottom, step, y: (value) => EDGE.top + ((top - value) / (top - bottom)) * space };
}

function axes(categories, scale, { x_label: xLabel, y_label: yLabel }) {
  const band = (WIDTH - EDGE.left - EDGE.right) / categories.length;
  const every = Math.ceil(categories.length / 8);
  const steps = Array.from({ length: Math.round((scale.top - scale.bottom) / scale.step) + 1 }, (_, at) => scale.bottom + scale.step * at);
  return [
    steps.map((value) => s("line", { class: Math.abs(value) < scale.step / 1e6 ? "grid zero" : "grid", x1: EDGE.left, x2: WIDTH - EDGE.right, y1: scale.y(value), y2: scale.y(value) })),
    steps.map((value) => s("text", { class: "tick", x: EDGE.left - 6, y: scale.y(value) + 4, "text-anchor": "end" }, figure(value))),
    categories.map((name, at) => (at % every ? null : s("text", { class: "tick", x: EDGE.left + band * (at + 0.5), y: HEIGHT - EDGE.bottom + 16, "text-anchor": "middle" }, name))),
    xLabel ? s("text", { class: "tick axis", x: WIDTH / 2, y: HEIGHT - 3, "text-anchor": "middle" }, xLabel) : null,
    yLabel ? s("text", { class: "tick axis", x: 10, y: HEIGHT / 2, "text-anchor": "middle", transform: `rotate(-90 10 ${HEIGHT / 2})` }, yLabel) : null,
  ];
}

function bars(series, categories, scale) {
  const band = (WIDTH - EDGE.left - EDGE.right) / categories.length;
  const width = (band * 0.7) / series.length;
  return series.flatMap((one, at) =>
    categories.map((category, place) => {
      const value = valueAt(one, category);
      const x = EDGE.left + band * (place + 0.15) + width * at;
      const y = Math.min(scale.y(value), scale.y(0));
      const bar = s("rect", { x, y, width: Math.max(width - 2, 1), height: Math.abs(scale.y(value) - scale.y(0)), rx: 2, class: tone(at) });
      bar.append(s("title", {}, `${one.name}, ${category}: ${figure(value)}`));
      return bar;
    }),
  );
}

function lines(series, categories, scale, filled) {
  const band = (WIDTH - EDGE.left - EDGE.right) / categories.length;
  return series.flatMap((one, at) => {
    const points = categories.map((category, place) => [EDGE.left + band * (place + 0.5), scale.y(valueAt(one, category))]);
    const path = points.map(([x, y], place) => `${place ? "L" : "M"}${x} ${y}`).join("");
    const floor = `L${points.at(-1)[0]} ${scale.y(0)}L${points[0][0]} ${scale.y(0)}Z`;
    return [
      filled ? s("path", { d: path + floor, class: `area ${tone(at)}` }) : null,
      s("path", { d: path, class: `line ${tone(at)}` }),
      ...points.map(([cx, cy], place) => s("circle", { cx, cy, r: 3, class: tone(at) }, s("title", {}, `${one.name}, ${categories[place]}: ${figure(valueAt(one, categories[place]))}`))),
    ];
  });
}

function plotted(block) {
  const { type, series, axis_config: config = {} } = block.chart;
  const categories = config.categories ?? series[0].data.map(({ label }) => label);
  const scale = scaleOf(series);
  const marks = type === "bar" ? bars(series, categories, scale) : lines(series, categories, scale, type === "area");
  const rows = categories.map((category) => [category, ...series.map((one) => figure(valueAt(one, category)))]);
  const said = rows.map(([name, ...values]) => `${name}: ${values.map((value, at) => `${series[at].name} ${value}`).join(", ")}`).join("; ");
  return [drawing(block.title, said, axes(categories, scale, config), marks), legend(series.map(({ name }) => name)), words([config.x_label ?? "", ...series.map(({ name }) => name)], rows)];
}

/** A chart. */
export function chart(block) {
  return h("figure", { class: "chart" }, h("figcaption", { class: "card-title" }, block.title), block.chart.type === "pie" ? pie(block) : plotted(block));
}
