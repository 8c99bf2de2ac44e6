/** Cards, carousels, containers and alerts. */
import { h, uid } from "../dom.js";
import { drawElement } from "../elements/index.js";
import { icon } from "../icons.js";
import { text } from "../text/mrkdwn.js";
import { rich } from "../text/rich.js";
import { picture } from "./media.js";

const LEVELS = {
  default: ["info", "Note"],
  info: ["info", "Information"],
  warning: ["warn", "Warning"],
  error: ["error", "Error"],
  success: ["check", "Success"],
};

/** A coloured remark inside a modal. */
export function alert(block) {
  const level = LEVELS[block.level] ? block.level : "default";
  const [sign, name] = LEVELS[level];
  return h("div", { class: `alert alert-${level}`, role: level === "error" ? "alert" : "note", "aria-label": name }, icon(sign), h("div", { class: "text" }, text(block.text)));
}

function crest(block) {
  if (block.icon) return picture(block.icon, "crest");
  return block.slack_icon ? h("span", { class: "crest" }, icon("info")) : null;
}

/** A compact card. */
export function card(block, surface) {
  const foot = block.actions?.length ? h("div", { class: "actions" }, block.actions.map((element) => drawElement(element, { block, surface }))) : null;
  const titles = [
    block.title ? h("div", { class: "card-title" }, text(block.title)) : null,
    block.subtitle ? h("div", { class: "card-sub" }, text(block.subtitle)) : null,
  ];
  return h(
    "div",
    { class: "card" },
    block.hero_image ? picture(block.hero_image, "hero") : null,
    h(
      "div",
      { class: "card-body" },
      block.icon || block.slack_icon || block.title || block.subtitle ? h("div", { class: "card-head" }, crest(block), h("div", {}, titles)) : null,
      block.body ? h("div", { class: "text" }, text(block.body)) : null,
      block.subtext ? h("div", { class: "card-sub" }, text(block.subtext)) : null,
      foot,
    ),
  );
}

/** Cards in a row that scrolls. */
export function carousel(block, surface, draw) {
  return h(
    "div",
    { class: "carousel", role: "group", "aria-roledescription": "carousel", "aria-label": `${block.elements.length} cards`, tabindex: "0" },
    block.elements.map((element) => draw(element, surface)),
  );
}

/** Blocks held together, perhaps folded. */
export function container(block, surface, draw) {
  const id = uid("container");
  const title = block.rich_text_title ? rich(block.rich_text_title) : text(block.title);
  const children = h("div", { class: "container-body", id }, (block.child_blocks ?? []).map((child) => draw(child, surface)));
  const names = h("span", { class: "container-names" }, h("span", { class: "card-title" }, title), block.subtitle ? h("span", { class: "card-sub" }, text(block.subtitle)) : null);
  const width = ["narrow", "standard", "wide", "full"].includes(block.width) ? block.width : "standard";
  const frame = (head) => h("div", { class: `container container-${width}${block.has_header_divider === false ? "" : " ruled"}` }, head, children);
  if (!block.is_collapsible) return frame(h("div", { class: "container-head" }, crest(block), names));
  children.hidden = Boolean(block.default_collapsed);
  const toggle = h(
    "button",
    {
      type: "button",
      class: "container-head",
      "aria-controls": id,
      "aria-expanded": String(!children.hidden),
      onclick: () => {
        children.hidden = !children.hidden;
        toggle.setAttribute("aria-expanded", String(!children.hidden));
      },
    },
    crest(block),
    names,
    icon("down", 16),
  );
  return frame(toggle);
}
