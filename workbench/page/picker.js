/** Chooses an emoji: a search box over a grid, for reactions and while one writes. */
import { h, swap, uid } from "./dom.js";
import { unfold } from "./menu.js";
import { EMOJI, emojiMatches } from "./text/emoji.js";

const COLUMNS = 8;
const MOST = 160;
const OFTEN = ["+1", "eyes", "white_check_mark", "tada", "heart", "raised_hands", "pray", "joy", "rocket", "fire", "thinking_face", "wave", "hourglass_flowing_sand", "warning", "x", "100"];

function offered(typed) {
  const names = typed ? emojiMatches(typed, MOST) : [...OFTEN, ...EMOJI.keys()];
  const seen = new Set();
  return names.filter((name) => !seen.has(EMOJI.get(name)) && seen.add(EMOJI.get(name))).slice(0, MOST);
}

/** Opens the picker at `anchor`; `onpick` gets a name without colons. */
export function pickEmoji(anchor, onpick, { end = false } = {}) {
  const id = uid("emoji");
  let names = [];
  let active = 0;
  const grid = h("div", { class: "emoji-grid", role: "listbox", id, "aria-label": "Emoji" });
  const caption = h("div", { class: "emoji-name", "aria-hidden": "true" });
  const input = h("input", {
    type: "text",
    class: "field small",
    role: "combobox",
    "aria-expanded": "true",
    "aria-controls": id,
    "aria-label": "Find an emoji",
    placeholder: "Find an emoji",
    autocomplete: "off",
    testid: "emoji-search",
    oninput: draw,
    onkeydown: pressed,
  });
  const panel = unfold(anchor, h("div", { class: "menu emoji-picker", role: "dialog", "aria-label": "Emoji", testid: "emoji-picker" }, input, grid, caption), { end });

  function take(name) {
    panel.close(true);
    onpick(name);
  }
  function pressed(event) {
    const by = { ArrowRight: 1, ArrowLeft: -1, ArrowDown: COLUMNS, ArrowUp: -COLUMNS }[event.key];
    const isMove = by && (Math.abs(by) === COLUMNS || !input.value);
    if (isMove && names.length) {
      event.preventDefault();
      mark(Math.max(0, Math.min(active + by, names.length - 1)));
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (names[active]) take(names[active]);
    } else if (event.key === "Escape" || event.key === "Tab") {
      event.preventDefault();
      event.stopPropagation();
      panel.close(true);
    }
  }
  function mark(at) {
    grid.children[active]?.classList.remove("active");
    grid.children[active]?.setAttribute("aria-selected", "false");
    active = at;
    const node = grid.children[at];
    node?.classList.add("active");
    node?.setAttribute("aria-selected", "true");
    node?.scrollIntoView({ block: "nearest" });
    caption.textContent = names[at] ? `:${names[at]}:` : "Nothing by that name";
    if (node) input.setAttribute("aria-activedescendant", node.id);
    else input.removeAttribute("aria-activedescendant");
  }
  function draw() {
    names = offered(input.value.trim().toLowerCase().replaceAll(":", "").replaceAll(" ", "_"));
    const one = (name, at) => h("div", { class: "emoji-choice", role: "option", id: `${id}-${at}`, "aria-selected": "false", "aria-label": name.replaceAll("_", " "), testid: `pick-${name}`, onclick: () => take(name), onmousemove: () => active === at || mark(at) }, EMOJI.get(name));
    swap(grid, names.map(one));
    grid.hidden = !names.length;
    mark(0);
    panel.place();
  }
  draw();
  input.focus();
}
