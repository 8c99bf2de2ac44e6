/** rich_text as DOM nodes. */
import { h } from "../dom.js";
import { moment } from "./dates.js";
import { emoji } from "./emoji.js";
import { broadcast, channel, group, link, person } from "./mrkdwn.js";

const STYLES = [
  ["code", "code"],
  ["bold", "strong"],
  ["italic", "em"],
  ["strike", "s"],
  ["underline", "u"],
  ["highlight", "mark"],
];

const INLINE = {
  text: (part) => broken(part.text),
  link: (part) => [link(part.url, part.text || part.url)],
  emoji: (part) => [emoji(part.name) ?? fromCode(part)],
  user: (part) => [person(part.user_id)],
  usergroup: (part) => [group(part.usergroup_id)],
  channel: (part) => [channel(part.channel_id)],
  broadcast: (part) => [broadcast(part.range)],
  team: (part) => [part.team_id],
  date: (part) => [dated(part)],
  color: (part) => [swatch(part.value)],
};

function broken(text) {
  return text.split("\n").flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

function fromCode(part) {
  if (!part.unicode) return `:${part.name}:`;
  return String.fromCodePoint(...part.unicode.split("-").map((code) => Number.parseInt(code, 16)));
}

function dated(part) {
  const node = moment(part.timestamp, part.format, part.fallback ?? "");
  return part.url ? link(part.url, node) : node;
}

function swatch(value) {
  const colour = h("span", { class: "swatch", "aria-hidden": "true" });
  colour.style.setProperty("background-color", value);
  return h("span", { class: "colour" }, colour, value);
}

function inline(part) {
  const nodes = INLINE[part.type]?.(part) ?? [part.text ?? ""];
  return STYLES.filter(([name]) => part.style?.[name]).reduce((inner, [, tag]) => [h(tag, {}, inner)], nodes);
}

function parts(element) {
  return (element.elements ?? []).flatMap(inline);
}

function list(element) {
  const tag = element.style === "ordered" ? "ol" : "ul";
  const items = (element.elements ?? []).map((item) => h("li", {}, parts(item)));
  const start = element.style === "ordered" && element.offset ? element.offset + 1 : null;
  return h(tag, { class: `rich-list indent-${element.indent ?? 0}${element.border ? " bordered" : ""}`, start }, items);
}

const OUTER = {
  rich_text_section: (element) => h("div", { class: "lines" }, parts(element)),
  rich_text_list: list,
  rich_text_quote: (element) => h("blockquote", {}, parts(element)),
  rich_text_preformatted: (element) => h("pre", { tabindex: "0" }, parts(element)),
};

/** @returns {Node[]} */
export function rich(block) {
  return (block.elements ?? []).map((element) => OUTER[element.type]?.(element) ?? h("div", {}, parts(element)));
}
