/** The emoji that people and apps put on a message; pressing one joins in, or takes one's own back. */
import { post } from "./api.js";
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { pickEmoji } from "./picker.js";
import { emit, nameOf, store } from "./store.js";
import { emoji } from "./text/emoji.js";

const REFUSED = {
  too_many_reactions: "You have put as many different emoji on this message as one person may.",
  too_many_emoji: "There are as many different emoji on this message as there may be.",
};

async function react(channel, message, name, isOver = false) {
  const answer = await post("react", { channel, ts: message.ts, name, ...(isOver ? { is_over: true } : {}) });
  if (!answer.ok && answer.error !== "already_reacted") emit("banner", { text: REFUSED[answer.error] ?? `That emoji was not put there: ${answer.error}` });
}

/** Lets one choose an emoji for a message. */
export function addReaction(anchor, channel, message, where = {}) {
  pickEmoji(anchor, (name) => react(channel, message, name), where);
}

function pill(channel, message, { name, count, users = [] }) {
  const mine = users.includes(store.me);
  const who = users.map((user) => (user === store.me ? "you" : nameOf(user))).join(", ");
  return h(
    "button",
    { type: "button", class: "reaction", title: `${who}: :${name}:`, testid: `reaction-${name}`, "aria-pressed": String(mine), onclick: () => react(channel, message, name, mine) },
    emoji(name) ?? `:${name}:`,
    h("span", { class: "reaction-count" }, count),
    hidden(` by ${who}`),
  );
}

/** All of a message's, with a way to add another. */
export function reactions(channel, message) {
  if (!message.reactions?.length) return null;
  const more = h("button", { type: "button", class: "reaction reaction-more", title: "Add reaction", testid: "add-reaction", "aria-haspopup": "dialog", "aria-expanded": "false", onclick: () => addReaction(more, channel, message) }, icon("smile-plus", 16), hidden("Add reaction"));
  return h("div", { class: "reactions", role: "group", "aria-label": "Reactions" }, message.reactions.map((each) => pill(channel, message, each)), more);
}
