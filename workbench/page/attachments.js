/** The older secondary attachments: a bar at the side, text, fields, or blocks. */
import { showBlocks } from "./blocks/index.js";
import { picture } from "./blocks/media.js";
import { h } from "./dom.js";
import { objectCard } from "./objects.js";
import { surfaceOf } from "./surfaces.js";
import { link, mrkdwn } from "./text/mrkdwn.js";

const NAMED = { good: "#2f7d4f", warning: "#b7791f", danger: "#b3261e" };

function fields(list = []) {
  if (!list.length) return null;
  return h("div", { class: "fields" }, list.map(({ title, value }) => h("div", { class: "text" }, h("strong", {}, title), mrkdwn(value ?? ""))));
}

function classic(part) {
  return [
    part.author_name ? h("div", { class: "card-sub" }, part.author_name) : null,
    part.title ? h("div", { class: "card-title" }, part.title_link ? link(part.title_link, part.title) : part.title) : null,
    part.text ? h("div", { class: "text" }, mrkdwn(part.text)) : null,
    fields(part.fields),
    part.image_url ? picture({ image_url: part.image_url, alt_text: part.fallback }, "full") : null,
    part.footer ? h("div", { class: "card-sub" }, part.footer) : null,
  ];
}

function one(channel, message, part, at) {
  if (part.entity) return objectCard(channel, message, part.entity);
  const node = h("div", { class: "attachment" });
  const colour = NAMED[part.color] ?? (/^#?[0-9a-f]{6}$/i.test(part.color ?? "") ? `#${part.color.replace("#", "")}` : null);
  if (colour) node.style.setProperty("--bar", colour);
  if (part.blocks?.length) {
    const body = h("div", { class: "blocks" });
    showBlocks(body, surfaceOf(channel, message.ts, part.blocks, part.id ?? at + 1));
    node.append(body);
  } else {
    node.append(...classic(part).filter(Boolean));
  }
  return h("div", {}, part.pretext ? h("div", { class: "text" }, mrkdwn(part.pretext)) : null, node);
}

/** All attachments of a message. */
export function attachments(channel, message) {
  if (!message.attachments?.length) return null;
  return h("div", { class: "attachments" }, message.attachments.map((part, at) => one(channel, message, part, at)));
}
