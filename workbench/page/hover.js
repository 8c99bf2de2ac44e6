/** What can be done with a message: reply, the apps' message shortcuts, copy, look inside. */
import { post } from "./api.js";
import { openDialog } from "./dialog.js";
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";
import { json } from "./json.js";
import { openMenu } from "./menu.js";
import { addReaction } from "./reactions.js";
import { openThread } from "./route.js";
import { emit, store } from "./store.js";

/** Runs a shortcut; what goes wrong is said at the top of the page. */
export async function runShortcut(shortcut, place = {}) {
  const answer = await post("shortcut", { callback_id: shortcut.callback_id, app: shortcut.app, ...place });
  if (!answer.ok) emit("banner", { text: `“${shortcut.name}” did not work: ${answer.error}` });
}

/** All shortcuts of a kind, with their app's id. */
export function shortcutsOf(type) {
  return [...store.apps.values()].flatMap((app) => (app.shortcuts ?? []).filter((one) => one.type === type).map((one) => ({ ...one, app: app.id, app_name: app.name })));
}

/** The menu behind the three dots. */
export function menuOf(anchor, channel, message) {
  const shortcuts = message.is_ephemeral ? [] : shortcutsOf("message");
  const own = shortcuts.map((shortcut) => ({
    label: shortcut.name,
    hint: shortcut.app_name,
    icon: "bolt",
    testid: `shortcut-${shortcut.callback_id}`,
    onpick: () => runShortcut(shortcut, { channel, message_ts: message.ts }),
  }));
  openMenu(
    anchor,
    [
      ...(own.length ? [{ heading: "Message shortcuts" }, ...own] : []),
      { heading: "This message" },
      { label: "Copy text", icon: "copy", onpick: () => navigator.clipboard?.writeText(message.text ?? "") },
      { label: "Show JSON", icon: "code", testid: "show-json", onpick: () => inside(message) },
    ],
    { label: "Message actions", end: true },
  );
}

function inside(message) {
  openDialog({ title: `Message ${message.ts}`, body: [json(message)], kind: "wide" });
}

/** The buttons that appear over a message. */
export function toolsOf(channel, message, { thread }) {
  const tool = (name, picture, testid, press) => h("button", { type: "button", class: "quiet square", title: name, testid, onclick: press }, icon(picture, 16), hidden(name));
  const reply = thread || message.is_ephemeral ? null : tool("Reply in thread", "reply", "reply-in-thread", () => openThread(channel, message.thread_ts ?? message.ts));
  const add = message.is_ephemeral || message.subtype === "tombstone" ? null : tool("Add reaction", "smile-plus", "react", () => addReaction(add, channel, message, { end: true }));
  add?.setAttribute("aria-haspopup", "dialog");
  add?.setAttribute("aria-expanded", "false");
  const more = tool("More actions", "more", "more-actions", () => menuOf(more, channel, message));
  more.setAttribute("aria-haspopup", "menu");
  more.setAttribute("aria-expanded", "false");
  return h("div", { class: "tools-over", role: "group", "aria-label": "Message actions" }, add, reply, more);
}
