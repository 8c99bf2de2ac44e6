/** The middle of the page: a channel with its messages and composer. */
import { get, post } from "./api.js";
import { avatar } from "./avatar.js";
import { Composer } from "./composer.js";
import { h, swap } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList, ofChannel } from "./messages.js";
import { channelName, nameOf, putChannel, setMessages, store } from "./store.js";
import { mrkdwn } from "./text/mrkdwn.js";
import { zone } from "./store.js";

/** Reads a channel's messages again. */
export async function load(channel) {
  const { messages = [] } = await get("messages", { channel });
  setMessages(channel, messages);
}

/** Says that everything here has been seen. */
export function markRead(channel) {
  if (!store.channels.get(channel)?.unread) return;
  putChannel({ id: channel, unread: 0 });
  post("read", { channel });
}

/** Where the unread ones begin, seen from how many there are. */
function firstUnread(channel) {
  const { unread = 0 } = store.channels.get(channel) ?? {};
  const others = ofChannel(channel).filter((message) => message.user !== store.me && !message.is_ephemeral);
  return unread ? (others.at(-unread)?.ts ?? null) : null;
}

function placeholder(channel) {
  const name = channelName(channel);
  return channel.type === "im" || channel.type === "mpim" ? `Message ${name}` : `Message #${name}`;
}

function head(channel) {
  const picture = { private: "lock", im: "at", mpim: "people" }[channel.type] ?? "hash";
  const topic = channel.topic ? h("div", { class: "topic" }, mrkdwn(channel.topic)) : null;
  const person = channel.type === "im" ? store.users.get(channel.with) : null;
  const about = person && !person.is_bot ? h("div", { class: "topic" }, `@${person.name} · ${person.tz ?? zone()}`) : null;
  return h("header", { class: "pane-head" }, h("h1", { class: "pane-title", tabindex: "-1" }, icon(picture), h("span", { class: "pane-name", title: channelName(channel) }, channelName(channel))), topic ?? about);
}

function empty(channel) {
  const isTalk = channel.type === "im";
  const text = isTalk ? `This is the beginning of your conversation with ${nameOf(channel.with)}.` : `This is the very beginning of #${channelName(channel)}.`;
  const sign = isTalk ? avatar(channel.with, "large") : h("span", { class: "beginning-sign" }, icon(channel.type === "private" ? "lock" : "hash", 22));
  return h("div", { class: "beginning" }, sign, h("p", { class: "beginning-title" }, isTalk ? channelName(channel) : `#${channelName(channel)}`), h("p", {}, text, isTalk || !channel.topic ? null : [" ", mrkdwn(channel.topic)]));
}

function foot(channel) {
  if (channel.is_archived) return h("div", { class: "closed" }, "This channel is archived. You can read it, but not write in it.");
  if (channel.is_member === false && channel.type === "public") {
    return h("div", { class: "closed" }, `You are looking at #${channelName(channel)} from outside. `, h("button", { type: "button", class: "button primary", testid: "join", onclick: () => post("join", { channel: channel.id }) }, "Join channel"));
  }
  return new Composer({ channel: channel.id, placeholder: placeholder(channel) }).node;
}

export class ChannelPane {
  /** @param {HTMLElement} node */
  constructor(node, { bare = false } = {}) {
    Object.assign(this, { node, bare });
  }

  /** Shows a channel; what was there before stops listening. */
  async show(id) {
    this.stop();
    this.id = id;
    await load(id);
    if (this.id !== id) return;
    const channel = store.channels.get(id);
    this.shape = this.shapeOf(channel);
    this.list = new MessageList({ select: () => ofChannel(id), channel: id, label: `Messages in ${channelName(channel)}`, unreadFrom: firstUnread(id) });
    this.list.list.before(empty(channel));
    this.foot = foot(channel);
    swap(this.node, this.bare ? null : head(channel), h("div", { class: "scroll-frame" }, this.list.node, this.list.jumper), this.foot);
    this.list.show();
    this.list.down();
    markRead(id);
  }

  shapeOf(channel) {
    return JSON.stringify([channel.is_archived, channel.is_member, channel.name, channel.topic]);
  }

  /** The channel itself changed: archived, joined, renamed. While it is loaded there is nothing to change. */
  changed() {
    const channel = store.channels.get(this.id);
    if (!channel || !this.list || this.shape === this.shapeOf(channel)) return;
    this.shape = this.shapeOf(channel);
    const fresh = foot(channel);
    this.foot.replaceWith(fresh);
    this.foot = fresh;
    if (!this.bare) this.node.querySelector(".pane-head").replaceWith(head(channel));
  }

  stop() {
    this.list?.stop();
    this.list = null;
    this.id = null;
  }
}
