/** Ctrl+K: go anywhere by typing a few letters. */
import { post } from "./api.js";
import { avatar } from "./avatar.js";
import { openDialog } from "./dialog.js";
import { h, swap, uid } from "./dom.js";
import { icon } from "./icons.js";
import { go } from "./route.js";
import { appOf, channelName, putChannel, store } from "./store.js";
import { bare } from "./text/mrkdwn.js";

const MOST = 12;

function places() {
  const channels = [...store.channels.values()].filter((channel) => channel.type !== "im").map((channel) => ({
    name: channelName(channel),
    hint: bare({ type: "mrkdwn", text: channel.topic ?? "" }),
    before: icon({ private: "lock", mpim: "people" }[channel.type] ?? "hash", 16),
    go: () => go({ kind: "channel", id: channel.id, thread: null }),
  }));
  const people = [...store.users.values()].filter((user) => !user.deleted && !user.is_bot && user.id !== store.me).map((user) => ({
    name: user.real_name || user.name,
    hint: `@${user.name}`,
    before: avatar(user.id, "tiny"),
    go: () => talk(user.id),
  }));
  const apps = [...store.apps.values()].map((app) => ({
    name: app.name,
    hint: "App",
    before: avatar(app.bot_user, "tiny"),
    go: () => go({ kind: "app", id: app.id, tab: app.home === false ? "messages" : "home" }),
  }));
  return [...channels, ...people, ...apps];
}

/** Opens the direct messages with someone, new ones if need be. */
export async function talk(user) {
  const app = appOf(user);
  if (app) return go({ kind: "app", id: app.id, tab: "messages" });
  const known = [...store.channels.values()].find((channel) => channel.type === "im" && channel.with === user);
  if (known) return go({ kind: "channel", id: known.id, thread: null });
  const { channel } = await post("dm", { with: user });
  const made = typeof channel === "string" ? { id: channel, type: "im", with: user, is_member: true, unread: 0, ...store.channels.get(channel) } : channel;
  putChannel(made);
  return go({ kind: "channel", id: made.id, thread: null });
}

/** Opens the list. */
export function jump() {
  if (document.querySelector("dialog[open]")) return;
  const id = uid("jump");
  let found = [];
  let active = 0;
  const list = h("div", { class: "jump-list", role: "listbox", id, "aria-label": "Places" });
  const input = h("input", {
    type: "text",
    class: "field jump-input",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-autocomplete": "list",
    "aria-label": "Jump to a channel, a person or an app",
    placeholder: "Channel, person or app",
    autocomplete: "off",
    testid: "jump",
    oninput: draw,
    onkeydown: (event) => {
      const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
      if (step && found.length) {
        event.preventDefault();
        mark((active + step + found.length) % found.length);
      } else if (event.key === "Enter" && found[active]) {
        event.preventDefault();
        leave(found[active]);
      }
    },
  });
  const dialog = openDialog({ title: "Jump to", body: [input, list], kind: "jump" });
  function leave(place) {
    dialog.close();
    document.body.classList.remove("sidebar-open");
    place.go();
  }
  function mark(at) {
    active = at;
    [...list.children].forEach((node, place) => {
      node.classList.toggle("active", place === at);
      node.setAttribute("aria-selected", String(place === at));
    });
    input.setAttribute("aria-activedescendant", `${id}-${at}`);
    list.children[at]?.scrollIntoView({ block: "nearest" });
  }
  function draw() {
    const typed = input.value.trim().toLowerCase().replace(/^[#@]/, "");
    const fits = ({ name, hint }) => `${name} ${hint}`.toLowerCase().includes(typed);
    const first = ({ name }) => (name.toLowerCase().startsWith(typed) ? 0 : 1);
    found = places().filter(fits).sort((one, other) => first(one) - first(other)).slice(0, MOST);
    const row = (place, at) => h("div", { class: "option", role: "option", id: `${id}-${at}`, "aria-selected": "false", onclick: () => leave(place) }, h("span", { class: "option-before" }, place.before), h("span", { class: "option-text" }, h("span", {}, place.name), h("span", { class: "option-hint" }, place.hint)));
    swap(list, found.length ? found.map(row) : h("div", { class: "list-note", role: "option", "aria-disabled": "true", "aria-selected": "false" }, "Nothing by that name"));
    if (found.length) mark(0);
  }
  draw();
  input.focus();
}
