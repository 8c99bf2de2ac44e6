/** The pane at the side: one message and its replies. */
import { Composer } from "./composer.js";
import { h, hidden, swap } from "./dom.js";
import { icon } from "./icons.js";
import { MessageList, ofThread } from "./messages.js";
import { closeThread } from "./route.js";
import { channelName, on, store } from "./store.js";

export class ThreadPane {
  /** @param {HTMLElement} node an <aside> */
  constructor(node) {
    this.node = node;
    this.open = null;
    on("messages", ({ channel }) => channel === this.open?.channel && this.count());
  }

  /** Opens `ts`, or closes when there is none. */
  show(channel, ts) {
    if (this.open?.channel === channel && this.open?.ts === ts) return;
    this.list?.stop();
    this.list = null;
    this.open = ts ? { channel, ts } : null;
    this.node.hidden = !ts;
    document.body.classList.toggle("thread-open", Boolean(ts));
    if (!ts) return void swap(this.node);
    const room = store.channels.get(channel);
    this.list = new MessageList({ select: () => ofThread(channel, ts), channel, thread: true, label: "Thread" });
    this.counter = h("span", { class: "topic" });
    const name = room?.type === "im" ? channelName(room) : `#${channelName(room)}`;
    const composer = new Composer({ channel, thread: ts, placeholder: "Reply in thread" });
    swap(
      this.node,
      h(
        "header",
        { class: "pane-head" },
        h("div", { class: "pane-names" }, h("h2", { class: "pane-title" }, "Thread"), h("span", { class: "topic" }, name, " ", this.counter)),
        h("button", { type: "button", class: "quiet square", testid: "thread-close", onclick: closeThread }, icon("close"), hidden("Close thread")),
      ),
      h("div", { class: "scroll-frame" }, this.list.node, this.list.jumper),
      room?.is_archived ? null : composer.node,
    );
    this.list.show();
    this.list.down();
    this.count();
    composer.input.focus();
  }

  count() {
    if (!this.counter) return;
    const replies = ofThread(this.open.channel, this.open.ts).length - 1;
    this.counter.textContent = replies > 0 ? `· ${replies} ${replies === 1 ? "reply" : "replies"}` : "";
  }
}
