/** From what a person types to what Slack stores: escaped, with ids instead of names. */
import { store } from "./store.js";

const MENTION = /(^|[\s(])@([\w.-]+)/g;
const CHANNEL = /(^|[\s(])#([\w-]+)/g;
const ADDRESS = /\bhttps?:\/\/[^\s<>]*[^\s<>.,;:!?)'"\]]/g;

function byName(items, name) {
  for (const item of items.values()) if (item.name === name || item.handle === name) return item;
  return null;
}

function mention(whole, before, name) {
  if (["here", "channel", "everyone"].includes(name)) return `${before}<!${name}>`;
  const trailing = /[.-]+$/.exec(name)?.[0] ?? "";
  const bare = name.slice(0, name.length - trailing.length);
  const user = byName(store.users, bare);
  if (user) return `${before}<@${user.id}>${trailing}`;
  const group = byName(store.groups, bare);
  return group ? `${before}<!subteam^${group.id}>${trailing}` : whole;
}

function room(whole, before, name) {
  const channel = byName(store.channels, name);
  return channel ? `${before}<#${channel.id}>` : whole;
}

function outside(text) {
  return text
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replace(ADDRESS, (address) => `<${address}>`)
    .replace(MENTION, mention)
    .replace(CHANNEL, room);
}

function escaped(text) {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/** Code stays as it is typed, but for the three characters. */
export function encoded(text) {
  return text
    .split(/(```[\s\S]*?```|`[^`\n]+`)/)
    .map((piece, at) => (at % 2 ? escaped(piece) : outside(piece)))
    .join("");
}
