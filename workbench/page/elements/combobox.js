/** A text box with a list: type to narrow, arrows to walk, Enter to choose. One value or many. */
import { h, hidden, swap, uid } from "../dom.js";
import { icon } from "../icons.js";
import { hang } from "../menu.js";

/**
 * @typedef {{value: string, label: string, nodes: Node[], hint?: string, raw: object}} Choice
 * @typedef {{label: string, choices: Choice[]}} Group
 */

export class Combobox {
  /**
   * @param {{
   *   load: (typed: string) => Group[] | Promise<Group[] | {note: string}>,
   *   onchange: (chosen: Choice[]) => void, chosen: Choice[], multiple: boolean, most?: number,
   *   clearable: boolean, placeholder: string, attributes: object, wait?: number
   * }} options
   */
  constructor(options) {
    this.options = options;
    this.chosen = options.chosen;
    this.list = null;
    this.rows = [];
    this.active = -1;
    this.turn = 0;
    this.listId = uid("list");
    this.input = h("input", {
      type: "text",
      role: "combobox",
      class: "combo-input",
      autocomplete: "off",
      spellcheck: "false",
      "aria-autocomplete": "list",
      "aria-expanded": "false",
      "aria-haspopup": "listbox",
      ...options.attributes,
      oninput: () => this.open(),
      onclick: () => this.open(),
      onkeydown: (event) => this.key(event),
      onblur: () => this.leave(),
      onfocus: () => this.input.select(),
    });
    this.chips = h("span", { class: "chips" });
    this.clear = h("button", { type: "button", class: "combo-clear", tabindex: "-1", onclick: () => this.choose([]) }, icon("close", 14), hidden("Clear"));
    this.node = h("div", { class: `combo${options.multiple ? " many" : ""}` }, this.chips, this.input, this.clear, icon("down", 16));
    this.node.addEventListener("click", (event) => event.target === this.node && this.input.focus());
    this.draw();
  }

  draw() {
    const { multiple, placeholder, clearable } = this.options;
    this.input.placeholder = multiple && this.chosen.length ? "" : placeholder;
    this.input.value = multiple ? "" : (this.chosen[0]?.label ?? "");
    this.clear.hidden = !clearable || !this.chosen.length || multiple;
    swap(this.chips, multiple ? this.chosen.map((choice) => this.chip(choice)) : []);
  }

  chip(choice) {
    const drop = () => {
      this.choose(this.chosen.filter((other) => other.value !== choice.value));
      this.input.focus();
    };
    return h("span", { class: "chip" }, h("span", {}, choice.nodes), h("button", { type: "button", onclick: drop }, icon("close", 12), hidden(`Remove ${choice.label}`)));
  }

  /** What is typed, as opposed to the chosen label standing there. */
  typed() {
    const { value } = this.input;
    return !this.options.multiple && value === this.chosen[0]?.label ? "" : value.trim();
  }

  async open() {
    if (!this.list) {
      this.list = h("div", { class: "listbox", role: "listbox", id: this.listId, "aria-label": "Options", "aria-multiselectable": this.options.multiple ? "true" : null });
      this.list.addEventListener("mousedown", (event) => event.preventDefault());
      this.hung = hang(this.list, this.node, { wide: true });
      this.input.setAttribute("aria-expanded", "true");
      this.input.setAttribute("aria-controls", this.listId);
    }
    this.turn += 1;
    const turn = this.turn;
    const found = this.options.load(this.typed());
    if (found instanceof Promise) {
      this.note("Searching…");
      const groups = await this.settled(found);
      if (turn === this.turn && this.list) this.show(groups);
    } else {
      this.show(found);
    }
  }

  async settled(found) {
    try {
      return await found;
    } catch {
      return { note: "The app did not answer in time." };
    }
  }

  note(text) {
    this.rows = [];
    this.active = -1;
    this.input.removeAttribute("aria-activedescendant");
    swap(this.list, h("div", { class: "list-note", role: "option", "aria-disabled": "true", "aria-selected": "false" }, text));
    this.hung.place();
  }

  show(groups) {
    if (groups.note) return this.note(groups.note);
    this.rows = [];
    const parts = groups.map((group) => this.group(group));
    if (!this.rows.length) return this.note("No matches");
    swap(this.list, parts);
    this.hung.place();
    this.mark(Math.max(0, this.rows.findIndex(({ choice }) => this.has(choice))));
    return undefined;
  }

  group({ label, choices }) {
    const rows = choices.map((choice) => this.row(choice));
    if (!label) return rows;
    const id = uid("group");
    return h("div", { role: "group", "aria-labelledby": id }, h("div", { class: "list-heading", id, role: "presentation" }, label), rows);
  }

  has(choice) {
    return this.chosen.some((other) => other.value === choice.value);
  }

  row(choice) {
    const node = h(
      "div",
      { class: "option", role: "option", id: uid("option"), testid: `option-${choice.value}`, "aria-selected": String(this.has(choice)), onclick: () => this.pick(choice) },
      h("span", { class: "option-text" }, h("span", {}, choice.nodes), choice.hint ? h("span", { class: "option-hint" }, choice.hint) : null),
      this.has(choice) ? icon("check", 16) : null,
    );
    node.addEventListener("mousemove", () => this.mark(this.rows.findIndex((row) => row.node === node), false));
    this.rows.push({ node, choice });
    return node;
  }

  mark(at, scroll = true) {
    this.rows[this.active]?.node.classList.remove("active");
    this.active = at;
    const row = this.rows[at];
    if (!row) return;
    row.node.classList.add("active");
    this.input.setAttribute("aria-activedescendant", row.node.id);
    if (scroll) row.node.scrollIntoView({ block: "nearest" });
  }

  pick(choice) {
    if (!this.options.multiple) {
      this.shut();
      this.choose([choice]);
      return;
    }
    const without = this.chosen.filter((other) => other.value !== choice.value);
    const most = this.options.most ?? Infinity;
    if (without.length === this.chosen.length && this.chosen.length >= most) {
      this.note(`You can choose at most ${most}.`);
      return;
    }
    this.choose(without.length === this.chosen.length ? [...without, choice] : without);
    this.open();
  }

  choose(chosen) {
    this.chosen = chosen;
    this.draw();
    this.options.onchange(chosen);
  }

  key(event) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) {
      event.preventDefault();
      if (!this.list) this.open();
      else if (this.rows.length) this.mark((this.active + step + this.rows.length) % this.rows.length);
    } else if (event.key === "Enter") {
      event.preventDefault();
      if (this.list && this.rows[this.active]) this.pick(this.rows[this.active].choice);
      else this.open();
    } else if (event.key === "Escape" && this.list) {
      event.preventDefault();
      event.stopPropagation();
      this.shut();
      this.draw();
    } else if (event.key === "Backspace" && this.options.multiple && !this.input.value && this.chosen.length) {
      this.choose(this.chosen.slice(0, -1));
    } else if (event.key === "Backspace" && this.options.clearable && !this.options.multiple && this.chosen.length && this.typed() === "") {
      event.preventDefault();
      this.choose([]);
    }
  }

  leave() {
    if (!this.list) return;
    this.shut();
    this.draw();
  }

  shut() {
    this.turn += 1;
    this.hung?.drop();
    this.list = null;
    this.input.setAttribute("aria-expanded", "false");
    this.input.removeAttribute("aria-activedescendant");
    this.input.removeAttribute("aria-controls");
  }
}
