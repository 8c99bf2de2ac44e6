/** One remark at the top of the page (or of the modal): something did not work, or needs to be known. */
import { h, hidden } from "./dom.js";
import { icon } from "./icons.js";

const STAY = 12000;
let timer = null;

/** Shows `text` in `host` until it is closed, or for a while. */
export function showBanner(host, text, { stay = STAY } = {}) {
  clearBanner(host);
  const node = h(
    "div",
    { class: "banner", role: "alert", testid: "banner" },
    icon("warn"),
    h("span", { class: "banner-text" }, text),
    h("button", { type: "button", class: "quiet square", onclick: () => clearBanner(host) }, icon("close", 16), hidden("Dismiss")),
  );
  host.append(node);
  clearTimeout(timer);
  if (stay) timer = setTimeout(() => node.remove(), stay);
}

/** Takes it away. */
export function clearBanner(host) {
  host.replaceChildren();
}
