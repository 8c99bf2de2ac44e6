/** One message. */
import { avatar } from "./avatar.js";
import { attachments } from "./attachments.js";
import { showBlocks } from "./blocks/index.js";
import { h, hidden } from "./dom.js";
import { files } from "./files.js";
import { icon } from "./icons.js";
import { menuOf, toolsOf } from "./hover.js";
import { objects } from "./objects.js";
import { reactions } from "./reactions.js";
import { openThread } from "./route.js";
import { appOf, dropMessage, nameOf, store } from "./store.js";
import { surfaceOf } from "./surfaces.js";
import { ago, moment } from "./text/dates.js";
import { mrkdwn } from "./text/mrkdwn.js";

const ONLY_EMOJI = /^(?:\s*:[a-z0-9_+'-]+:\s*){1,6}$/;

/** Who wrote it: a name, the id behind it, and whether that is an app. */
export function author(message) {
  const app = appOf(message.user) ?? store.apps.get(message.app_id);
  const isApp = Boolean(message.bot_id || message.app_id || store.users.get(message.user)?.is_bot);
  const name = message.username || (message.user ? nameOf(message.user) : "") || message.bot_profile?.name || app?.name || "App";
  return { name, id: message.user ?? app?.bot_user ?? message.bot_id ?? "", isApp };
}

/**
 * Whether the message is more than words. What a person types arrives with a rich_text copy of it,
 * which knows less about its style than the words themselves.
 */
export function hasBlocks(message) {
  return Boolean(message.blocks?.length) && !(message.client_msg_id && message.text);
}

function words(message) {
  const node = h("div", { class: ONLY_EMOJI.test(message.text ?? "") ? "text jumbo" : "text" }, message.mrkdwn === false ? [message.text] : mrkdwn(message.text ?? ""));
  if (message.edited) node.append(editedMark(message));
  return node;
}

function editedMark(message) {
  return h("span", { class: "edited", title: `Edited by ${nameOf(message.edited.user)}` }, " (edited)");
}

function content(channel, message) {
  if (message.subtype === "tombstone") return [h("div", { class: "muted" }, "This message was deleted.")];
  const parts = [];
  if (hasBlocks(message)) {
    const surface = surfaceOf(channel, message.ts, message.blocks);
    const body = h("div", { class: "blocks" });
    showBlocks(body, surface);
    parts.push(body, message.edited ? h("div", {}, editedMark(message)) : null);
  } else if (message.text) {
    parts.push(words(message));
  }
  if (message.streaming_state === "in_progress") parts.push(h("div", { class: "writing", testid: "writing" }, h("span", { class: "dots", "aria-hidden": "true" }), "Writing…"));
  return [...parts, objects(channel, message), attachments(channel, message), files(message), reactions(channel, message)];
}

function replies(channel, message) {
  if (!message.reply_count) return null;
  const people = (message.reply_users ?? []).slice(0, 4).map((user) => avatar(user, "tiny"));
  const latest = message.latest_reply ? h("span", { class: "muted" }, `Last reply ${ago(Number(message.latest_reply))}`) : null;
  return h(
    "button",
    { type: "button", class: "replies", onclick: () => openThread(channel, message.ts) },
    people,
    h("span", { class: "replies-count" }, `${message.reply_count} ${message.reply_count === 1 ? "reply" : "replies"}`),
    latest,
  );
}

function only(channel, message) {
  if (!message.is_ephemeral) return null;
  return h(
    "div",
    { class: "only" },
    icon("eye", 14),
    "Only visible to you ·",
    h("button", { type: "button", class: "link-button", onclick: () => dropMessage(channel, message.ts) }, "Dismiss"),
  );
}

function head(message, { name, isApp }) {
  return h(
    "div",
    { class: "message-head" },
    h("span", { class: "author" }, name),
    isApp ? h("span", { class: "badge" }, "APP") : null,
    h("span", { class: "stamp" }, moment(message.ts, "{time}")),
  );
}

/**
 * Draws a message.
 * @param {{compact?: boolean, thread?: boolean, tools?: boolean}} how compact leaves out the author, thread the reply count
 */
export function drawMessage(channel, message, { compact = false, thread = false } = {}) {
  const who = author(message);
  const side = compact ? h("span", { class: "stamp stamp-side" }, moment(message.ts, "{time}")) : avatar(who.id, "large", who.name);
  const node = h(
    "li",
    {
      class: `message${compact ? " compact" : ""}${message.is_ephemeral ? " ephemeral" : ""}`,
      testid: `message-${message.ts}`,
      tabindex: "-1",
      data: { ts: message.ts },
    },
    h("div", { class: "message-side" }, side),
    h(
      "div",
      { class: "message-main" },
      only(channel, message),
      broadcasted(message, thread),
      compact ? hidden(`${who.name}: `) : head(message, who),
      content(channel, message),
      thread ? null : replies(channel, message),
    ),
    toolsOf(channel, message, { thread }),
  );
  node.addEventListener("contextmenu", (event) => {
    if (event.target.closest("a, input, textarea, [contenteditable]") || String(getSelection())) return;
    event.preventDefault();
    menuOf(node.querySelector("[data-testid=more-actions]"), channel, message);
  });
  return node;
}

function broadcasted(message, thread) {
  return !thread && message.subtype === "thread_broadcast" ? h("div", { class: "muted small" }, "replied to a thread, and here") : null;
}
