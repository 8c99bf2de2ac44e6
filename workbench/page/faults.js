/** Makes Slack misbehave on purpose: per method, the next few calls or a share of them. */
import { post, remove } from "./api.js";
import { announce } from "./announce.js";
import { openDialog } from "./dialog.js";
import { h, swap, uid } from "./dom.js";

const FAULTS = [
  ["ratelimited", "Rate limited (429 with Retry-After)"],
  ["500", "Server error (500)"],
  ["503", "Unavailable (503)"],
  ["timeout", "No answer"],
  ["reset", "Connection reset"],
  ["lost_answer", "Done, but the answer is lost"],
  ["slow", "Slow answer"],
  ["error:channel_not_found", "Error: channel_not_found"],
  ["error:is_archived", "Error: is_archived"],
  ["error:not_in_channel", "Error: not_in_channel"],
  ["error:token_revoked", "Error: token_revoked"],
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
const METHODS = ["chat.postMessage", "chat.update", "chat.postEphemeral", "views.open", "views.push", "views.update", "views.publish", "conversations.info", "users.info", "auth.test"];

/** The faults that what is typed can have: a method, or a kind of delivery. */
function choices(typed) {
  const kinds = DELIVERIES.includes(typed.split("/")[0]) ? DELIVERY_FAULTS : FAULTS;
  return kinds.map(([value, name]) => h("option", { value }, name));
}

function labelled(name, field) {
  field.id = uid("fault");
  return h("div", { class: "input" }, h("label", { class: "label", for: field.id }, name), field);
}

/** Opens the form. */
export function faults() {
  const list = uid("methods");
  const method = h("input", { type: "text", class: "field", list, value: "chat.postMessage", autocomplete: "off" });
  const channel = h("input", { type: "text", class: "field", placeholder: "Any channel, or an id", autocomplete: "off" });
  const fault = h("select", { class: "field" }, choices(method.value));
  method.addEventListener("change", () => swap(fault, choices(method.value.trim())));
  const often = h("select", { class: "field" }, [["1", "The next call"], ["3", "The next 3 calls"], ["10", "The next 10 calls"], ["p0.1", "One call in ten"], ["p0.5", "Every second call"], ["p1", "Every call"]].map(([value, name]) => h("option", { value }, name)));
  const after = h("input", { type: "text", inputmode: "numeric", class: "field", value: "5", autocomplete: "off" });
  const add = async () => {
    const share = often.value.startsWith("p") ? { probability: Number(often.value.slice(1)) } : { times: Number(often.value) };
    const wait = fault.value === "ratelimited" || fault.value === "slow" ? { retry_after: Number(after.value) || 1 } : {};
    await post("faults", { method: method.value.trim(), fault: fault.value, ...(channel.value.trim() ? { channel: channel.value.trim() } : {}), ...share, ...wait });
    announce("The fault is set.");
    dialog.close();
  };
  const clear = async () => {
    await remove("faults");
    announce("All faults are cleared.");
    dialog.close();
  };
  const dialog = openDialog({
    title: "Make Slack misbehave",
    body: [
      h("datalist", { id: list }, [...METHODS, ...DELIVERIES].map((name) => h("option", { value: name }))),
      labelled("Method, or what apps are sent", method),
      labelled("Channel", channel),
      labelled("What happens", fault),
      labelled("How often", often),
      labelled("Seconds (Retry-After, or how slow)", after),
    ],
    foot: [h("button", { type: "button", class: "button", onclick: clear }, "Clear all faults"), h("button", { type: "button", class: "button primary", onclick: add }, "Set fault")],
  });
}
