/** The page's only way to ask the server something. */
import { store } from "./store.js";

/** The server did not answer, or not with JSON. */
export class Unreachable extends Error {}

async function ask(path, options, params = {}) {
  const address = new URL(`/workbench/${path}`, location.href);
  if (store.me) address.searchParams.set("user", store.me);
  for (const [name, value] of Object.entries(params)) address.searchParams.set(name, String(value));
  try {
    const response = await fetch(address, options);
    return await response.json();
  } catch (error) {
    throw new Unreachable(`${path}: ${error.message}`);
  }
}

/** Reads. */
export function get(path, params) {
  return ask(path, { headers: { accept: "application/json" } }, params);
}

/** Does something. */
export function post(path, body = {}) {
  return ask(path, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) });
}

/** Undoes something. */
export function remove(path) {
  return ask(path, { method: "DELETE" });
}
