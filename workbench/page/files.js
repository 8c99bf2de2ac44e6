/** Files that came with a message: pictures are shown, everything can be saved. */
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { store } from "./store.js";

const UNITS = ["B", "KB", "MB", "GB"];

/** 10 -> "10 B", 20480 -> "20 KB" */
export function sizeOf(bytes) {
  let [size, unit] = [bytes, 0];
  while (size >= 1024 && unit < UNITS.length - 1) [size, unit] = [size / 1024, unit + 1];
  return `${size < 10 && unit ? size.toFixed(1) : Math.round(size)} ${UNITS[unit]}`;
}

/** Where this person reads it: the workbench knows who looks from the address. */
function addressOf(file) {
  if (!file.url_private) return null;
  const address = new URL(file.url_private, location.href);
  return `${address.pathname}?user=${encodeURIComponent(store.me)}`;
}

function about(file) {
  const kind = file.pretty_type || file.filetype?.toUpperCase() || file.mimetype || "";
  return [kind, file.size ? sizeOf(file.size) : ""].filter(Boolean).join(" · ");
}

function card(file) {
  const name = file.title || file.name || file.id;
  if (file.mode === "tombstone") return h("li", { class: "file-card muted" }, icon("file"), "This file was deleted.");
  const address = addressOf(file);
  const facts = h("span", { class: "file-facts" }, h("span", { class: "file-name" }, name), h("span", { class: "file-about" }, about(file)));
  const save = address ? h("a", { class: "quiet square", href: address, download: file.name ?? "", title: `Save ${name}`, testid: `download-${file.id}` }, icon("save", 16), hidden(`Save ${name}`)) : null;
  const picture = address && /^image\/(png|jpe?g|gif|webp|svg\+xml)$/.test(file.mimetype ?? "") ? h("a", { href: address, target: "_blank", rel: "noopener" }, h("img", { class: "file-picture", src: address, alt: file.alt_txt || name, loading: "lazy" })) : null;
  return h("li", { class: `file-card${picture ? " pictured" : ""}`, testid: `file-${file.id}` }, picture, h("span", { class: "file-row" }, h("span", { class: "file-sign" }, icon("file", 20)), facts, save));
}

/** The cards under a message. */
export function files(message) {
  if (!message.files?.length) return null;
  return h("ul", { class: "file-cards", "aria-label": "Files" }, message.files.map(card));
}
