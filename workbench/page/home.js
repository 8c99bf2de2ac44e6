/** An app's own place: its home, the messages with it, what it offers. */
import { post } from "./api.js";
import { showBlocks } from "./blocks/index.js";
import { ChannelPane } from "./channel.js";
import { h, swap, uid } from "./dom.js";
import { avatar } from "./avatar.js";
import { go } from "./route.js";
import { imOf } from "./sidebar.js";
import { on, putChannel, store } from "./store.js";
import { Surface } from "./surface.js";

const TABS = [
  ["home", "Home"],
  ["messages", "Messages"],
  ["about", "About"],
];

export class HomePane {
  /** @param {HTMLElement} node */
  constructor(node) {
    this.node = node;
    this.surfaces = new Map();
    on("home", ({ app }) => this.app === app && this.tab === "home" && this.draw());
  }

  /** Shows an app at one of its tabs; each time the app is told. */
  async show(id, tab) {
    const app = store.apps.get(id);
    this.stop();
    Object.assign(this, { app: id, tab });
    this.body = h("div", { class: `home home-${tab}`, role: "tabpanel", testid: "home", "aria-label": `${app.name}: ${tab}` });
    swap(this.node, this.head(app, tab), this.body);
    if (tab === "about") swap(this.body, about(app));
    else if (tab === "messages") await this.messages(app);
    else await this.home(app);
  }

  head(app, tab) {
    const tabs = TABS.filter(([name]) => name !== "home" || app.home !== false);
    const id = uid("tab");
    return h(
      "header",
      { class: "pane-head home-head" },
      h("h1", { class: "pane-title", tabindex: "-1" }, avatar(app.bot_user, "medium"), h("span", { class: "pane-name" }, app.name), h("span", { class: "badge" }, "APP")),
      h(
        "div",
        { class: "tabs", role: "tablist", "aria-label": app.name, onkeydown: (event) => this.walk(event, tabs) },
        tabs.map(([name, title]) =>
          h("button", { type: "button", role: "tab", id: `${id}-${name}`, class: "tab", testid: `${name}-tab`, "aria-selected": String(name === tab), tabindex: name === tab ? "0" : "-1", onclick: () => go({ kind: "app", id: app.id, tab: name }) }, title),
        ),
      ),
    );
  }

  walk(event, tabs) {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    const at = tabs.findIndex(([name]) => name === this.tab);
    const [next] = tabs[(at + step + tabs.length) % tabs.length];
    go({ kind: "app", id: this.app, tab: next });
    requestAnimationFrame(() => this.node.querySelector(`[data-testid="${next}-tab"]`)?.focus());
  }

  async home(app) {
    const { view } = await post("home", { app: app.id, tab: "home" });
    if (view !== undefined && (view || !store.homes.get(app.id))) store.homes.set(app.id, view);
    if (this.app === app.id && this.tab === "home") this.draw();
  }

  draw() {
    const view = store.homes.get(this.app);
    if (!view) return void swap(this.body, h("div", { class: "beginning" }, h("p", {}, "This app has not put anything here yet.")));
    const known = this.surfaces.get(view.id);
    const surface = known ?? new Surface({ type: "view", view_id: view.id }, "home");
    this.surfaces.set(view.id, surface);
    surface.show(view.blocks);
    if (!this.sheet?.isConnected) {
      this.sheet = h("div", { class: "blocks sheet" });
      swap(this.body, this.sheet);
    }
    showBlocks(this.sheet, surface);
    return undefined;
  }

  async messages(app) {
    await post("home", { app: app.id, tab: "messages" });
    let channel = imOf(app);
    if (!channel) {
      const answer = await post("dm", { with: app.bot_user });
      channel = typeof answer.channel === "string" ? (store.channels.get(answer.channel) ?? { id: answer.channel, type: "im", with: app.bot_user, is_member: true, unread: 0 }) : answer.channel;
      putChannel(channel);
    }
    if (this.app !== app.id || this.tab !== "messages") return;
    this.pane = new ChannelPane(this.body, { bare: true });
    await this.pane.show(channel.id);
  }

  /** The channel that is open inside, if any. */
  get channel() {
    return this.pane?.id ?? null;
  }

  stop() {
    this.pane?.stop();
    this.pane = null;
    this.app = null;
    this.sheet = null;
  }
}

function about(app) {
  const commands = (app.commands ?? []).map(({ command, description, usage_hint: hint }) => h("li", {}, h("code", {}, `${command} ${hint ?? ""}`.trim()), ` ${description ?? ""}`));
  const shortcuts = (app.shortcuts ?? []).map(({ name, description, type }) => h("li", {}, h("strong", {}, name), ` ${description ?? ""} (${type === "message" ? "on a message" : "anywhere"})`));
  return h(
    "div",
    { class: "sheet about" },
    h("h2", {}, `About ${app.name}`),
    h("p", { class: "muted" }, `App ${app.id}, bot user ${app.bot_user}`),
    commands.length ? [h("h3", {}, "Commands"), h("ul", {}, commands)] : null,
    shortcuts.length ? [h("h3", {}, "Shortcuts"), h("ul", {}, shortcuts)] : null,
  );
}
