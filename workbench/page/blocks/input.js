/** The input block: label, field, hint, and the error under it. */
import { h, uid } from "../dom.js";
import { drawElement } from "../elements/index.js";
import { icon } from "../icons.js";
import { text } from "../text/mrkdwn.js";

/** A labelled field. */
export function input(block, surface) {
  const id = uid("field");
  const labelId = uid("label");
  const hintId = uid("hint");
  const errorId = uid("error");
  const describedBy = block.hint ? `${hintId} ${errorId}` : errorId;
  const label = h(
    "label",
    { id: labelId, for: id, class: "label" },
    h("span", {}, text(block.label)),
    block.optional ? h("span", { class: "muted" }, " (optional)") : null,
  );
  const field = drawElement(block.element, { block, surface, label: { id, labelId, describedBy, optional: Boolean(block.optional) } });
  return h(
    "div",
    { class: "input" },
    label,
    field,
    h("div", { class: "error", id: errorId, hidden: true }),
    block.hint ? h("div", { class: "hint", id: hintId }, text(block.hint)) : null,
  );
}

/** Shows what is wrong under each field, and nothing under the others. Returns the first bad field. */
export function showErrors(root, errors) {
  let first = null;
  for (const node of root.querySelectorAll("[data-block]")) {
    const place = node.querySelector(":scope > .input > .error");
    if (!place) continue;
    const wrong = errors[node.dataset.block];
    const field = node.querySelector(`[aria-describedby~="${place.id}"]`);
    say(place, wrong, node.dataset.block);
    node.classList.toggle("wrong", Boolean(wrong));
    if (wrong) field?.setAttribute("aria-invalid", "true");
    else field?.removeAttribute("aria-invalid");
    if (wrong) first ??= field;
  }
  return first;
}

function say(place, wrong, block) {
  place.hidden = !wrong;
  if (wrong) place.setAttribute("data-testid", `error-${block}`);
  else place.removeAttribute("data-testid");
  place.replaceChildren(...(wrong ? [icon("error", 14), h("span", {}, wrong)] : []));
}

/** Puts the focus into a field, whatever it is made of. */
export function focusField(field) {
  const target = field?.matches("input, textarea, button, [contenteditable]") ? field : field?.querySelector("input, button");
  target?.focus();
  target?.scrollIntoView({ block: "center" });
}
