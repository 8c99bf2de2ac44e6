/** What is pressed: buttons of all kinds and the overflow menu. */
import { confirmed } from "../dialog.js";
import { h, hidden } from "../dom.js";
import { icon } from "../icons.js";
import { openMenu } from "../menu.js";
import { store } from "../store.js";
import { bare, text } from "../text/mrkdwn.js";

async function press(node, element, act) {
  if (node.getAttribute("aria-busy") === "true" || !(await confirmed(element.confirm))) return;
  node.setAttribute("aria-busy", "true");
  try {
    await act();
  } finally {
    node.removeAttribute("aria-busy");
  }
}

/** A button; with `url` it is a link that also tells the app. */
export function button(element, { block, surface, attributes }) {
  const style = { primary: " primary", danger: " danger" }[element.style] ?? "";
  const chosen = element.value === undefined ? {} : { value: element.value };
  const act = () => surface.act(block, element, chosen);
  const common = { ...attributes, class: `button${style}`, "aria-label": element.accessibility_label ?? null, "aria-labelledby": null };
  const label = h("span", { class: "button-text" }, text(element.text));
  if (!element.url) {
    const node = h("button", { type: "button", ...common, onclick: () => press(node, element, act) }, label);
    return node;
  }
  const node = h("a", { href: safe(element.url), target: "_blank", rel: "noopener noreferrer", ...common, onclick: act }, label, icon("out", 14), hidden("(opens elsewhere)"));
  return node;
}

function safe(address) {
  return /^(https?|mailto|tel):/i.test(address) ? address : "about:blank";
}

/** Up to five more things to do, behind three dots. */
export function overflow(element, { block, surface, attributes }) {
  const node = h("button", {
    type: "button",
    class: "button square",
    ...attributes,
    "aria-haspopup": "menu",
    "aria-expanded": "false",
    "aria-label": attributes["aria-label"] ?? "More options",
    "aria-labelledby": null,
    onclick: () => openMenu(node, element.options.map(item), { label: "More options" }),
  }, icon("more"));
  const item = (option) => ({
    label: text(option.text),
    hint: option.description && bare(option.description),
    testid: `option-${option.value}`,
    onpick: () => {
      if (option.url) window.open(safe(option.url), "_blank", "noopener,noreferrer");
      press(node, element, () => surface.act(block, element, { selected_option: option }));
    },
  });
  return node;
}

/** Thumbs up, thumbs down; the chosen one stays marked. */
export function feedback(element, { block, surface, attributes }) {
  const half = (name, picture) => {
    const part = element[`${name}_button`];
    const node = h("button", {
      type: "button",
      class: "quiet square",
      "aria-pressed": "false",
      "aria-label": part.accessibility_label ?? bare(part.text),
      title: bare(part.text),
      testid: `${attributes["data-testid"]}-${name}`,
      onclick: () =>
        press(node, element, async () => {
          for (const other of group.children) other.setAttribute("aria-pressed", String(other === node));
          await surface.act(block, element, { value: part.value });
        }),
    }, icon(picture));
    return node;
  };
  const group = h("span", { class: "feedback", role: "group", "aria-label": "Feedback", "data-testid": attributes["data-testid"] }, half("positive", "up"), half("negative", "thumb"));
  return group;
}

/** A small button with an icon; hidden from those it is not for. */
export function iconButton(element, { block, surface, attributes }) {
  const wanted = element.visible_to_user_ids;
  if (wanted && !wanted.includes(store.me)) return h("span", { hidden: true });
  const node = h("button", {
    type: "button",
    class: "quiet square",
    ...attributes,
    "aria-labelledby": null,
    "aria-label": element.accessibility_label ?? bare(element.text),
    title: bare(element.text),
    onclick: () => press(node, element, () => surface.act(block, element, element.value === undefined ? {} : { value: element.value })),
  }, icon(element.icon === "trash" ? "trash" : "bolt"));
  return node;
}
