/** JSON to read: indented and lightly coloured, text nodes only. */
import { h } from "./dom.js";

const TOKEN = /("(?:\\.|[^"\\])*")(\s*:)?|\b(?:true|false|null)\b|-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/** A <pre> of `value`; text that is no JSON is shown as it is. */
export function json(value) {
  const text = typeof value === "string" ? value : JSON.stringify(value, null, 2);
  const node = h("pre", { class: "json", tabindex: "0" });
  let at = 0;
  for (const found of text.matchAll(TOKEN)) {
    node.append(text.slice(at, found.index));
    node.append(h("span", { class: kind(found) }, found[1] ?? found[0]), found[2] ?? "");
    at = found.index + found[0].length;
  }
  node.append(text.slice(at));
  return node;
}

function kind(found) {
  if (found[2]) return "json-key";
  return found[1] ? "json-text" : "json-atom";
}
