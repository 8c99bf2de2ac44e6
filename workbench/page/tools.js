/** An administrator's powers over the apps: odd deliveries, tokens, events, sockets, uninstalling. */
import { get, post } from "./api.js";
import { announce } from "./announce.js";
import { confirmed, openDialog } from "./dialog.js";
import { h, hidden, swap, uid } from "./dom.js";
import { icon } from "./icons.js";
import { setState, store } from "./store.js";

/** What is sent, how it is called, and whether an app should take it. */
const PROBES = [
  ["url_verification", "The challenge", true],
  ["ssl_check", "SSL check", true],
  ["wrong_signature", "Wrong signature", false],
  ["old_timestamp", "Old timestamp", false],
  ["unsigned", "No signature", false],
];
const TOKENS = [
  ["active", "They work"],
  ["token_revoked", "Revoked"],
  ["token_expired", "Expired"],
  ["account_inactive", "Account inactive"],
];
const GOODBYES = [
  ["warning", "Warning"],
  ["refresh_requested", "Refresh requested"],
  ["link_disabled", "Socket Mode switched off"],
];
const LEAVING = {
  title: { type: "plain_text", text: "Uninstall the app?" },
  text: { type: "plain_text", text: "It is told (app_uninstalled, tokens_revoked), its tokens work no more, and it leaves this workspace for as long as the workbench runs." },
  confirm: { type: "plain_text", text: "Uninstall" },
  deny: { type: "plain_text", text: "Keep it" },
  style: "danger",
};

/** Whether what came back is what Slack would want of an app, in words. */
function verdict(name, wanted, { status, body, failure }) {
  if (!status) return [false, `${name}: it did not arrive. ${failure ?? ""}`.trim()];
  const taken = status < 300;
  const said = body === null || body === undefined || body === "" ? "" : ` ${typeof body === "string" ? body : JSON.stringify(body)}`;
  const words = taken ? "taken" : "refused";
  return [taken === wanted, `${name}: ${words} with ${status}${taken === wanted ? ", as it should be." : wanted ? ". It should be taken." : ". Anybody could pretend to be Slack."}${said.slice(0, 120)}`];
}

function part(title, about, ...content) {
  return h("section", { class: "tool" }, h("h3", {}, title), about ? h("p", { class: "muted small" }, about) : null, content);
}

function row(...buttons) {
  return h("div", { class: "tool-row" }, buttons);
}

function pressed(name, press, more = {}) {
  return h("button", { type: "button", class: "button small", onclick: press, ...more }, name);
}

class Tools {
  constructor() {
    this.apps = [...store.apps.values()];
    [this.app] = this.apps;
    this.outcomes = h("ul", { class: "outcomes", "aria-label": "What came of it" });
    this.body = h("div", { class: "tools-body" });
  }

  open() {
    if (!this.app) return void openDialog({ title: "Apps", body: [h("p", { class: "muted" }, "No app is installed here.")] });
    this.dialog = openDialog({ title: this.apps.length > 1 ? "Apps" : this.app.name, body: [this.choice(), this.body], kind: "wide", testid: "tools" });
    this.draw();
    return undefined;
  }

  choice() {
    if (this.apps.length < 2) return null;
    const id = uid("app");
    const field = h("select", { class: "field", id, onchange: ({ target }) => this.become(target.value) }, this.apps.map(({ id: value, name }) => h("option", { value }, name)));
    return h("div", { class: "input" }, h("label", { class: "label", for: id }, "App"), field);
  }

  become(id) {
    this.app = store.apps.get(id);
    swap(this.outcomes);
    this.draw();
  }

  /** Asks for something in the name of this app's installation here. */
  ask(path, wish = {}) {
    return post(`admin/${path}`, { app: this.app.id, team: store.team.id, ...wish });
  }

  say(fine, text) {
    this.outcomes.prepend(h("li", { class: fine ? "fine" : "amiss" }, icon(fine ? "check" : "warn", 16), h("span", {}, text)));
  }

  /** Does what administrators can do, and says how it went. */
  async does(path, wish, text) {
    const answer = await this.ask(path, wish);
    this.say(answer.ok, answer.ok ? text : `It did not work: ${answer.error}`);
    return answer;
  }

  async draw() {
    const { app } = this;
    const [{ is_on: hears }, { quirks = {} }] = await Promise.all([this.ask("subscriptions"), post("admin/quirks")]);
    if (app !== this.app) return;
    swap(this.body, h("div", { role: "status" }, this.outcomes), this.probes(), this.tokens(), this.events(hears), this.sockets(), this.quirks(quirks), this.end());
  }

  probes() {
    const send = ([what, name, wanted]) => pressed(name, async ({ currentTarget }) => {
      currentTarget.setAttribute("aria-busy", "true");
      const answer = await this.ask("probe", { what });
      document.querySelector(`[data-testid="probe-${what}"]`)?.removeAttribute("aria-busy");
      if (answer.ok) this.say(...verdict(name, wanted, answer));
      else this.say(false, `It did not work: ${answer.error}`);
    }, { testid: `probe-${what}` });
    return part("Odd deliveries", "The first two must be taken, the others refused: whoever takes them believes anybody.", row(PROBES.map(send)));
  }

  tokens() {
    const set = ([state, name]) => pressed(name, () => this.does("tokens", { state }, `Its tokens answer: ${name.toLowerCase()}.`), { testid: `tokens-${state}` });
    return part("Tokens", "What every call with one of its tokens is told from now on.", row(TOKENS.map(set)));
  }

  events(hears) {
    const turn = async ({ target }) => this.does("subscriptions", { is_on: target.checked }, target.checked ? "It hears events again." : "It hears no more events.");
    return part("Events", null, h("label", { class: "check" }, h("input", { type: "checkbox", testid: "hears-events", checked: hears, onchange: turn }), "It hears the events it subscribes to"));
  }

  sockets() {
    const say = ([reason, name]) => pressed(name, () => this.does("sockets", { reason }, `Its sockets were told: ${name.toLowerCase()}.`), { testid: `sockets-${reason}` });
    return part("Socket Mode", "A goodbye to every socket that it has open.", row(GOODBYES.map(say)));
  }

  quirks(known) {
    const turn = (name) => async ({ target }) => {
      const answer = await post("admin/quirks", { [name]: target.checked });
      this.say(answer.ok, answer.ok ? `${name} is ${target.checked ? "on" : "off"}.` : `It did not work: ${answer.error}`);
    };
    const one = ([name, value]) => h("label", { class: "check" }, h("input", { type: "checkbox", testid: `quirk-${name}`, checked: value, onchange: turn(name) }), h("code", {}, name));
    const switches = Object.entries(known).filter(([, value]) => typeof value === "boolean");
    return switches.length ? part("Quirks of Slack", "What nobody is sure that Slack does, here for all apps.", h("div", { class: "tool-row" }, switches.map(one))) : null;
  }

  end() {
    const leave = async () => {
      if (!(await confirmed(LEAVING))) return;
      const { ok } = await this.does("uninstall", {}, "It is uninstalled.");
      if (!ok) return;
      this.dialog.close();
      announce(`${this.app.name} is uninstalled.`);
      location.hash = "";
      setState(await get("state"));
    };
    return part("Installation", null, row(pressed("Uninstall…", leave, { class: "button small danger", testid: "uninstall" })), hidden("It can be brought back by starting the workbench anew."));
  }
}

/** Opens them. */
export function tools() {
  new Tools().open();
}
