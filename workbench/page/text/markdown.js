/** The `markdown` block: the part of Markdown that Slack shows, as DOM nodes. */
import { h } from "../dom.js";
import { emoji } from "./emoji.js";
import { channel, group, link, person } from "./mrkdwn.js";

const INLINE = [
  [/^`+([^`]+)`+/, (found) => h("code", {}, found[1])],
  [/^!\[([^\]]*)\]\(([^)\s]+)[^)]*\)/, (found) => link(found[2], found[1] || "image")],
  [/^\[([^\]]+)\]\(([^)\s]+)[^)]*\)/, (found) => link(found[2], h("span", {}, inline(found[1])))],
  [/^<@([UW]\w+)>/, (found) => person(found[1])],
  [/^<#(\w+)(?:\|([^>]*))?>/, (found) => channel(found[1], found[2])],
  [/^<!subteam\^(\w+)[^>]*>/, (found) => group(found[1])],
  [/^<(https?:[^>\s]+)>/, (found) => link(found[1], found[1])],
  [/^(https?:\/\/[^\s<>()]*[^\s<>().,;:!?'"])/, (found) => link(found[1], found[1])],
  [/^\*\*\*(?=\S)([\s\S]*?\S)\*\*\*/, (found) => h("strong", {}, h("em", {}, inline(found[1])))],
  [/^(\*\*|__)(?=\S)([\s\S]*?\S)\1/, (found) => h("strong", {}, inline(found[2]))],
  [/^([*_])(?=\S)([\s\S]*?\S)\1(?!\w)/, (found) => h("em", {}, inline(found[2]))],
  [/^~~(?=\S)([\s\S]*?\S)~~/, (found) => h("s", {}, inline(found[1]))],
  [/^:([a-z0-9_+'-]+):/, (found) => emoji(found[1])],
  [/^\\([\\`*_{}[\]()#+\-.!~>|])/, (found) => document.createTextNode(found[1])],
];

function inline(text) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const [node, length] = match(text, at);
    if (node) {
      if (plain) nodes.push(plain);
      plain = "";
      nodes.push(node);
      at += length;
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) nodes.push(plain);
  return nodes.flatMap((node) => (typeof node === "string" ? broken(node) : [node]));
}

function match(text, at) {
  if (/\w/.test(text[at - 1] ?? "") && /[_h]/.test(text[at])) return [null, 0];
  const rest = text.slice(at);
  for (const [pattern, make] of INLINE) {
    const found = pattern.exec(rest);
    const node = found && make(found);
    if (node) return [node, found[0].length];
  }
  return [null, 0];
}

function broken(text) {
  return text.split(/ {2,}\n|\n/).flatMap((line, index) => (index ? [h("br"), line] : [line]));
}

const FENCE = /^\s*(```|~~~)/;
const HEADING = /^(#{1,6})\s+(.*?)\s*#*$/;
const RULE = /^\s*([-*_])(?:\s*\1){2,}\s*$/;
const ITEM = /^(\s*)([-*+]|\d+[.)])\s+(.*)$/;
const TABLE_RULE = /^\s*\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

function fence(lines) {
  const mark = FENCE.exec(lines.shift())[1];
  const inside = [];
  while (lines.length && !lines[0].trim().startsWith(mark)) inside.push(lines.shift());
  lines.shift();
  return h("pre", { tabindex: "0" }, inside.join("\n"));
}

function quote(lines) {
  const inside = [];
  while (lines.length && /^\s*>/.test(lines[0])) inside.push(lines.shift().replace(/^\s*> ?/, ""));
  return h("blockquote", {}, blocks(inside));
}

function item(text) {
  const task = /^\[([ xX])\]\s+(.*)$/.exec(text);
  if (!task) return inline(text);
  const tick = h("input", { type: "checkbox", disabled: true, "aria-label": task[2], checked: task[1] !== " " });
  return [tick, " ", ...inline(task[2])];
}

function list(lines) {
  const [, indent, mark] = ITEM.exec(lines[0]);
  const node = /\d/.test(mark) ? h("ol", { start: Number.parseInt(mark, 10) }) : h("ul");
  while (lines.length) {
    const found = ITEM.exec(lines[0]);
    if (!found) {
      if (!/^\s+\S/.test(lines[0]) || !node.lastChild) break;
      node.lastChild.append(h("br"), ...inline(lines.shift().trim()));
    } else if (found[1].length > indent.length + 1) {
      (node.lastChild ?? node).append(list(lines));
    } else if (found[1].length < indent.length) {
      break;
    } else {
      lines.shift();
      node.append(h("li", {}, item(found[3])));
    }
  }
  return node;
}

function cells(line) {
  return line.trim().replace(/^\||\|$/g, "").split("|").map((cell) => cell.trim());
}

function table(lines) {
  const head = cells(lines.shift());
  lines.shift();
  const rows = [];
  while (lines.length && lines[0].includes("|")) rows.push(cells(lines.shift()));
  return h(
    "div",
    { class: "table-scroll", tabindex: "0", role: "region", "aria-label": "Table" },
    h(
      "table",
      {},
      h("thead", {}, h("tr", {}, head.map((cell) => h("th", { scope: "col" }, inline(cell))))),
      h("tbody", {}, rows.map((row) => h("tr", {}, head.map((_, column) => h("td", {}, inline(row[column] ?? "")))))),
    ),
  );
}

function starts(lines) {
  const [line, next = ""] = lines;
  return FENCE.test(line) || HEADING.test(line) || RULE.test(line) || ITEM.test(line) || /^\s*>/.test(line) || (line.includes("|") && TABLE_RULE.test(next));
}

function paragraph(lines) {
  const inside = [lines.shift()];
  while (lines.length && lines[0].trim() && !starts(lines)) inside.push(lines.shift());
  return h("p", {}, inline(inside.join("\n")));
}

function heading(lines) {
  const [, marks, title] = HEADING.exec(lines.shift());
  return h("div", { role: "heading", "aria-level": Math.min(marks.length + 1, 6), class: `heading heading-${marks.length}` }, inline(title));
}

function blocks(lines) {
  const nodes = [];
  while (lines.length) {
    const [line, next = ""] = lines;
    if (!line.trim()) lines.shift();
    else if (FENCE.test(line)) nodes.push(fence(lines));
    else if (HEADING.test(line)) nodes.push(heading(lines));
    else if (RULE.test(line)) nodes.push(lines.shift() && h("hr"));
    else if (/^\s*>/.test(line)) nodes.push(quote(lines));
    else if (ITEM.test(line)) nodes.push(list(lines));
    else if (line.includes("|") && TABLE_RULE.test(next)) nodes.push(table(lines));
    else nodes.push(paragraph(lines));
  }
  return nodes;
}

/** @returns {Node[]} */
export function markdown(text) {
  return blocks(String(text).split("\n"));
}
