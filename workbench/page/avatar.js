/** Who someone is, at a glance. */
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { nameOf, store } from "./store.js";

const TONES = 8;

function tone(id) {
  let sum = 0;
  for (const character of id) sum = (sum * 31 + character.codePointAt(0)) % 997;
  return sum % TONES;
}

/** A coloured square with initials; decorative. */
export function avatar(user, size = "medium", name = nameOf(user)) {
  const initials = name.split(/\s+/).filter(Boolean).slice(0, 2).map((word) => [...word][0]).join("").toUpperCase();
  const bot = store.users.get(user)?.is_bot;
  return h("span", { class: `avatar avatar-${size} avatar-${tone(user || name)}${bot ? " avatar-app" : ""}`, "aria-hidden": "true" }, bot ? icon("flask", size === "small" ? 12 : 20) : initials);
}
