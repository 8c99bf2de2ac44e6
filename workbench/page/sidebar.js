/** Where one can go: channels, people, apps. */
import { avatar } from "./avatar.js";
import { h, hidden, swap } from "./dom.js";
import { icon } from "./icons.js";
import { jump } from "./jump.js";
import { go } from "./route.js";
import { appOf, channelName, on, store } from "./store.js";

function sign(channel) {
  if (channel.type === "im") return avatar(channel.with ?? channel.id, "small");
  return icon({ private: "lock", mpim: "people" }[channel.type] ?? (channel.is_connected ? "link" : "hash"), 16);
}

function isHere(route) {
  return store.route?.kind === route.kind && store.route.id === route.id;
}

function place(route, { testid, name, before, unread = 0, faint = false, shared = false }) {
  const here = isHere(route);
  return h(
    "li",
    {},
    h(
      "button",
      {
        type: "button",
        class: `place${unread ? " unread" : ""}${faint ? " faint" : ""}`,
        testid,
        "aria-current": here ? "page" : null,
        onclick: () => {
          document.body.classList.remove("sidebar-open");
          go(route);
        },
      },
      before,
      h("span", { class: "place-name" }, name, shared ? hidden(" (shared with another workspace)") : null),
      unread ? h("span", { class: "count" }, unread, hidden(" unread")) : null,
    ),
  );
}

function row(channel) {
  return place({ kind: "channel", id: channel.id, thread: null }, { testid: `channel-${channel.id}`, name: channelName(channel), before: sign(channel), unread: channel.unread, faint: !channel.is_member || channel.is_archived, shared: channel.is_connected });
}

function appRow(app) {
  const im = imOf(app);
  return place({ kind: "app", id: app.id, tab: app.home === false ? "messages" : "home" }, { testid: `app-${app.id}`, name: app.name, before: avatar(app.bot_user, "small"), unread: im?.unread ?? 0 });
}

/** The direct messages with an app, when there are any yet. */
export function imOf(app) {
  return [...store.channels.values()].find((channel) => channel.type === "im" && channel.with === app.bot_user) ?? null;
}

function group(title, rows, extra = null) {
  if (!rows.length && !extra) return null;
  return h("section", { class: "places" }, h("div", { class: "places-head" }, h("h2", {}, title), extra), h("ul", {}, rows));
}

function byName(one, other) {
  return channelName(one).localeCompare(channelName(other));
}

/** @param {HTMLElement} node where the list stands */
export function sidebar(node) {
  let isPressed = false;
  let isOwed = false;
  const draw = () => {
    isOwed = isPressed; // a press ends on what it began on
    if (isPressed) return;
    const focused = document.activeElement?.closest("#sidebar [data-testid]")?.dataset.testid;
    const scroll = node.scrollTop;
    const all = [...store.channels.values()].sort(byName);
    const rooms = all.filter((channel) => ["public", "private"].includes(channel.type));
    const mine = rooms.filter((channel) => channel.is_member && !channel.is_archived);
    const others = rooms.filter((channel) => !mine.includes(channel));
    const open = node.querySelector("details")?.open || others.some((channel) => isHere({ kind: "channel", id: channel.id }));
    const talks = all.filter((channel) => ["im", "mpim"].includes(channel.type) && !appOf(channel.with));
    const add = h("button", { type: "button", class: "quiet square", title: "New direct message", onclick: () => jump() }, icon("plus", 16), hidden("New direct message"));
    swap(
      node,
      h("button", { type: "button", class: "jump-button", onclick: () => jump() }, icon("search", 16), h("span", {}, "Jump to…"), h("kbd", {}, "Ctrl K")),
      group("Channels", mine.map(row)),
      group("Direct messages", talks.map(row), add),
      group("Apps", [...store.apps.values()].map(appRow)),
      others.length ? h("details", { class: "places", open }, h("summary", {}, `Other channels (${others.length})`), h("ul", {}, others.map(row))) : null,
    );
    node.scrollTop = scroll;
    if (focused) node.querySelector(`[data-testid="${CSS.escape(focused)}"]`)?.focus();
  };
  const release = () => {
    isPressed = false;
    if (isOwed) draw();
  };
  node.addEventListener("pointerdown", ({ button }) => (isPressed = button === 0));
  for (const end of ["pointerup", "pointercancel"]) addEventListener(end, () => setTimeout(release));
  for (const news of ["state", "channels", "route"]) on(news, draw);
}
