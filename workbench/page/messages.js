/** A list of messages that follows the store: a channel's, or a thread's. */
import { h } from "./dom.js";
import { drawMessage, hasBlocks } from "./message.js";
import { openThread } from "./route.js";
import { on, store } from "./store.js";
import { dayTitle, daysAway, refresh } from "./text/dates.js";

const TOGETHER = 300;
const NEAR = 80;
const AT_ONCE = 120;

/** What a channel shows: no replies, but those that were also sent to the channel. */
export function ofChannel(channel) {
  return sorted(channel).filter((message) => !message.thread_ts || message.thread_ts === message.ts || message.subtype === "thread_broadcast");
}

/** What a thread shows: its first message and the replies. */
export function ofThread(channel, ts) {
  return sorted(channel).filter((message) => message.ts === ts || message.thread_ts === ts);
}

function sorted(channel) {
  return [...(store.messages.get(channel)?.values() ?? [])].sort((one, other) => Number(one.ts) - Number(other.ts));
}

function follows(before, message) {
  if (!before || before.is_ephemeral || message.is_ephemeral || before.subtype || message.subtype) return false;
  const same = before.user === message.user && before.bot_id === message.bot_id && before.username === message.username;
  return same && !hasBlocks(message) && Number(message.ts) - Number(before.ts) < TOGETHER && !before.reply_count;
}

function divider(name, kind) {
  return h("li", { class: `divider ${kind}` }, h("span", {}, name));
}

export class MessageList {
  /** @param {{select: () => object[], channel: string, thread?: boolean, label: string, unreadFrom?: string|null}} options */
  constructor({ select, channel, thread = false, label, unreadFrom = null }) {
    Object.assign(this, { select, channel, thread, unreadFrom });
    this.drawn = new Map();
    this.list = h("ol", { class: "message-list" });
    this.jumper = h("button", { type: "button", class: "jump-down", hidden: true, onclick: () => this.down() }, "New messages below");
    this.node = h("div", { class: "scroller", tabindex: "0", role: "log", "aria-live": "off", "aria-label": label }, this.list);
    this.pinned = true;
    this.most = AT_ONCE;
    this.node.addEventListener("scroll", () => this.scrolled());
    this.node.addEventListener("keydown", (event) => this.walk(event));
    this.size = new ResizeObserver(() => this.pinned && this.down());
    this.size.observe(this.node);
    this.size.observe(this.list); // pictures arrive late, and make it longer
    this.stops = [
      () => this.size.disconnect(),
      on("messages", (news) => news.channel === channel && this.show()),
      on("clock", ({ jumped }) => jumped && this.anew()),
      on("state", () => this.anew()),
    ];
  }

  stop() {
    for (const stop of this.stops) stop();
  }

  /** Who reads at the end stays at the end when the room for it changes. */
  scrolled() {
    this.pinned = this.isNear();
    if (this.pinned) this.jumper.hidden = true;
    if (this.node.scrollTop < NEAR && this.hasOlder) this.older();
  }

  /** Draws some more above, under the eyes of who reads there. */
  older() {
    const height = this.node.scrollHeight;
    this.most += AT_ONCE;
    this.show();
    this.node.scrollTop += this.node.scrollHeight - height;
  }

  isNear() {
    return this.node.scrollHeight - this.node.scrollTop - this.node.clientHeight < NEAR;
  }

  down() {
    this.node.scrollTop = this.node.scrollHeight;
    this.jumper.hidden = true;
  }

  /** After a jump of the clock, days and relative times read differently. */
  anew() {
    refresh(this.node);
    this.show();
  }

  show() {
    const near = this.isNear();
    const all = this.select();
    const messages = all.slice(-this.most);
    this.hasOlder = all.length > messages.length;
    if (this.list.previousElementSibling) this.list.previousElementSibling.hidden = this.hasOlder;
    const before = this.last;
    const nodes = [];
    let previous = null;
    for (const message of messages) {
      nodes.push(...this.between(previous, message), this.drawnNode(message, follows(previous, message)));
      previous = message;
    }
    this.arrange(nodes);
    this.last = previous?.ts;
    const isNew = previous && previous.ts !== before;
    if (near || (isNew && before && previous.user === store.me)) this.down();
    else if (isNew) this.jumper.hidden = false;
  }

  between(previous, message) {
    const parts = [];
    const away = daysAway(Number(message.ts));
    if (!this.thread && (!previous || daysAway(Number(previous.ts)) !== away)) parts.push(divider(dayTitle(Number(message.ts)), "day"));
    if (this.unreadFrom === message.ts) parts.push(divider("New", "new"));
    return parts;
  }

  drawnNode(message, compact) {
    const known = this.drawn.get(message.ts);
    if (known && known.message === message && known.compact === compact) return known.node;
    const node = drawMessage(this.channel, message, { compact, thread: this.thread });
    if (known?.node.contains(document.activeElement)) this.refocus(node);
    this.drawn.set(message.ts, { message, compact, node });
    return node;
  }

  /** A message that was redrawn under someone's hands keeps their place. */
  refocus(fresh) {
    const { testid } = document.activeElement.dataset;
    queueMicrotask(() => {
      const same = testid && fresh.querySelector(`[data-testid="${CSS.escape(testid)}"]`);
      (same || fresh).focus({ preventScroll: true });
    });
  }

  arrange(nodes) {
    const wanted = new Set(nodes);
    for (const child of [...this.list.children]) if (!wanted.has(child)) child.remove();
    nodes.forEach((node, at) => {
      if (this.list.children[at] !== node) this.list.insertBefore(node, this.list.children[at] ?? null);
    });
  }

  walk(event) {
    const items = [...this.list.querySelectorAll(".message")];
    const at = items.indexOf(document.activeElement);
    if (event.target !== this.node && at < 0) return;
    const to = { ArrowDown: at + 1, ArrowUp: at < 0 ? items.length - 1 : at - 1, Home: 0, End: items.length - 1 }[event.key];
    if (to !== undefined) {
      event.preventDefault();
      items[Math.max(0, Math.min(to, items.length - 1))]?.focus();
    } else if (event.key === "t" && at >= 0 && !this.thread) {
      openThread(this.channel, items[at].dataset.ts);
    } else if (event.key === "r" && at >= 0 && event.target === items[at]) {
      event.preventDefault();
      items[at].querySelector("[data-testid=react]")?.click();
    } else if (event.key === "Enter" && at >= 0 && event.target === items[at]) {
      items[at].querySelector("[data-testid=more-actions]").focus();
    }
  }
}
