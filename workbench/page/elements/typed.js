/** What is typed: plain text, numbers, e-mail addresses, web addresses, dates and times. */
import { h, uid } from "../dom.js";
import { sizeOf } from "../files.js";
import { bare } from "../text/mrkdwn.js";
import { fromLocal, toLocal } from "../text/dates.js";
import { confirmed } from "../dialog.js";
import { brought } from "../upload.js";

const SETTLE = 250;
const SHOW_FROM = 0.8;

function length(value) {
  return [...value].length;
}

/** "12 / 150", and out loud when little is left. */
function counter(input, most) {
  const node = h("div", { class: "counter", id: uid("count") });
  const count = () => {
    const used = length(input.value);
    node.textContent = `${used} / ${most}`;
    node.classList.toggle("near", used >= most * SHOW_FROM);
    node.classList.toggle("over", used > most);
  };
  input.addEventListener("input", count);
  count();
  return node;
}

function dispatching(element, block) {
  const config = element.dispatch_action_config?.trigger_actions_on ?? ["on_enter_pressed"];
  return { enter: block.dispatch_action && config.includes("on_enter_pressed"), each: block.dispatch_action && config.includes("on_character_entered") };
}

function field(tag, extra, element, { block, surface, attributes, remember, change }) {
  const when = dispatching(element, block);
  let waiting = null;
  const input = h(tag, {
    class: "field",
    value: surface.value(block, element).value ?? "",
    placeholder: element.placeholder ? bare(element.placeholder) : null,
    ...extra,
    ...attributes,
    oninput: () => {
      remember({ value: input.value === "" ? null : input.value });
      clearTimeout(waiting);
      if (when.each) waiting = setTimeout(() => change({ value: input.value }), SETTLE);
    },
    onkeydown: (event) => {
      if (event.key !== "Enter" || event.shiftKey || !when.enter) return;
      event.preventDefault();
      change({ value: input.value });
    },
  });
  if (!element.max_length) return input;
  return h("div", { class: "counted" }, input, counter(input, element.max_length));
}

/** One line, or many. */
export function plainText(element, tools) {
  if (!element.multiline) return field("input", { type: "text", autocomplete: "off" }, element, tools);
  return field("textarea", { rows: 4 }, element, tools);
}

/** A number, kept as text as Slack keeps it. */
export function number(element, tools) {
  return field("input", { type: "text", inputmode: element.is_decimal_allowed ? "decimal" : "numeric", autocomplete: "off" }, element, tools);
}

/** An e-mail address. */
export function email(element, tools) {
  return field("input", { type: "text", inputmode: "email", autocomplete: "off", spellcheck: "false" }, element, tools);
}

/** A web address. */
export function url(element, tools) {
  return field("input", { type: "text", inputmode: "url", autocomplete: "off", spellcheck: "false" }, element, tools);
}

function picker(type, name, element, { block, surface, attributes, change }, write = (value) => value, read = (value) => value) {
  const held = () => surface.value(block, element)[name];
  const input = h("input", {
    class: "field date",
    type,
    value: held() === null ? "" : write(held()),
    title: element.placeholder ? bare(element.placeholder) : null,
    ...attributes,
    onchange: async () => {
      const value = input.value === "" ? null : read(input.value);
      if (value === held()) return;
      if (await confirmed(element.confirm)) change({ [name]: value });
      else input.value = held() === null ? "" : write(held());
    },
  });
  return input;
}

/** A day. */
export function date(element, tools) {
  return picker("date", "selected_date", element, tools);
}

/** A time of day. */
export function timeOfDay(element, tools) {
  return picker("time", "selected_time", element, tools);
}

/** A moment, in the viewer's zone; its value is seconds since 1970. */
export function dateTime(element, tools) {
  return picker("datetime-local", "selected_date_time", element, tools, (epoch) => toLocal(epoch), (local) => fromLocal(local));
}

/** Files: the server has them as soon as they are chosen, and the form names them. */
export function files(element, { block, surface, attributes, remember }) {
  const names = h("ul", { class: "files" });
  const input = h("input", {
    class: "field file",
    type: "file",
    multiple: (element.max_files ?? 10) > 1,
    accept: element.filetypes?.map((kind) => `.${kind}`).join(","),
    ...attributes,
    onchange: async () => {
      const chosen = await brought(input.files);
      remember({ files: chosen });
      show(chosen);
    },
  });
  const show = (chosen) => names.replaceChildren(...chosen.map(({ name, size }) => h("li", {}, name, h("span", { class: "muted" }, ` ${sizeOf(size)}`))));
  show(surface.value(block, element).files);
  return h("div", {}, input, names);
}
