/** Radio buttons and checkboxes: real inputs, so that they work as everyone expects. */
import { confirmed } from "../dialog.js";
import { h, uid } from "../dom.js";
import { bare, text } from "../text/mrkdwn.js";

function same(held, option) {
  return held?.value === option.value;
}

function row(type, name, option, { checked, onchange }) {
  const id = uid("choice");
  const hint = option.description ? uid("hint") : null;
  const input = h("input", { type, name, id, value: option.value, checked, "aria-describedby": hint, testid: `option-${option.value}`, onchange });
  return h(
    "div",
    { class: "choice" },
    input,
    h(
      "div",
      { class: "choice-text" },
      h("label", { for: id }, text(option.text)),
      option.description ? h("div", { class: "choice-hint", id: hint }, text(option.description)) : null,
    ),
  );
}

function fieldset(attributes, rows) {
  return h("div", { class: "choices", ...attributes, role: attributes.role ?? "group" }, rows);
}

/** One of several. */
export function radio(element, { block, surface, attributes, change }) {
  const name = uid("radio");
  const held = () => surface.value(block, element).selected_option;
  const choose = (option) => async () => {
    if (await confirmed(element.confirm)) change({ selected_option: option });
    else for (const input of node.querySelectorAll("input")) input.checked = input.value === held()?.value;
  };
  const rows = element.options.map((option) => row("radio", name, option, { checked: same(held(), option), onchange: choose(option) }));
  const node = fieldset({ ...attributes, role: "radiogroup" }, rows);
  return node;
}

/** Any of several. */
export function checkboxes(element, { block, surface, attributes, change }) {
  const name = uid("checkbox");
  const held = surface.value(block, element).selected_options;
  const ticked = async () => {
    const inputs = [...node.querySelectorAll("input")];
    const chosen = element.options.filter((option, at) => inputs[at].checked);
    if (await confirmed(element.confirm)) change({ selected_options: chosen });
    else inputs.forEach((input, at) => (input.checked = surface.value(block, element).selected_options.some((option) => same(option, element.options[at]))));
  };
  const rows = element.options.map((option) => row("checkbox", name, option, { checked: held.some((chosen) => same(chosen, option)), onchange: ticked }));
  const label = attributes["aria-label"] ?? (attributes["aria-labelledby"] ? null : bare(element.options[0].text));
  const node = fieldset({ ...attributes, "aria-label": label }, rows);
  return node;
}
