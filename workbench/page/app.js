/** Puts the page together. */
import { announce } from "./announce.js";
import { get, Unreachable } from "./api.js";
import { showBanner } from "./banner.js";
import { ChannelPane, load, markRead } from "./channel.js";
import { clock } from "./clock.js";
import { h, hidden, swap } from "./dom.js";
import { HomePane } from "./home.js";
import { icon } from "./icons.js";
import { Inspector } from "./inspector.js";
import { listen, showKeys } from "./keys.js";
import { connect, disconnect } from "./live.js";
import { author } from "./message.js";
import { Modal } from "./modal.js";
import { arrive, follow } from "./route.js";
import { channelName, emit, on, setState, store } from "./store.js";
import { sidebar } from "./sidebar.js";
import { switcher } from "./switcher.js";
import { bare } from "./text/mrkdwn.js";
import { themeButton } from "./theme.js";
import { ThreadPane } from "./thread.js";

const at = (id) => document.getElementById(id);
const main = at("main");
const panes = { channel: new ChannelPane(main), app: new HomePane(main), thread: new ThreadPane(at("thread")) };

function topBar() {
  const traffic = h("button", { type: "button", class: "quiet square", title: "Traffic inspector", testid: "inspector-toggle", "aria-expanded": "false", "aria-controls": "inspector" }, icon("pulse"), hidden("Traffic inspector"));
  const menu = h("button", { type: "button", class: "quiet square only-narrow", testid: "sidebar-toggle", "aria-controls": "sidebar", onclick: () => document.body.classList.toggle("sidebar-open") }, icon("menu"), hidden("Channels"));
  const keys = h("button", { type: "button", class: "quiet square only-wide", title: "Keyboard", onclick: showKeys }, icon("keyboard"), hidden("Keyboard"));
  const team = h("span", { class: "team-name" });
  const line = h("span", { class: "line-lost", hidden: true, role: "status" }, "Reconnecting…");
  on("state", () => (team.textContent = store.team.name));
  on("live", ({ connected }) => (line.hidden = connected));
  swap(at("top"), menu, h("span", { class: "brand" }, icon("flask", 20), team), line, h("span", { class: "spring" }), clock(), traffic, keys, themeButton(), switcher(become));
  return new Inspector(at("inspector"), traffic);
}

/** The channel one is looking at, in whichever pane. */
function looking() {
  return store.route?.kind === "channel" ? store.route.id : panes.app.channel;
}

/** Whether that channel stands before one's eyes: until it is drawn, what is unread has to be known. */
function reads(channel) {
  const isDrawn = store.route?.kind !== "channel" || panes.channel.list;
  return channel === looking() && isDrawn && document.visibilityState === "visible";
}

async function enter({ moved }) {
  const { route } = store;
  if (moved) {
    document.body.classList.remove("sidebar-open");
    panes.channel.stop();
    panes.app.stop();
    if (route.kind === "channel") await panes.channel.show(route.id);
    else await panes.app.show(route.id, route.tab);
  }
  panes.thread.show(route.id, route.kind === "channel" ? route.thread : null);
}

function arrived({ channel, message }) {
  const mine = message.user === store.me;
  if (reads(channel)) markRead(channel);
  if (mine && !message.is_ephemeral) return;
  const { name } = author(message);
  const where = store.channels.get(channel);
  const text = message.text ? bare({ type: "mrkdwn", text: message.text }) : "sent something";
  announce(`${name}${channel === looking() ? "" : ` in ${channelName(where)}`}: ${text}`);
}

async function begin(user) {
  let state = await get("state", user ? { user } : {});
  if (state.error) {
    showBanner(at("banners"), state.error);
    state = await get("state");
  }
  setState(state);
  const address = new URL(location.href);
  address.searchParams.set("user", store.me);
  history.replaceState(null, "", address);
  await connect();
}

/** Becomes someone else, at the same place where they may be there. */
async function become(user) {
  disconnect();
  store.me = user;
  store.messages.clear();
  store.homes.clear();
  store.stack = [];
  store.route = null;
  emit("stack");
  panes.thread.show(null, null);
  await begin(user);
  arrive();
}

/** After the line was down, what was missed is fetched. */
async function catchUp() {
  setState(await get("state"));
  const open = looking();
  if (open) await load(open);
}

on("route", enter);
on("arrived", arrived);
on("channels", () => panes.channel.id && panes.channel.changed());
on("gone", ({ channel }) => {
  if (channel !== looking()) return;
  showBanner(at("banners"), "You are no longer in that channel.");
  location.hash = "";
});
on("unread", ({ channel }) => reads(channel) && markRead(channel));
on("banner", ({ text, surface }) => surface?.kind !== "modal" && showBanner(at("banners"), text));
on("live", ({ again }) => again && catchUp());
document.addEventListener("visibilitychange", () => reads(looking()) && markRead(looking()));
window.addEventListener("unhandledrejection", (event) => {
  if (!(event.reason instanceof Unreachable)) return;
  event.preventDefault();
  showBanner(at("banners"), "The workbench did not answer. Is it still running?");
});

topBar();
sidebar(at("sidebar"));
new Modal();
listen();
await begin(new URL(location.href).searchParams.get("user"));
follow();
