/** Where people write: messages, and commands with what they take. */
import { post, Unreachable } from "./api.js";
import { announce } from "./announce.js";
import { commands, completions, current } from "./complete.js";
import { h, hidden, swap, uid } from "./dom.js";
import { runShortcut, shortcutsOf } from "./hover.js";
import { icon } from "./icons.js";
import { hang, openMenu } from "./menu.js";
import { pickEmoji } from "./picker.js";
import { emit } from "./store.js";
import { packed } from "./upload.js";

const drafts = new Map();
const TALLEST = 220;

export class Composer {
  /** @param {{channel: string, thread?: string|null, placeholder: string}} options */
  constructor({ channel, thread = null, placeholder }) {
    Object.assign(this, { channel, thread });
    this.key = `${channel}/${thread ?? ""}`;
    this.listId = uid("menu");
    this.offers = [];
    this.active = 0;
    this.input = h("textarea", {
      class: "composer-input",
      rows: 1,
      testid: thread ? "thread-composer" : "composer",
      placeholder,
      "aria-label": placeholder,
      "aria-autocomplete": "list",
      "aria-controls": null,
      oninput: () => this.typed(),
      onkeydown: (event) => this.pressed(event),
      onblur: () => this.shut(),
      onclick: () => this.suggest(),
    });
    this.input.value = drafts.get(this.key) ?? "";
    this.usage = h("div", { class: "usage", hidden: true });
    this.files = [];
    this.carried = h("ul", { class: "carried", "aria-label": "Files to send", hidden: true });
    this.send = h("button", { type: "submit", class: "send", disabled: true }, icon("send"), hidden("Send"));
    this.node = h("form", { class: "composer", onsubmit: (event) => this.submit(event) }, this.usage, this.input, this.carried, this.bar());
    requestAnimationFrame(() => this.typed());
  }

  bar() {
    const type = (text) => () => {
      const { selectionStart: at, value } = this.input;
      const lead = at && !/\s$/.test(value.slice(0, at)) && text !== "/" ? " " : "";
      this.input.focus();
      this.input.setRangeText(lead + text, at, this.input.selectionEnd, "end");
      this.typed();
    };
    const wrap = (mark) => () => {
      const { selectionStart: from, selectionEnd: to, value } = this.input;
      this.input.focus();
      this.input.setRangeText(mark + value.slice(from, to) + mark, from, to, "select");
      this.input.setSelectionRange(from + mark.length, to + mark.length);
      this.typed();
    };
    const tool = (name, picture, press) => h("button", { type: "button", class: "quiet square", title: name, onmousedown: (event) => event.preventDefault(), onclick: press }, icon(picture, 17), hidden(name));
    const emoji = tool("Emoji", "smile", () => pickEmoji(emoji, (name) => type(`:${name}: `)()));
    emoji.setAttribute("aria-haspopup", "dialog");
    emoji.setAttribute("aria-expanded", "false");
    const more = h("button", { type: "button", class: "quiet square", title: "Shortcuts", testid: "shortcuts", "aria-haspopup": "menu", "aria-expanded": "false", onclick: () => this.shortcuts(more) }, icon("bolt", 17), hidden("Shortcuts"));
    return h(
      "div",
      { class: "composer-bar" },
      this.thread ? null : more,
      tool("Bold", "bold", wrap("*")),
      tool("Italic", "italic", wrap("_")),
      tool("Strikethrough", "strike", wrap("~")),
      tool("Code", "code", wrap("`")),
      tool("Mention someone", "at", type("@")),
      emoji,
      this.attach(),
      h("span", { class: "composer-tip" }, "Enter sends, Shift+Enter breaks the line"),
      this.send,
    );
  }

  attach() {
    const chooser = h("input", { type: "file", multiple: true, hidden: true, "aria-label": "Files", testid: "files", onchange: () => this.carry(chooser) });
    return [h("button", { type: "button", class: "quiet square", title: "Attach files", onclick: () => chooser.click() }, icon("clip", 17), hidden("Attach files")), chooser];
  }

  async carry(chooser) {
    this.files.push(...(await packed(chooser.files)));
    chooser.value = "";
    this.unpack();
  }

  /** Shows what will go along; each can be left out again. */
  unpack() {
    const drop = (file) => () => {
      this.files = this.files.filter((other) => other !== file);
      this.unpack();
      this.input.focus();
    };
    this.carried.hidden = !this.files.length;
    swap(this.carried, this.files.map((file) => h("li", { class: "chip" }, icon("file", 14), h("span", {}, file.name), h("button", { type: "button", onclick: drop(file) }, icon("close", 12), hidden(`Leave out ${file.name}`)))));
    this.typed();
  }

  shortcuts(anchor) {
    const own = shortcutsOf("global").map((shortcut) => ({ label: shortcut.name, hint: [shortcut.description, shortcut.app_name].filter(Boolean).join(" · "), icon: "bolt", testid: `shortcut-${shortcut.callback_id}`, onpick: () => runShortcut(shortcut) }));
    const typed = commands().map(({ command, description, usage_hint: hint }) => ({ label: `${command} ${hint ?? ""}`, hint: description, icon: "code", onpick: () => this.begin(command) }));
    openMenu(anchor, [{ heading: own.length ? "Shortcuts" : "No app here offers a shortcut" }, ...own, ...(typed.length ? [{ heading: "Commands" }, ...typed] : [])], { label: "Shortcuts" });
  }

