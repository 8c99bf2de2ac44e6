/** The workbench's clock: shows its time in the viewer's zone, and moves it. */
import { post } from "./api.js";
import { announce } from "./announce.js";
import { h, swap } from "./dom.js";
import { icon } from "./icons.js";
import { unfold } from "./menu.js";
import { now, on, store, zone } from "./store.js";
import { filled } from "./text/dates.js";

const STEPS = [
  [60, "+1 min"],
  [900, "+15 min"],
  [3600, "+1 h"],
  [14400, "+4 h"],
  [86400, "+1 day"],
];
const UNITS = { s: 1, m: 60, min: 60, h: 3600, d: 86400 };

/** "90", "2h 30m", "1 day" -> seconds; null when it is none of these. */
export function duration(text) {
  const plain = text.trim().toLowerCase();
  if (/^\d+$/.test(plain)) return Number(plain);
  let total = 0;
  const rest = plain.replace(/(\d+(?:\.\d+)?)\s*(min|[smhd])[a-z]*/g, (_, size, unit) => {
    total += Number(size) * UNITS[unit];
    return "";
  });
  return rest.trim() || !total ? null : Math.round(total);
}

/** "+4 h 15 min" */
export function span(seconds) {
  const size = Math.round(Math.abs(seconds));
  const parts = [
    [Math.floor(size / 86400), "d"],
    [Math.floor((size % 86400) / 3600), "h"],
    [Math.floor((size % 3600) / 60), "min"],
  ].filter(([count]) => count);
  const text = parts.length ? parts.map(([count, unit]) => `${count} ${unit}`).join(" ") : `${size} s`;
  return `${seconds < 0 ? "−" : "+"}${text}`;
}

async function advance(seconds) {
  const answer = await post("clock", { advance_seconds: seconds });
  if (answer?.now) announce(`The clock was moved by ${span(seconds)}.`);
}

function panel(close) {
  const wrong = h("div", { class: "error", hidden: true, role: "alert" }, "Write for example 90, 45 min, 2h 30m or 1 day.");
  const custom = h("input", { type: "text", class: "field", placeholder: "2h 30m", "aria-label": "Move the clock by", testid: "clock-custom", autocomplete: "off" });
  const submit = (event) => {
    event.preventDefault();
    const seconds = duration(custom.value);
    wrong.hidden = seconds !== null;
    if (seconds === null) return void custom.focus();
    custom.value = "";
    advance(seconds);
  };
  return h(
    "div",
    { class: "menu clock-panel", role: "dialog", "aria-label": "Workbench clock", onkeydown: (event) => event.key === "Escape" && close() },
    h("p", { class: "clock-about" }, "Moves the time of the whole workbench, forwards only."),
    h("div", { class: "clock-steps" }, STEPS.map(([seconds, name]) => h("button", { type: "button", class: "button", testid: `clock-plus-${seconds}`, onclick: () => advance(seconds) }, name))),
    h("form", { class: "clock-custom", onsubmit: submit }, custom, h("button", { type: "submit", class: "button primary", testid: "clock-advance" }, "Move")),
    wrong,
  );
}

/** The clock in the top bar. */
export function clock() {
  const face = h("span", { class: "clock-face", testid: "clock-now" });
  const offset = h("span", { class: "clock-offset" });
  let open = null;
  const node = h("button", { type: "button", class: "quiet clock", testid: "clock", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: toggle }, icon("clock"), face, offset);
  function toggle() {
    if (open) return open.close();
    open = unfold(node, panel(() => open.close(true)), { end: true, onclose: () => (open = null) });
    open.node.querySelector("button").focus();
    return undefined;
  }
  function tick() {
    swap(face, h("span", { class: "clock-date" }, filled(now(), "{date_short} ")), filled(now(), "{time_secs}"));
    offset.textContent = Math.abs(store.clock.offset) >= 1 ? span(store.clock.offset) : "";
    node.title = `Workbench time in ${zone()}. Press to move it.`;
  }
  on("clock", tick);
  setInterval(tick, 1000);
  return node;
}
