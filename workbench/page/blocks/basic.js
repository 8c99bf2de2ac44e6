/** Header, section, context, divider, actions. */
import { h } from "../dom.js";
import { drawElement } from "../elements/index.js";
import { text } from "../text/mrkdwn.js";
import { picture } from "./media.js";

const LONG = 700;
const LONG_LINES = 12;

/** A title. `level` is its size; the outline hangs below the page's own heading. */
export function header(block) {
  const size = block.level ?? 2;
  return h("div", { role: "heading", "aria-level": Math.min((block.level ?? 1) + 1, 6), class: `header level-${size}` }, text(block.text));
}

/** Text, fields in two columns, and something at its side. */
export function section(block, surface) {
  const body = h(
    "div",
    { class: "section-body" },
    block.text ? folded(block.text, block.expand) : null,
    block.fields ? h("div", { class: "fields" }, block.fields.map((field) => h("div", { class: "text" }, text(field)))) : null,
  );
  if (!block.accessory) return body;
  return h("div", { class: "section-row" }, body, h("div", { class: "accessory" }, side(block, surface)));
}

function side(block, surface) {
  const { accessory } = block;
  return accessory.type === "image" ? picture(accessory, "thumb") : drawElement(accessory, { block, surface });
}

/** Long text starts folded, with "See more". */
function folded(object, expanded) {
  const node = h("div", { class: "text" }, text(object));
  const long = object.text.length > LONG || object.text.split("\n").length > LONG_LINES;
  if (!long || expanded) return node;
  node.classList.add("folded");
  const more = h("button", { type: "button", class: "link-button", "aria-expanded": "false", onclick: toggle }, "See more");
  function toggle() {
    const open = node.classList.toggle("folded") === false;
    more.setAttribute("aria-expanded", String(open));
    more.textContent = open ? "See less" : "See more";
  }
  return h("div", {}, node, more);
}

/** Small print: text and small images. */
export function context(block) {
  const part = (element) => (element.type === "image" ? picture(element, "tiny") : h("span", { class: "text" }, text(element)));
  return h("div", { class: "context" }, block.elements.map(part));
}

/** A line. */
export function divider() {
  return h("hr");
}

/** A row of things to press or choose. */
export function actions(block, surface) {
  return h("div", { class: "actions" }, block.elements.map((element) => drawElement(element, { block, surface })));
}

/** Small buttons under a message. */
export function contextActions(block, surface) {
  return h("div", { class: "context-actions" }, block.elements.map((element) => drawElement(element, { block, surface })));
}
