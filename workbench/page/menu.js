/** Menus and other things that hang on what was pressed. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

const GAP = 4;

/** Puts `node` under (or over) `anchor`, above everything, also inside dialogs. */
export function hang(node, anchor, { wide = false, end = false } = {}) {
  node.setAttribute("popover", "manual");
  (anchor.closest("dialog") ?? document.body).append(node);
  node.showPopover();
  const place = () => anchor.isConnected && settle(node, anchor.getBoundingClientRect(), { wide, end });
  place();
  window.addEventListener("resize", place);
  document.addEventListener("scroll", place, true);
  return {
    place,
    drop() {
      window.removeEventListener("resize", place);
      document.removeEventListener("scroll", place, true);
      node.remove();
    },
  };
}

/**
 * Hangs `node` on `anchor` until a press elsewhere or `close`, which may give the focus back.
 * @returns {{node: HTMLElement, place: () => void, close: (back?: boolean) => void}}
 */
export function unfold(anchor, node, { end = false, onclose = () => {} } = {}) {
  const hung = hang(node, anchor, { end });
  const elsewhere = (event) => {
    if (!node.contains(event.target) && !anchor.contains(event.target)) close();
  };
  function close(back = false) {
    document.removeEventListener("pointerdown", elsewhere, true);
    hung.drop();
    anchor.setAttribute("aria-expanded", "false");
    if (back) anchor.focus();
    onclose();
  }
  anchor.setAttribute("aria-expanded", "true");
  document.addEventListener("pointerdown", elsewhere, true);
  return { node, place: hung.place, close };
}

function settle(node, at, { wide, end }) {
  if (wide) node.style.setProperty("width", `${Math.max(at.width, 220)}px`);
  const { offsetWidth: width, offsetHeight: height } = node;
  const below = window.innerHeight - at.bottom - GAP;
  const top = height <= below || below > at.top ? at.bottom + GAP : at.top - height - GAP;
  const left = end ? at.right - width : at.left;
  node.style.setProperty("top", `${Math.max(GAP, Math.min(top, window.innerHeight - height - GAP))}px`);
  node.style.setProperty("left", `${Math.max(GAP, Math.min(left, window.innerWidth - width - GAP))}px`);
}

/**
 * Opens a menu; arrow keys walk, Escape and a press elsewhere close.
 * @param {HTMLElement} anchor
 * @param {({heading: string} | {label: Node|string, hint?: string, icon?: string, testid?: string, onpick: () => void, checked?: boolean})[]} items
 */
export function openMenu(anchor, items, { label, end = false } = {}) {
  const node = h("div", { class: "menu", role: "menu", "aria-label": label });
  for (const item of items) node.append(item.heading ? heading(item) : entry(item, () => close(true)));
  const { close } = unfold(anchor, node, { end });
  node.addEventListener("keydown", (event) => walk(event, node, close));
  node.querySelector("[role^=menuitem]")?.focus();
  return { node, close };
}

function heading(item) {
  return h("div", { class: "menu-heading", role: "presentation" }, item.heading);
}

function entry(item, close) {
  const press = () => {
    close();
    item.onpick();
  };
  return h(
    "button",
    {
      type: "button",
      role: item.checked === undefined ? "menuitem" : "menuitemradio",
      "aria-checked": item.checked === undefined ? null : String(item.checked),
      tabindex: "-1",
      class: `menu-item${item.danger ? " danger" : ""}`,
      testid: item.testid,
      onclick: press,
    },
    item.before ?? (item.icon ? icon(item.icon) : null),
    h("span", { class: "menu-text" }, h("span", {}, item.label), item.hint ? h("span", { class: "menu-hint" }, item.hint) : null),
    item.checked ? icon("check", 16) : null,
  );
}

function walk(event, node, close) {
  const items = [...node.querySelectorAll("[role^=menuitem]")];
  const at = items.indexOf(document.activeElement);
  const to = { ArrowDown: at + 1, ArrowUp: at - 1, Home: 0, End: items.length - 1 }[event.key];
  if (to !== undefined) {
    event.preventDefault();
    items[(to + items.length) % items.length]?.focus();
  } else if (event.key === "Escape" || event.key === "Tab") {
    event.preventDefault();
    event.stopPropagation();
    close(true);
  } else if (event.key.length === 1 && !event.ctrlKey && !event.metaKey) {
    items.find((item) => item.textContent.trim().toLowerCase().startsWith(event.key.toLowerCase()))?.focus();
  }
}
