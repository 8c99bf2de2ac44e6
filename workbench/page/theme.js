/** Light, dark, or as the machine says. */
import { h } from "./dom.js";
import { icon } from "./icons.js";

const ORDER = ["auto", "light", "dark"];
const PICTURES = { auto: "auto", light: "sun", dark: "moon" };
const KEY = "workbench.theme";

function remembered() {
  try {
    const theme = localStorage.getItem(KEY);
    return ORDER.includes(theme) ? theme : "auto";
  } catch {
    return "auto";
  }
}

function wear(theme) {
  if (theme === "auto") delete document.documentElement.dataset.theme;
  else document.documentElement.dataset.theme = theme;
  try {
    localStorage.setItem(KEY, theme);
  } catch {
    // A browser that keeps nothing still shows it until the page is left.
  }
}

/** The button that goes round the three. */
export function themeButton() {
  let theme = remembered();
  wear(theme);
  const node = h("button", { type: "button", class: "quiet square", testid: "theme", onclick: turn });
  function draw() {
    node.replaceChildren(icon(PICTURES[theme]));
    node.setAttribute("aria-label", `Theme: ${theme}`);
    node.title = `Theme: ${theme}`;
  }
  function turn() {
    theme = ORDER[(ORDER.indexOf(theme) + 1) % ORDER.length];
    wear(theme);
    draw();
  }
  draw();
  return node;
}
