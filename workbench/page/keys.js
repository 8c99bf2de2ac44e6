/** What the keyboard does everywhere, and the page that lists it. */
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { jump } from "./jump.js";
import { closeThread } from "./route.js";

const KEYS = [
  ["Ctrl K", "Jump to a channel, a person or an app"],
  ["Alt ↑ / Alt ↓", "Previous or next place in the list"],
  ["Esc", "Close the menu, the modal, the thread"],
  ["Enter", "Send; Shift Enter breaks the line"],
  ["/", "Begin a command"],
  ["↑ / ↓", "Walk through messages, lists and menus"],
  ["T", "Open the thread of the message in focus"],
  ["R", "Put an emoji on the message in focus"],
  ["Enter", "What can be done with the message in focus"],
  ["Ctrl Enter", "Submit the modal"],
  ["Alt I", "Traffic inspector"],
  ["Alt C", "Clock"],
  ["Alt U", "Act as someone else"],
  ["?", "This list"],
];

function isTyping(target) {
  return target.closest?.("input, textarea, select, [contenteditable]") !== null && target.closest !== undefined;
}

/** Shows the list. */
export function showKeys() {
  if (document.querySelector("dialog[open]")) return;
  openDialog({ title: "Keyboard", body: [h("dl", { class: "keys" }, KEYS.map(([keys, what]) => h("div", {}, h("dt", {}, h("kbd", {}, keys)), h("dd", {}, what))))] });
}

function step(by) {
  const places = [...document.querySelectorAll("#sidebar .place")].filter((node) => node.offsetParent);
  const at = places.findIndex((node) => node.getAttribute("aria-current"));
  places[(at + by + places.length) % places.length]?.click();
}

function press(testid) {
  document.querySelector(`[data-testid="${testid}"]`)?.click();
}

const ALT = { ArrowUp: () => step(-1), ArrowDown: () => step(1), KeyI: () => press("inspector-toggle"), KeyC: () => press("clock"), KeyU: () => press("user-switcher") };

/** Listens for the whole page. */
export function listen() {
  document.addEventListener("keydown", (event) => {
    if ((event.ctrlKey || event.metaKey) && event.code === "KeyK") {
      event.preventDefault();
      jump();
    } else if (event.altKey && ALT[event.code] && !document.querySelector("dialog[open]")) {
      event.preventDefault();
      ALT[event.code]();
    } else if (event.key === "Escape" && !event.defaultPrevented && !document.querySelector("dialog[open]")) {
      document.body.classList.remove("sidebar-open");
      closeThread();
    } else if (!isTyping(event.target) && !event.ctrlKey && !event.metaKey && !event.altKey) {
      plain(event);
    }
  });
}

function plain(event) {
  if (event.key === "?") showKeys();
  if (event.key !== "/") return;
  const composer = document.querySelector("[data-testid=composer]");
  if (!composer || document.querySelector("dialog[open]")) return;
  event.preventDefault();
  composer.focus();
  if (!composer.value) composer.setRangeText("/", 0, 0, "end");
  composer.dispatchEvent(new Event("input", { bubbles: true }));
}
