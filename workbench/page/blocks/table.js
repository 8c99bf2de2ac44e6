/** Tables: the plain one, and the one with pages and sorting. */
import { h, hidden, swap } from "../dom.js";
import { icon } from "../icons.js";
import { plain } from "../text/mrkdwn.js";
import { rich } from "../text/rich.js";

function inside(cell) {
  if (cell.type === "rich_text") return rich(cell);
  return plain(cell.text ?? String(cell.value ?? ""));
}

function plainOf(cell) {
  return h("div", {}, inside(cell)).textContent;
}

function scroll(label, table) {
  return h("div", { class: "table-scroll", tabindex: "0", role: "region", "aria-label": label }, table);
}

function look(settings) {
  return `align-${settings?.align ?? "left"}${settings?.is_wrapped ? " wrapped" : ""}`;
}

/** First row is the head. */
export function table(block) {
  const settings = block.column_settings ?? [];
  const [head = [], ...rows] = block.rows;
  const cell = (tag, scope) => (item, column) => h(tag, { scope, class: `${look(settings[column])}${item.type === "raw_number" ? " number" : ""}` }, inside(item));
  return scroll(
    "Table",
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map(cell("th", "col")))),
      h("tbody", {}, rows.map((row) => h("tr", {}, row.map(cell("td", null))))),
    ),
  );
}

function rank(cell) {
  return cell.type === "raw_number" ? cell.value : plainOf(cell).toLowerCase();
}

function compare(one, other) {
  if (typeof one === "number" && typeof other === "number") return one - other;
  return String(one).localeCompare(String(other), "en", { numeric: true });
}

/** A table with a caption, sorted by pressing a head, a page at a time. */
export function dataTable(block) {
  const [head, ...rows] = block.rows;
  const size = block.page_size ?? 5;
  const rowHeader = block.row_header_column_index ?? 0;
  const view = { page: 0, column: null, down: false };
  const body = h("tbody");
  const heads = head.map((cell, column) => h("th", { scope: "col", class: rows[0]?.[column]?.type === "raw_number" ? "number" : null }, sorter(cell, column)));
  const pager = h("div", { class: "pager" });

  function sorter(cell, column) {
    return h("button", { type: "button", class: "sorter", onclick: () => sort(column) }, inside(cell), icon("down", 14));
  }
  function sort(column) {
    view.down = view.column === column ? !view.down : false;
    view.column = column;
    view.page = 0;
    show();
  }
  function ordered() {
    if (view.column === null) return rows;
    const sorted = [...rows].sort((one, other) => compare(rank(one[view.column]), rank(other[view.column])));
    return view.down ? sorted.reverse() : sorted;
  }
  function show() {
    const from = view.page * size;
    const cell = (item, column) => h(column === rowHeader ? "th" : "td", { scope: column === rowHeader ? "row" : null, class: item.type === "raw_number" ? "number" : null }, inside(item));
    swap(body, ordered().slice(from, from + size).map((row) => h("tr", {}, row.map(cell))));
    heads.forEach((node, column) => {
      if (view.column === column) node.setAttribute("aria-sort", view.down ? "descending" : "ascending");
      else node.removeAttribute("aria-sort");
    });
    const pages = Math.ceil(rows.length / size);
    swap(pager, pages < 2 ? [] : [step(-1, "Previous page", "back"), h("span", { "aria-live": "polite" }, `Page ${view.page + 1} of ${pages}`), step(1, "Next page", "right")]);
    function step(by, name, picture) {
      const to = view.page + by;
      return h("button", { type: "button", class: "quiet square", disabled: to < 0 || to >= pages, onclick: () => turn(to, name) }, icon(picture, 16), hidden(name));
    }
  }
  function turn(page, name) {
    view.page = page;
    show();
    const again = [...pager.querySelectorAll("button")].find((node) => node.textContent === name && !node.disabled);
    (again ?? pager.querySelector("button:not([disabled])"))?.focus();
  }
  show();
  return h("div", { class: "data-table" }, scroll(block.caption, h("table", {}, h("caption", {}, block.caption), h("thead", {}, h("tr", {}, heads)), body)), pager);
}
