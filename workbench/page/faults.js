/** Makes Slack misbehave on purpose: per method and channel, the next few calls or a share of them. */
import { get, post, remove } from "./api.js";
import { announce } from "./announce.js";
import { openDialog } from "./dialog.js";
import { h, swap, uid } from "./dom.js";
import { channelName, store } from "./store.js";

const FAULTS = [
  ["ratelimited", "Rate limited (429 with Retry-After)"],
  ["500", "Server error (500)"],
  ["503", "Unavailable (503)"],
  ["timeout", "No answer"],
  ["reset", "Connection reset"],
  ["lost_answer", "Done, but the answer is lost"],
  ["slow", "Slow answer"],
  ["late", "It arrives late"],
  ["error", "An error of Slack's"],
];
const DELIVERY_FAULTS = [
  ["lost_answer", "The app's answer is lost"],
  ["dropped", "It does not arrive; sockets are cut"],
  ["duplicate", "It comes twice"],
  ["duplicate_other_id", "It comes twice, under two ids"],
  ["reordered", "It comes after the next one"],
  ["slow", "It comes late"],
];
const DELIVERIES = ["event", "event/message", "event/app_home_opened", "command", "action", "submission", "suggestion", "shortcut"];
const METHODS = ["*", "chat.postMessage", "chat.update", "chat.postEphemeral", "chat.delete", "chat.scheduleMessage", "chat.getPermalink", "views.open", "views.push", "views.update", "views.publish", "conversations.open", "conversations.info", "conversations.history", "conversations.members", "users.info", "usergroups.users.list", "reactions.add", "files.getUploadURLExternal", "files.completeUploadExternal", "oauth.v2.access", "auth.test", "apps.connections.open"];
const ERRORS = ["channel_not_found", "is_archived", "not_in_channel", "msg_too_long", "invalid_blocks", "expired_trigger_id", "token_revoked", "account_inactive", "missing_scope", "internal_error", "fatal_error"];
const PACED = new Set(["ratelimited", "slow", "late"]);

/** The faults that what is typed can have: a method, or a kind of delivery. */
function choices(typed) {
  const kinds = DELIVERIES.includes(typed.split("/")[0]) ? DELIVERY_FAULTS : FAULTS;
  return kinds.map(([value, name]) => h("option", { value }, name));
}

function labelled(name, field, ...more) {
  field.id ||= uid("fault");
  return h("div", { class: "input" }, h("label", { class: "label", for: field.id }, name), field, more);
}

function listed(names) {
  const id = uid("names");
  return [id, h("datalist", { id }, names.map((name) => h("option", { value: name })))];
}

/** One order in words: "chat.update: slow, the next 3" */
function told({ method, channel, fault, times, probability, retry_after: after }) {
  const where = channel ? ` in ${store.channels.has(channel) ? `#${channelName(store.channels.get(channel))}` : channel}` : "";
  const often = probability === undefined ? `the next ${times}` : `${Math.round(probability * 100)} % of them`;
  return [h("code", {}, method), `${where}: `, h("strong", {}, fault), `, ${often}${PACED.has(fault) ? `, ${after} s` : ""}`];
}

class Form {
  constructor() {
    const [methods, methodList] = listed([...METHODS, ...DELIVERIES]);
    const [errors, errorList] = listed(ERRORS);
    const number = (value, label) => h("input", { type: "text", inputmode: "numeric", class: "field", value, "aria-label": label, autocomplete: "off" });
    this.method = h("input", { type: "text", class: "field", list: methods, value: "chat.postMessage", autocomplete: "off" });
    this.channel = h("select", { class: "field" }, h("option", { value: "" }, "Any channel"), [...store.channels.values()].map((channel) => h("option", { value: channel.id }, channel.type === "im" ? channelName(channel) : `#${channelName(channel)}`)));
    this.fault = h("select", { class: "field" }, choices(this.method.value));
    this.code = h("input", { type: "text", class: "field", list: errors, value: "channel_not_found", autocomplete: "off", spellcheck: "false" });
    this.often = h("select", { class: "field" }, h("option", { value: "times" }, "Only the next ones"), h("option", { value: "share" }, "A share of all"));
    this.amount = number("1", "How many, or how many percent");
    this.after = number("5");
    this.unit = h("span", { class: "muted" });
    this.waiting = h("ul", { class: "ordered" });
    this.wrong = h("div", { class: "error", role: "alert", hidden: true });
    this.lists = [methodList, errorList];
  }

  open() {
    this.method.addEventListener("input", () => this.offer());
    this.fault.addEventListener("change", () => this.shape());
    this.often.addEventListener("change", () => {
      this.amount.value = this.often.value === "share" ? "50" : "1";
      this.shape();
    });
    this.codeRow = labelled("Which error", this.code);
    this.afterRow = labelled("Seconds (Retry-After, or how slow or late)", this.after);
    const often = h("div", { class: "pair" }, this.often, this.amount, this.unit);
    const head = h("section", { class: "tool", hidden: true }, h("h3", {}, "On order"), this.waiting);
    this.onOrder = head;
    this.often.id = uid("fault");
    openDialog({
      title: "Make Slack misbehave",
      body: [this.lists, head, labelled("Method, or what apps are sent", this.method), labelled("Channel", this.channel), labelled("What happens", this.fault), this.codeRow, this.afterRow, h("div", { class: "input" }, h("label", { class: "label", for: this.often.id }, "How often"), often), this.wrong],
      foot: [h("button", { type: "button", class: "button", onclick: () => this.clear() }, "Clear all faults"), h("button", { type: "button", class: "button primary", onclick: () => this.add() }, "Set fault")],
    });
    this.shape();
    this.list();
  }

  /** Offers what can happen to what is typed; a choice that is still possible stays. */
  offer() {
    const { value } = this.fault;
    swap(this.fault, choices(this.method.value.trim()));
    if ([...this.fault.options].some((option) => option.value === value)) this.fault.value = value;
    this.shape();
  }

  /** Shows the fields that what is chosen needs. */
  shape() {
    this.codeRow.hidden = this.fault.value !== "error";
    this.afterRow.hidden = !PACED.has(this.fault.value);
    this.unit.textContent = this.often.value === "share" ? "%" : "";
  }

  wish() {
    const fault = this.fault.value === "error" ? `error:${this.code.value.trim()}` : this.fault.value;
    const amount = Number(this.amount.value) || 1;
    const often = this.often.value === "share" ? { probability: Math.min(amount, 100) / 100 } : { times: Math.round(amount) };
    const channel = this.channel.value ? { channel: this.channel.value } : {};
    const wait = PACED.has(fault) ? { retry_after: Number(this.after.value) || 1 } : {};
    return { method: this.method.value.trim(), fault, ...channel, ...often, ...wait };
  }

  async add() {
    const answer = await post("faults", this.wish());
    this.wrong.hidden = answer.ok;
    this.wrong.textContent = answer.ok ? "" : answer.error;
    if (answer.ok) announce("The fault is set.");
    await this.list();
  }

  async clear() {
    await remove("faults");
    announce("All faults are cleared.");
    await this.list();
  }

  async list() {
    const { faults: ordered = [] } = await get("faults");
    this.onOrder.hidden = !ordered.length;
    swap(this.waiting, ordered.map((each) => h("li", { testid: "ordered-fault" }, told(each))));
  }
}

/** Opens the form. */
export function faults() {
  new Form().open();
}
