/** The drawer that shows all traffic between the workbench and its apps, as it happens. */
import { get } from "./api.js";
import { h, hidden, swap } from "./dom.js";
import { faults } from "./faults.js";
import { icon } from "./icons.js";
import { json } from "./json.js";
import { on, store } from "./store.js";
import { time } from "./text/dates.js";
import { tools } from "./tools.js";

const LIMIT = 3000;
const TIMED = new Set(["command", "action", "submission", "suggestion", "shortcut", "event"]);
const KINDS = ["command", "action", "submission", "event", "suggestion", "shortcut", "api", "response_url"];

function latency(entry) {
  if (entry.ms === null || entry.ms === undefined) return h("span", { class: "muted" }, "…");
  const share = Math.min(entry.ms / LIMIT, 1);
  const bar = h("span", { class: `bar${share > 0.8 ? " slow" : ""}`, "aria-hidden": "true" });
  bar.style.setProperty("--share", `${share * 100}%`);
  return [h("span", {}, `${Math.round(entry.ms)} ms`), TIMED.has(entry.kind) && entry.direction === "to_app" ? bar : null];
}

function isBad(entry) {
  const status = Number(entry.status);
  return Boolean(entry.findings?.length) || status >= 400 || entry.response?.ok === false || /timeout|failed|error/i.test(String(entry.status ?? ""));
}

function matches(entry, { kind, typed, bad }) {
  if (kind && entry.kind !== kind) return false;
  if (bad && !isBad(entry)) return false;
  return !typed || JSON.stringify([entry.method, entry.payload, entry.response]).toLowerCase().includes(typed);
}

export class Inspector {
  /** @param {HTMLElement} node @param {HTMLElement} toggle */
  constructor(node, toggle) {
    Object.assign(this, { node, toggle, chosen: null, filter: { kind: "", typed: "", bad: false }, loaded: false });
    this.rows = h("tbody");
    this.detail = h("div", { class: "inspector-detail", "aria-live": "polite" });
    this.toggle.addEventListener("click", () => this.turn());
    on("traffic", ({ entry }) => this.add(entry));
    on("state", () => (this.loaded = false));
    this.frame();
  }

  frame() {
    const redraw = (change) => (event) => {
      Object.assign(this.filter, change(event.target));
      this.draw();
    };
    const kinds = h("select", { class: "field small", "aria-label": "Kind", onchange: redraw(({ value }) => ({ kind: value })) }, h("option", { value: "" }, "All kinds"), KINDS.map((kind) => h("option", { value: kind }, kind.replace("_", " "))));
    swap(
      this.node,
      h(
        "header",
        { class: "inspector-head" },
        h("h2", {}, "Traffic"),
        h("input", { type: "search", class: "field small", placeholder: "Filter", "aria-label": "Filter traffic", oninput: redraw(({ value }) => ({ typed: value.trim().toLowerCase() })) }),
        kinds,
        h("label", { class: "check" }, h("input", { type: "checkbox", onchange: redraw(({ checked }) => ({ bad: checked })) }), "Problems only"),
        h("button", { type: "button", class: "button small", testid: "faults", onclick: faults }, "Faults…"),
        h("button", { type: "button", class: "button small", testid: "app-tools", onclick: tools }, "Apps…"),
        h("button", { type: "button", class: "quiet square", onclick: () => this.turn() }, icon("close"), hidden("Close inspector")),
      ),
      h(
        "div",
        { class: "inspector-body" },
        h(
          "div",
          { class: "inspector-list", tabindex: "0", role: "region", "aria-label": "Traffic" },
          h("table", {}, h("thead", {}, h("tr", {}, ["At", "Direction", "Kind", "Method", "Answer", "Time of 3 s", "Findings"].map((name) => h("th", { scope: "col" }, name)))), this.rows),
        ),
        this.detail,
      ),
    );
  }

  async turn() {
    const open = this.node.hidden;
    this.node.hidden = !open;
    this.toggle.setAttribute("aria-expanded", String(open));
    document.body.classList.toggle("inspector-open", open);
    if (!open) return void this.toggle.focus();
    if (!this.loaded) await this.fetch();
    this.draw();
    this.node.querySelector("input").focus();
  }

  async fetch() {
    this.loaded = true;
    const { entries = [] } = await get("traffic", { after: 0 });
    const seen = new Map(entries.map((entry) => [entry.n, entry]));
    for (const entry of store.traffic) seen.set(entry.n, entry);
    store.traffic = [...seen.values()].sort((one, other) => one.n - other.n);
  }

  add(entry) {
    this.toggle.classList.toggle("alarm", isBad(entry) || this.toggle.classList.contains("alarm"));
    if (this.node.hidden) return;
    const known = this.rows.querySelector(`[data-n="${entry.n}"]`);
    if (!matches(entry, this.filter)) return void known?.remove();
    if (known) known.replaceWith(this.row(entry));
    else this.rows.prepend(this.row(entry));
  }

  draw() {
    this.toggle.classList.remove("alarm");
    swap(this.rows, store.traffic.filter((entry) => matches(entry, this.filter)).reverse().map((entry) => this.row(entry)));
    if (!this.chosen) swap(this.detail, h("p", { class: "muted" }, "Choose a line to see what was sent and answered."));
  }

  row(entry) {
    const out = entry.direction === "to_app";
    const findings = entry.findings?.length ?? 0;
    return h(
      "tr",
      { class: `${isBad(entry) ? "bad" : ""}${this.chosen === entry.n ? " chosen" : ""}`, testid: `traffic-${entry.n}`, data: { n: entry.n }, onclick: () => this.choose(entry) },
      h("td", { class: "when" }, time(entry.at, true)),
      h("td", {}, h("span", { class: `way ${out ? "way-out" : "way-in"}` }, icon(out ? "out" : "in", 14), out ? "to app" : "from app")),
      h("td", {}, entry.kind),
      h("td", {}, h("button", { type: "button", class: "link-button mono", "aria-label": `Show ${entry.method ?? entry.kind}, number ${entry.n}` }, entry.method ?? "–")),
      h("td", { class: "mono" }, String(entry.status ?? "")),
      h("td", { class: "latency" }, latency(entry)),
      h("td", {}, findings ? h("span", { class: "count" }, findings) : ""),
    );
  }

  choose(entry) {
    this.chosen = entry.n;
    for (const row of this.rows.children) row.classList.toggle("chosen", row.dataset.n === String(entry.n));
    const part = (title, value) => (value === undefined || value === null || value === "" ? null : [h("h3", {}, title), json(value)]);
    const found = entry.findings?.length ? [h("h3", {}, "Findings"), h("ul", { class: "findings" }, entry.findings.map((finding) => h("li", {}, typeof finding === "string" ? finding : JSON.stringify(finding))))] : null;
    swap(this.detail, h("h3", { class: "mono" }, `${entry.n} · ${entry.kind} · ${entry.method ?? ""}`), found, part("Sent", entry.payload), part("Headers", Object.keys(entry.headers ?? {}).length ? entry.headers : null), part("Answered", entry.response));
    this.detail.scrollTop = 0;
  }
}
