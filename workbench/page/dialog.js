/** Dialogs: the browser keeps the focus inside, we give it back afterwards. */
import { h, hidden, uid } from "./dom.js";
import { icon } from "./icons.js";
import { bare, text } from "./text/mrkdwn.js";

/**
 * Opens a dialog over everything else.
 * @param {{title: Node[]|string, body: Node[], foot?: Node[], testid?: string, kind?: string, onclose?: () => void}} options
 * @returns {{node: HTMLDialogElement, close: () => void}}
 */
export function openDialog({ title, body, foot = [], testid, kind = "", onclose = () => {} }) {
  const before = document.activeElement;
  const heading = uid("title");
  const close = () => node.close();
  const node = h(
    "dialog",
    { class: `dialog ${kind}`, testid, "aria-labelledby": heading },
    h(
      "header",
      { class: "dialog-head" },
      h("h2", { id: heading }, title),
      h("button", { type: "button", class: "quiet square", onclick: close }, icon("close"), hidden("Close")),
    ),
    h("div", { class: "dialog-body" }, body),
    foot.length ? h("footer", { class: "dialog-foot" }, foot) : null,
  );
  node.addEventListener("click", (event) => event.target === node && close());
  node.addEventListener("close", () => {
    node.remove();
    if (before?.isConnected) before.focus();
    onclose();
  });
  document.body.append(node);
  node.showModal();
  return { node, close };
}

/**
 * Asks before an action, with a Slack confirm object.
 * @returns {Promise<boolean>} whether the person agreed; at once when there is nothing to ask
 */
export function confirmed(confirm) {
  if (!confirm) return Promise.resolve(true);
  return new Promise((answer) => {
    let agreed = false;
    const decide = (yes) => () => {
      agreed = yes;
      dialog.close();
    };
    const style = confirm.style === "danger" ? "danger" : "primary";
    const dialog = openDialog({
      title: text(confirm.title),
      body: [h("div", { class: "text" }, text(confirm.text))],
      foot: [
        h("button", { type: "button", class: "button", testid: "confirm-cancel", onclick: decide(false) }, bare(confirm.deny)),
        h("button", { type: "button", class: `button ${style}`, testid: "confirm-ok", onclick: decide(true), autofocus: true }, bare(confirm.confirm)),
      ],
      testid: "confirm",
      kind: "confirm",
      onclose: () => answer(agreed),
    });
  });
}
