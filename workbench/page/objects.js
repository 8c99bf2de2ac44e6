/** Work Objects: what a message or a link stands for, as a card, and its details beside the conversation. */
import { post } from "./api.js";
import { picture } from "./blocks/media.js";
import { openDialog } from "./dialog.js";
import { h } from "./dom.js";
import { icon } from "./icons.js";
import { emit, nameOf, on, store } from "./store.js";
import { channel as place, link, mrkdwn, person } from "./text/mrkdwn.js";
import { moment } from "./text/dates.js";

const FIRST_FIELDS = 4;
const TONES = new Set(["red", "yellow", "green", "gray", "blue"]);

function words(name) {
  const text = name.replaceAll("_", " ");
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function someone({ user_id: id, text }) {
  return id ? person(id) : (text ?? "");
}

/** How a value is drawn, by its type. */
const VALUES = {
  "slack#/types/date": ({ value }) => value,
  "slack#/types/timestamp": ({ value }) => moment(value, "{date_short_pretty} at {time}", String(value)),
  "slack#/types/user": ({ user, value }) => someone(user ?? (store.users.has(value) ? { user_id: value } : { text: value })),
  "slack#/types/channel_id": ({ value }) => place(value),
  "slack#/types/image": (field) => picture({ image_url: field.image_url, alt_text: field.alt_text ?? field.label }, "full"),
  "slack#/types/link": ({ value }) => link(value, value),
  "slack#/types/email": ({ value }) => link(`mailto:${value}`, value),
  "slack#/types/entity_ref": ({ entity_ref: ref, value }) => (ref ? link(ref.entity_url ?? "", ref.title ?? ref.external_ref?.id ?? "") : (value ?? "")),
  array: ({ value = [] }) => value.flatMap((each, at) => [at ? ", " : "", drawn(each)]),
  boolean: ({ value, boolean = {} }) => (value ? (boolean.true_text ?? "Yes") : (boolean.false_text ?? "No")),
};

function drawn(field) {
  const draw = VALUES[field.type === "array" ? "array" : field.type];
  const value = draw ? draw(field) : field.user ? someone(field.user) : (field.value ?? field.text ?? "");
  const node = typeof value === "object" ? value : field.format === "markdown" ? mrkdwn(String(value)) : String(value);
  if (field.tag_color) return h("span", { class: `tag tag-${TONES.has(field.tag_color) ? field.tag_color : "gray"}` }, node);
  return field.link ? link(field.link, h("span", {}, node)) : node;
}

/** Every field that holds something, in the order that is wished. */
function fieldsOf({ fields = {}, custom_fields: custom = [], display_order: order = [] }) {
  const all = [...Object.entries(fields).map(([key, field]) => ({ key, ...field })), ...custom];
  const rank = ({ key }) => (order.includes(key) ? order.indexOf(key) : order.length);
  return all.filter((field) => field.value !== undefined || field.user || field.entity_ref || field.image_url || field.text).sort((one, other) => rank(one) - rank(other));
}

function facts(fields) {
  return h("dl", { class: "facts" }, fields.map((field) => h("div", {}, h("dt", {}, field.label ?? words(field.key ?? "")), h("dd", {}, drawn(field)))));
}

function source({ display_type: kind, display_id: id, product_name: product }, entity) {
  return [product, kind ?? words(entity.entity_type.split("/").at(-1)), id].filter(Boolean).join(" · ");
}

async function open(channel, message, entity) {
  const answer = await post("entity", { channel, ts: message.ts, id: entity.external_ref.id });
  if (!answer.ok) emit("banner", { text: `It did not open: ${answer.error}` });
}

/** A card that opens what it stands for. */
export function objectCard(channel, message, entity) {
  const { attributes } = entity.entity_payload;
  return h(
    "div",
    { class: "card object", testid: `object-${entity.external_ref.id}` },
    h(
      "div",
      { class: "card-body" },
      h("div", { class: "card-sub" }, source(attributes, entity)),
      h("button", { type: "button", class: "link-button card-title", "aria-haspopup": "dialog", onclick: () => open(channel, message, entity) }, attributes.title.text),
      facts(fieldsOf(entity.entity_payload).slice(0, FIRST_FIELDS)),
    ),
  );
}

/** All that a message itself stands for; what its links stand for is among its attachments. */
export function objects(channel, message) {
  return (message.metadata?.entities ?? []).map((entity) => objectCard(channel, message, entity));
}

function details(entity) {
  const { attributes } = entity.entity_payload;
  return [h("div", { class: "card-sub" }, source(attributes, entity)), facts(fieldsOf(entity.entity_payload)), h("p", { class: "object-link" }, link(entity.url, "Open where it comes from"))];
}

function refused({ error = {}, user_auth_url: address }) {
  if (address) return [h("p", {}, "The app wants to know first who you are there."), h("p", {}, link(address, "Sign in"))];
  return [h("p", { class: "object-error" }, icon("warn"), h("span", {}, error.custom_message ?? words(error.status ?? "It cannot be shown.")))];
}

let shown = null;

/** Shows what an app presents beside the conversation; a later pane takes the place of the one before. */
function present({ app, metadata, error, ...pane }) {
  shown?.close();
  const bot = store.apps.get(app)?.bot_user;
  const title = metadata?.entity_payload.attributes.title.text ?? error?.custom_title ?? (bot ? nameOf(bot) : "Details");
  shown = openDialog({ title, body: [h("div", { class: "object-pane" }, metadata ? details(metadata) : refused({ error, ...pane }))], kind: "beside", testid: "object-pane", onclose: () => (shown = null) });
}

on("entity", ({ pane }) => present(pane));
