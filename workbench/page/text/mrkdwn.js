/** Slack's mrkdwn as DOM nodes. Text only ever becomes text nodes. */
import { h } from "../dom.js";
import { appOf, channelName, store } from "../store.js";
import { moment } from "./dates.js";
import { emoji } from "./emoji.js";

const SAFE = /^(https?:|mailto:|tel:)/i;
const PERMALINK = /^https:\/\/[\w-]+\.slack\.com\/archives\/(\w+)(?:\/p(\d{10})(\d{6}))?(?:\?|$)/;
const WORD = /[\p{L}\p{N}]/u;
const STYLES = { "*": "strong", _: "em", "~": "s" };
const EMOJI_NAME = /^:([a-z0-9_+'-]+(?:::skin-tone-\d)?):/;
const BARE_LINK = /^https?:\/\/[^\s<>|*`]*[^\s<>|*`.,;:!?)'"\]]/;

/** &amp; &lt; &gt; as Slack escapes them; nothing else is an entity. */
export function decode(text) {
  return text.replace(/&(amp|lt|gt);/g, (_, name) => ({ amp: "&", lt: "<", gt: ">" })[name]);
}

/** A link that leaves the workbench, or plain text when its scheme is not one people click. */
export function link(address, label) {
  if (!SAFE.test(address)) return label instanceof Node ? label : document.createTextNode(label);
  const here = within(address);
  if (here) return h("a", { href: here, class: "link" }, label);
  return h("a", { href: address, target: "_blank", rel: "noopener noreferrer", class: "link" }, label);
}

/** The place on this page that a message's permalink means, if it is one of a channel here. */
function within(address) {
  const [, channel, whole, part] = PERMALINK.exec(address) ?? [];
  if (!channel || !store.channels.has(channel)) return null;
  const thread = new URL(address).searchParams.get("thread_ts") ?? (whole ? `${whole}.${part}` : null);
  return `#/${[channel, thread].filter(Boolean).join("/")}`;
}

function chip(text, mine = false) {
  return h("span", { class: mine ? "mention mention-me" : "mention" }, text);
}

/** @mention of a person or an app. */
export function person(id, label = "") {
  const user = store.users.get(id);
  const name = user ? user.name || user.real_name : label || appOf(id)?.name || id;
  return chip(`@${name.replace(/^@/, "")}`, id === store.me);
}

/** #channel; pressing it goes there. */
export function channel(id, label = "") {
  const known = store.channels.get(id);
  if (!known) return chip(label ? `#${label}` : "#private-channel");
  return h("a", { class: "mention", href: `#/${id}` }, `#${channelName(known)}`);
}

/** @group */
export function group(id, label = "") {
  const known = store.groups.get(id);
  return chip(`@${(known?.handle || label || id).replace(/^@/, "")}`);
}

/** @here, @channel, @everyone */
export function broadcast(range) {
  return chip(`@${range}`, true);
}

function special(body, label) {
  const [name, ...rest] = body.split("^");
  if (name === "date") return dated(rest, label);
  if (name === "subteam") return group(rest[0], label);
  if (["here", "channel", "everyone"].includes(name)) return broadcast(name);
  return document.createTextNode(decode(label || name));
}

function dated([epoch, template = "", address], label) {
  const node = moment(epoch, decode(template), decode(label));
  return address ? link(decode(address), node) : node;
}

/** One `<...>`. */
function token(inner) {
  const bar = inner.indexOf("|");
  const body = bar < 0 ? inner : inner.slice(0, bar);
  const label = bar < 0 ? "" : inner.slice(bar + 1);
  if (body.startsWith("@")) return person(body.slice(1), label);
  if (body.startsWith("#")) return channel(body.slice(1), label);
  if (body.startsWith("!")) return special(body.slice(1), label);
  return link(decode(body), decode(label || body.replace(/^mailto:/, "")));
}

function isEdge(character) {
  return character === undefined || !WORD.test(character);
}

/** Where the style opened at `start` ends, or -1. */
function closing(text, start) {
  const mark = text[start];
  for (let at = start + 1; at < text.length; at += 1) {
    if (text[at] === "<") {
      const end = text.indexOf(">", at);
      if (end > 0) at = end;
    } else if (text[at] === mark && at > start + 1 && !/\s/.test(text[at - 1]) && isEdge(text[at + 1])) {
      return at;
    }
  }
  return -1;
}

function styled(text, at, bare) {
  const tag = STYLES[text[at]];
  const next = text[at + 1] ?? " ";
  if (!tag || !isEdge(text[at - 1]) || /\s/.test(next) || next === text[at]) return null;
  const end = closing(text, at);
  return end < 0 ? null : [h(tag, {}, inline(text.slice(at + 1, end), bare)), end + 1];
}

function coded(text, at) {
  const end = text[at] === "`" ? text.indexOf("`", at + 1) : -1;
  return end <= at + 1 ? null : [h("code", {}, unwrapped(text.slice(at + 1, end))), end + 1];
}

function bracketed(text, at) {
  const end = text[at] === "<" ? text.indexOf(">", at) : -1;
  return end <= at + 1 ? null : [token(text.slice(at + 1, end)), end + 1];
}

function pictured(text, at) {
  const found = text[at] === ":" && EMOJI_NAME.exec(text.slice(at, at + 80));
  const picture = found && emoji(found[1]);
  return picture ? [picture, at + found[0].length] : null;
}

function linked(text, at, bare) {
  const found = bare && text[at] === "h" && isEdge(text[at - 1]) && BARE_LINK.exec(text.slice(at));
  return found ? [link(decode(found[0]), decode(found[0])), at + found[0].length] : null;
}

/** The text of `<...>` inside code, where it is not a link. */
function unwrapped(text) {
  return decode(text.replace(/<([^<>|]+)(?:\|([^<>]*))?>/g, (_, body, label) => label || body));
}

/** One line's worth of text. */
function inline(text, bare) {
  const nodes = [];
  let plain = "";
  for (let at = 0; at < text.length; ) {
    const found = coded(text, at) ?? bracketed(text, at) ?? styled(text, at, bare) ?? pictured(text, at) ?? linked(text, at, bare);
    if (found) {
      if (plain) nodes.push(decode(plain));
      plain = "";
      nodes.push(found[0]);
      at = found[1];
    } else {
      plain += text[at];
      at += 1;
    }
  }
  if (plain) nodes.push(decode(plain));
  return nodes;
}

function lines(text, bare) {
  const nodes = [];
  text.split("\n").forEach((line, index) => {
    if (index) nodes.push(h("br"));
    nodes.push(...inline(line, bare));
  });
  return nodes;
}

/** Quotes (`>` a line, `>>>` all the rest) and what lies between them. */
function paragraphs(text, bare) {
  const nodes = [];
  let quote = [];
  let plain = [];
  const flush = () => {
    if (plain.length) nodes.push(h("div", { class: "lines" }, lines(plain.join("\n"), bare)));
    if (quote.length) nodes.push(h("blockquote", {}, lines(quote.join("\n"), bare)));
    plain = [];
    quote = [];
  };
  const all = text.split("\n");
  for (let at = 0; at < all.length; at += 1) {
    const rest = /^(?:>>>|&gt;&gt;&gt;) ?/.exec(all[at]);
    const one = /^(?:>|&gt;) ?/.exec(all[at]);
    if (rest) {
      if (plain.length) flush();
      quote.push(all[at].slice(rest[0].length), ...all.slice(at + 1));
      break;
    }
    if (one ? plain.length : quote.length) flush();
    (one ? quote : plain).push(one ? all[at].slice(one[0].length) : all[at]);
  }
  flush();
  return nodes;
}

/**
 * mrkdwn -> nodes. `verbatim` leaves bare addresses alone, as Slack does.
 * @returns {Node[]}
 */
export function mrkdwn(text, { verbatim = false } = {}) {
  return String(text)
    .split(/\n?```\n?/)
    .flatMap((piece, index, all) => {
      if (index % 2 === 0) return piece ? paragraphs(piece, !verbatim) : [];
      if (index === all.length - 1) return paragraphs(`\`\`\`${piece}`, !verbatim);
      return [h("pre", { tabindex: "0" }, unwrapped(piece))];
    });
}

/** plain_text -> nodes: emoji and line breaks, nothing else. */
export function plain(text, { emoji: pictures = true } = {}) {
  return String(text)
    .split("\n")
    .flatMap((line, index) => {
      const found = pictures ? line.split(/(:[a-z0-9_+'-]+(?:::skin-tone-\d)?:)/) : [line];
      const nodes = found.map((piece, place) => (place % 2 ? (emoji(piece.slice(1, -1)) ?? decode(piece)) : decode(piece)));
      return index ? [h("br"), ...nodes] : nodes;
    });
}

/** A text object, whatever its type. A bare string counts as plain text. */
export function text(object) {
  if (!object) return [];
  if (typeof object === "string") return plain(object);
  return object.type === "mrkdwn" ? mrkdwn(object.text, object) : plain(object.text, object);
}

/** What a text object says, for labels and announcements. */
export function bare(object) {
  return h("div", {}, text(object)).textContent;
}