  begin(command) {
    this.input.value = `${command} `;
    this.input.focus();
    this.typed();
  }

  typed() {
    drafts.set(this.key, this.input.value);
    this.input.style.setProperty("height", "auto");
    this.input.style.setProperty("height", `${Math.min(this.input.scrollHeight, TALLEST)}px`);
    this.send.disabled = !this.input.value.trim() && !this.files.length;
    const command = this.thread ? null : current(this.input.value);
    this.usage.hidden = !command;
    if (command) swap(this.usage, h("code", {}, command.command), ` ${command.usage_hint ?? ""} `, h("span", { class: "muted" }, command.description ?? ""));
    this.suggest();
  }

  suggest() {
    const { selectionStart: at, selectionEnd: end, value } = this.input;
    const found = document.activeElement === this.input && at === end ? completions(value.slice(0, at), { inThread: Boolean(this.thread) }) : null;
    if (!found?.offers.length) return this.shut();
    this.found = { ...found, to: at };
    this.offers = found.offers;
    if (!this.menu) this.unfold();
    this.menu.setAttribute("aria-label", found.label);
    swap(this.menu, this.offers.map((offer, place) => this.row(offer, place)));
    this.hung.place();
    this.mark(0);
    return undefined;
  }

  unfold() {
    this.menu = h("div", { class: "listbox completions", role: "listbox", id: this.listId, testid: "command-menu", onmousedown: (event) => event.preventDefault() });
    this.hung = hang(this.menu, this.node, { wide: true });
    this.input.setAttribute("aria-controls", this.listId);
  }

  row(offer, place) {
    return h(
      "div",
      { class: "option", role: "option", id: `${this.listId}-${place}`, testid: offer.testid, "aria-selected": "false", onclick: () => this.take(offer) },
      offer.before ? h("span", { class: "option-before" }, offer.before) : null,
      h("span", { class: "option-text" }, h("span", {}, h("strong", {}, offer.title), offer.hint ? h("span", { class: "option-usage" }, ` ${offer.hint}`) : null), offer.detail ? h("span", { class: "option-hint" }, offer.detail) : null),
    );
  }

  mark(place) {
    this.active = place;
    [...this.menu.children].forEach((node, at) => {
      node.classList.toggle("active", at === place);
      node.setAttribute("aria-selected", String(at === place));
    });
    this.menu.children[place]?.scrollIntoView({ block: "nearest" });
    this.input.setAttribute("aria-activedescendant", `${this.listId}-${place}`);
  }

  take(offer) {
    this.input.focus();
    this.input.setRangeText(offer.insert, this.found.from, this.found.to, "end");
    this.shut();
    this.typed();
  }

  shut() {
    this.hung?.drop();
    this.menu = null;
    this.hung = null;
    this.offers = [];
    this.input.removeAttribute("aria-controls");
    this.input.removeAttribute("aria-activedescendant");
  }

  pressed(event) {
    if (event.isComposing) return;
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (this.menu && step) {
      event.preventDefault();
      this.mark((this.active + step + this.offers.length) % this.offers.length);
    } else if (this.menu && event.key === "Escape") {
      event.stopPropagation();
      this.shut();
    } else if (this.menu && (event.key === "Tab" || (event.key === "Enter" && !this.isWhole()))) {
      event.preventDefault();
      this.take(this.offers[this.active]);
    } else if (event.key === "Enter" && !event.shiftKey) {
      this.submit(event);
    }
  }

  /** Whether what is typed is already all of the marked offer, so that Enter may send. */
  isWhole() {
    return this.input.value.slice(this.found.from).trim() === this.offers[this.active].insert.trim();
  }

  async submit(event) {
    event.preventDefault();
    const text = this.input.value.trim();
    if (!text && !this.files.length) return;
    this.shut();
    this.input.value = "";
    this.typed();
    if (!(await this.deliver(text)) && !this.input.value) {
      this.input.value = text;
      this.typed();
    }
  }

  /** @returns {Promise<boolean>} whether it went out; otherwise the text is given back */
  async deliver(text) {
    try {
      const word = /^\/[a-z0-9_-]+/i.exec(text)?.[0];
      return word ? await this.command(word, text.slice(word.length).trim()) : await this.message(text);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      emit("banner", { text: "The workbench did not answer. Your text is still here." });
      return false;
    }
  }

  async message(text) {
    const body = { channel: this.channel, text, ...(this.thread ? { thread_ts: this.thread } : {}), ...(this.files.length ? { files: this.files } : {}) };
    const answer = await post("messages", body);
    if (answer.ok && this.files.length) {
      this.files = [];
      this.unpack();
    }
    if (!answer.ok) emit("banner", { text: `Not sent: ${answer.error}` });
    return answer.ok;
  }

  async command(command, text) {
    if (this.thread) {
      emit("banner", { text: `${command} cannot be used in a thread. Write it in the channel.` });
      return false;
    }
    if (!commands().some((known) => known.command === command)) {
      emit("banner", { text: `${command} is not a command of any app here. To send it as a message, put a space before it.` });
      return false;
    }
    announce(`${command} sent`);
    const answer = await post("command", { channel: this.channel, command, text });
    if (!answer.ok) emit("banner", { text: `${command} failed with the error “${answer.error}”` });
    return true;
  }
}
