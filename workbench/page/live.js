/** What happens elsewhere, as it happens. */
import { dropChannel, dropMessage, emit, putChannel, putMessage, setClock, store } from "./store.js";

const FIRST_WAIT = 250;
const LONGEST_WAIT = 5000;
const KEPT_TRAFFIC = 500;

let socket = null;
let wait = FIRST_WAIT;

/** Each kind of news, and what it changes. */
const NEWS = {
  message: ({ channel, message }) => {
    putMessage(channel, message);
    emit("arrived", { channel, message });
  },
  message_changed: ({ channel, message }) => putMessage(channel, message),
  message_deleted: ({ channel, ts }) => dropMessage(channel, ts),
  channel: ({ channel }) => (isGone(channel) ? dropChannel(channel.id) : putChannel(channel)),
  unread: ({ channel, unread }) => {
    putChannel({ id: channel, unread });
    emit("unread", { channel });
  },
  clock: (clock) => setClock(clock),
  stack: ({ views }) => {
    store.stack = views;
    emit("stack");
  },
  view_updated: ({ view, previous_id: before }) => emit("renamed", { before: before ?? view.id, after: view.id }),
  home: ({ app, view }) => {
    store.homes.set(app, view);
    emit("home", { app });
  },
  traffic: ({ entry }) => {
    store.traffic.push(entry);
    if (store.traffic.length > KEPT_TRAFFIC) store.traffic.shift();
    emit("traffic", { entry });
  },
  entity: (news) => emit("entity", news),
  banner: ({ text }) => emit("banner", { text }),
};

function isGone(channel) {
  return channel.is_deleted || (channel.type !== "public" && !channel.is_member);
}

/** Takes one piece of news. */
export function hear(news) {
  NEWS[news.type]?.(news);
}

/**
 * Connects, and reconnects for as long as the page is open.
 * @returns {Promise<void>} settled once the first try has worked or failed, so that nothing read later is missed
 */
export function connect() {
  return new Promise((settled) => dial(settled));
}

function dial(settled) {
  const address = new URL("/workbench/live", location.href);
  address.protocol = location.protocol === "https:" ? "wss:" : "ws:";
  address.searchParams.set("user", store.me);
  const mine = new WebSocket(address);
  socket = mine;
  mine.onopen = () => {
    const again = wait !== FIRST_WAIT;
    wait = FIRST_WAIT;
    settled();
    emit("live", { connected: true, again });
  };
  mine.onmessage = (event) => hear(JSON.parse(event.data));
  mine.onclose = () => {
    settled();
    if (socket !== mine) return;
    emit("live", { connected: false });
    setTimeout(() => socket === mine && dial(() => {}), wait);
    wait = Math.min(wait * 2, LONGEST_WAIT);
  };
}

/** Hangs up: the page is about to be someone else's. */
export function disconnect() {
  const old = socket;
  socket = null;
  old?.close();
}
