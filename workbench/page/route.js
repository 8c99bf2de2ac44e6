/** Where the person is: kept in the address, so that it survives a reload. */
import { emit, store } from "./store.js";

/** "#/C1/170.1" or "#/app/A1/home" */
export function parsed(hash) {
  const [first, second, third] = hash.replace(/^#\/?/, "").split("/").map(decodeURIComponent);
  if (first === "app" && store.apps.has(second)) return { kind: "app", id: second, tab: third || "home" };
  if (store.channels.has(first)) return { kind: "channel", id: first, thread: second || null };
  return null;
}

function written(route) {
  const parts = route.kind === "app" ? ["app", route.id, route.tab] : [route.id, route.thread].filter(Boolean);
  return `#/${parts.map(encodeURIComponent).join("/")}`;
}

/** Goes there. */
export function go(route) {
  if (written(route) === location.hash) take(route);
  else location.hash = written(route);
}

function take(route) {
  const before = store.route;
  store.route = route;
  emit("route", { before, moved: before?.kind !== route.kind || before?.id !== route.id || before?.tab !== route.tab });
}

function home() {
  const all = [...store.channels.values()];
  return all.find((channel) => channel.is_member && !channel.is_archived && channel.type !== "im") ?? all[0];
}

/** Goes where the address says; to a channel of one's own when it says nothing that exists. */
export function arrive() {
  const route = parsed(location.hash);
  if (route) take(route);
  else if (home()) go({ kind: "channel", id: home().id });
}

/** Follows the address from now on. */
export function follow() {
  window.addEventListener("hashchange", arrive);
  arrive();
}

/** Opens a thread next to where one is. */
export function openThread(channel, ts) {
  const { route } = store;
  if (route.kind === "app") go({ kind: "channel", id: channel, thread: ts });
  else go({ ...route, thread: ts });
}

/** Closes it. */
export function closeThread() {
  if (store.route?.thread) go({ ...store.route, thread: null });
}
