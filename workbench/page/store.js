/** Everything the page knows; panes listen to what changes. */

const bus = new EventTarget();

export const store = {
  me: "",
  team: { id: "", name: "" },
  /** @type {{id: string, name: string, people: object[]}[]} all of this Slack's */ workspaces: [],
  /** @type {Map<string, object>} */ users: new Map(),
  /** @type {Map<string, object>} */ groups: new Map(),
  /** @type {Map<string, object>} */ channels: new Map(),
  /** @type {Map<string, object>} */ apps: new Map(),
  /** @type {Map<string, Map<string, object>>} channel -> ts -> message */ messages: new Map(),
  /** @type {object[]} bottom first */ stack: [],
  /** @type {Map<string, object|null>} app -> its home view */ homes: new Map(),
  /** @type {object[]} */ traffic: [],
  clock: { offset: 0 },
  /** How much is typed before an app is asked, where the element does not say. */ leastTyped: 3,
  skew: 0,
  /** @type {{kind: "channel"|"app", id: string, tab?: string, thread?: string}|null} */ route: null,
};

/** Listens; returns how to stop. */
export function on(name, listener) {
  const heard = (event) => listener(event.detail);
  bus.addEventListener(name, heard);
  return () => bus.removeEventListener(name, heard);
}

/** Tells every listener of `name`. */
export function emit(name, detail) {
  bus.dispatchEvent(new CustomEvent(name, { detail }));
}

/** The workbench's time, in seconds. */
export function now() {
  return Date.now() / 1000 + store.skew;
}

/** Takes the server's word for what time it is. */
export function setClock(clock) {
  const jumped = Math.abs(clock.now - now()) > 20;
  store.skew = clock.now - Date.now() / 1000;
  store.clock = { offset: clock.offset ?? 0 };
  emit("clock", { jumped });
}

/** Takes a whole state (GET /workbench/state). */
export function setState(state) {
  store.me = state.me;
  store.team = state.team;
  store.workspaces = state.workspaces ?? [];
  store.users = byId(state.users);
  store.groups = byId(state.usergroups);
  store.channels = byId(state.channels);
  store.apps = byId(state.apps);
  store.leastTyped = state.min_query_length ?? store.leastTyped;
  if (state.views) store.stack = state.views;
  setClock(state.clock);
  emit("state");
}

function byId(items = []) {
  return new Map(items.map((item) => [item.id, item]));
}

/** Takes a channel's whole history. */
export function setMessages(channel, messages) {
  store.messages.set(channel, new Map(messages.map((message) => [message.ts, message])));
  emit("messages", { channel });
}

/** Adds or replaces one message. */
export function putMessage(channel, message) {
  const known = store.messages.get(channel);
  if (!known) return;
  known.set(message.ts, message);
  emit("messages", { channel, message });
}

/** Forgets one message. */
export function dropMessage(channel, ts) {
  if (store.messages.get(channel)?.delete(ts)) emit("messages", { channel });
}

/** Adds or changes a channel. */
export function putChannel(channel) {
  store.channels.set(channel.id, { ...store.channels.get(channel.id), ...channel });
  emit("channels");
}

/** Forgets a channel that is gone, or that one may not see any more. */
export function dropChannel(id) {
  if (!store.channels.delete(id)) return;
  store.messages.delete(id);
  emit("channels");
  emit("gone", { channel: id });
}

/** A person's or a bot's shown name. */
export function nameOf(user) {
  const known = store.users.get(user);
  return known ? known.real_name || known.name : user;
}

/** A channel's shown name, without its sign. */
export function channelName(channel) {
  if (!channel) return "unknown";
  if (channel.type === "im") return channel.with ? nameOf(channel.with) : channel.name || "Direct message";
  return channel.name || channel.id;
}

/** The app whose bot this is, if any. */
export function appOf(bot) {
  for (const app of store.apps.values()) if (app.bot_user === bot) return app;
  return null;
}

/** The viewer's time zone. */
export function zone() {
  return store.users.get(store.me)?.tz || "UTC";
}
