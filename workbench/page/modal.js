/** The modal: the top of this person's stack of views. */
import { announce } from "./announce.js";
import { post, Unreachable } from "./api.js";
import { clearBanner, showBanner } from "./banner.js";
import { focusField, showErrors } from "./blocks/input.js";
import { showBlocks } from "./blocks/index.js";
import { find, h, hidden, swap } from "./dom.js";
import { icon } from "./icons.js";
import { on, store } from "./store.js";
import { elementsOf, Surface, TROUBLE } from "./surface.js";
import { bare, text } from "./text/mrkdwn.js";
import { problems } from "./validate.js";

const FIRST = "input:not([type=hidden]), textarea, [contenteditable], button.button";

export class Modal {
  constructor() {
    /** @type {Map<string, Surface>} */ this.surfaces = new Map();
    this.view = null;
    this.busy = false;
    on("stack", () => this.show());
    on("state", () => this.show());
    on("renamed", ({ before, after }) => this.rename(before, after));
    on("banner", ({ text: said, surface }) => surface?.kind === "modal" && this.dialog && showBanner(this.banners, said, { stay: 0 }));
  }

  /** A view that was replaced in place keeps what was typed. */
  rename(before, after) {
    const surface = this.surfaces.get(before);
    if (!surface || before === after) return;
    surface.container = { type: "view", view_id: after };
    this.surfaces.set(after, surface);
    this.surfaces.delete(before);
    if (this.view?.id === before) this.view = { ...this.view, id: after };
  }

  show() {
    const view = store.stack.at(-1) ?? null;
    for (const id of this.surfaces.keys()) if (!store.stack.some((one) => one.id === id)) this.surfaces.delete(id);
    if (!view) return this.leave();
    const fresh = view.id !== this.view?.id;
    this.view = view;
    if (!this.dialog) this.open();
    this.draw(view, fresh);
    return undefined;
  }

  open() {
    this.before = document.activeElement;
    this.banners = h("div", { class: "banners" });
    this.head = h("header", { class: "dialog-head" });
    this.body = h("div", { class: "dialog-body" });
    this.foot = h("footer", { class: "dialog-foot" });
    this.form = h("form", { class: "modal-form", novalidate: true, onsubmit: (event) => this.submit(event) }, this.head, this.banners, this.body, this.foot);
    this.dialog = h("dialog", { class: "dialog modal", testid: "modal", "aria-labelledby": "modal-title" }, this.form);
    this.dialog.addEventListener("cancel", (event) => {
      event.preventDefault();
      this.close(false);
    });
    this.dialog.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) this.submit(event);
    });
    document.body.append(this.dialog);
    this.dialog.showModal();
  }

  leave() {
    if (!this.dialog) return;
    this.dialog.close();
    this.dialog.remove();
    this.dialog = null;
    this.view = null;
    if (this.before?.isConnected) this.before.focus();
    else document.querySelector("[data-testid=composer]")?.focus();
  }

  surface(view) {
    if (!this.surfaces.has(view.id)) {
      const here = store.route?.kind === "channel" ? store.route.id : null;
      const surface = new Surface({ type: "view", view_id: view.id }, "modal", here);
      this.recall(surface, view);
      this.surfaces.set(view.id, surface);
    }
    return this.surfaces.get(view.id);
  }

  /** After a reload the server remembers what was typed. */
  recall(surface, view) {
    surface.show(view.blocks);
    for (const [block, element] of elementsOf(surface.blocks)) {
      const value = view.state?.values?.[block.block_id]?.[element.action_id];
      if (value) surface.set(block, element, value);
    }
  }

  draw(view, fresh) {
    const surface = this.surface(view);
    surface.show(view.blocks);
    if (fresh) {
      clearBanner(this.banners);
      this.errors = {};
      this.body = swapFor(this.body, h("div", { class: "dialog-body blocks", tabindex: "-1" }));
    }
    this.drawFrame(view);
    showBlocks(this.body, surface);
    showErrors(this.body, this.errors ?? {});
    if (fresh || this.isIdle()) this.enter(surface);
  }

  /** Whether nobody is in a field yet, as long as there was nothing but "Loading". */
  isIdle() {
    return document.activeElement === this.body || document.activeElement === this.dialog;
  }

  drawFrame(view) {
    const deep = store.stack.length > 1;
    const back = deep ? h("button", { type: "button", class: "quiet square", testid: "modal-back", onclick: () => this.close(false) }, icon("back"), hidden("Back")) : null;
    swap(
      this.head,
      back,
      h("h2", { id: "modal-title" }, text(view.title)),
      deep ? h("span", { class: "depth" }, `${store.stack.length} of 3`) : null,
      h("button", { type: "button", class: "quiet square", testid: "modal-close", onclick: () => this.close(true) }, icon("close"), hidden("Close")),
    );
    const submit = view.submit ? h("button", { type: "submit", class: "button primary", testid: "modal-submit", disabled: this.busy }, bare(view.submit)) : null;
    const cancel = h("button", { type: "button", class: "button", testid: "modal-cancel", onclick: () => this.close(false) }, view.close ? bare(view.close) : "Cancel");
    const same = this.foot.textContent === `${cancel.textContent}${submit?.textContent ?? ""}`;
    if (!same || !this.foot.children.length) swap(this.foot, submit || view.close ? [cancel, submit] : []);
  }

  /** Where the focus lands when a view appears. */
  enter(surface) {
    const wanted = [...elementsOf(surface.blocks)].find(([, element]) => element.focus_on_load);
    const target = (wanted && find(this.body, `action-${wanted[1].action_id}`)) ?? this.body.querySelector(FIRST) ?? this.body;
    focusField(target.matches(FIRST) ? target : (target.querySelector?.(FIRST) ?? target));
    if (document.activeElement === this.dialog || !this.dialog.contains(document.activeElement)) this.body.focus();
    this.body.scrollTop = 0;
  }

  async submit(event) {
    event.preventDefault();
    const { view } = this;
    if (this.busy || !view?.submit) return;
    const surface = this.surface(view);
    clearBanner(this.banners);
    const wrong = problems(surface);
    this.refuse(wrong);
    if (Object.keys(wrong).length) return;
    this.pending(true);
    try {
      this.answered(await post("view/submit", { view_id: view.id, state: surface.state() }));
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      showBanner(this.banners, TROUBLE, { stay: 0 });
    } finally {
      this.pending(false);
    }
  }

  answered(answer) {
    if (answer.errors) this.refuse(answer.errors);
    else if (!answer.ok && this.dialog) showBanner(this.banners, answer.banner ?? answer.error ?? TROUBLE, { stay: 0 });
  }

  refuse(errors) {
    this.errors = errors;
    if (!this.dialog) return;
    focusField(showErrors(this.body, errors));
    const count = Object.keys(errors).length;
    if (count) announce(count === 1 ? "One field needs your attention." : `${count} fields need your attention.`);
  }

  pending(busy) {
    this.busy = busy;
    if (!this.dialog) return;
    this.form.classList.toggle("pending", busy);
    const button = find(this.foot, "modal-submit");
    if (button) button.disabled = busy;
  }

  close(cleared) {
    if (this.view) post("view/close", { view_id: this.view.id, cleared });
  }
}

function swapFor(old, fresh) {
  old.replaceWith(fresh);
  return fresh;
}
