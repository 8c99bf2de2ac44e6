/** Selects: fixed options, options asked for, people, channels, conversations; one or many. */
import { confirmed } from "../dialog.js";
import { channelName, nameOf, store } from "../store.js";
import { bare, text } from "../text/mrkdwn.js";
import { Combobox } from "./combobox.js";

const WAIT = 180;

function choiceOf(option) {
  return { value: option.value, label: bare(option.text), nodes: text(option.text), hint: option.description && bare(option.description), raw: option };
}

function matches(choice, typed) {
  return `${choice.label} ${choice.hint ?? ""}`.toLowerCase().includes(typed.toLowerCase());
}

function narrowed(groups, typed) {
  return groups.map(({ label, choices }) => ({ label, choices: choices.filter((choice) => matches(choice, typed)) })).filter(({ choices }) => choices.length);
}

function grouped({ options, option_groups: groups }) {
  if (groups) return groups.map((group) => ({ label: bare(group.label), choices: group.options.map(choiceOf) }));
  return [{ label: "", choices: (options ?? []).map(choiceOf) }];
}

function listed(choices) {
  return (typed) => narrowed([{ label: "", choices: choices() }], typed);
}

function person(user) {
  const name = user.real_name || user.name;
  return { value: user.id, label: name, nodes: [name], hint: user.name === name ? "" : `@${user.name}`, raw: user };
}

function people() {
  return [...store.users.values()].filter((user) => !user.deleted).map(person);
}

function place(channel) {
  const name = channel.type === "im" || channel.type === "mpim" ? channelName(channel) : `#${channelName(channel)}`;
  return { value: channel.id, label: name, nodes: [name], raw: channel };
}

function channels() {
  return [...store.channels.values()].filter((channel) => channel.type === "public" && !channel.is_archived).map(place);
}

function conversations(element) {
  const filter = element.filter ?? {};
  return () =>
    [...store.channels.values()]
      .filter((channel) => !channel.is_archived && (!filter.include || filter.include.includes(channel.type)))
      .filter((channel) => !(filter.exclude_bot_users && store.users.get(channel.with)?.is_bot))
      .filter((channel) => !(filter.exclude_external_shared_channels && channel.is_ext_shared))
      .map(place);
}

function asked(element, block, surface) {
  const least = element.min_query_length ?? store.leastTyped;
  return async (typed) => {
    if (typed.length < least) return { note: `Type ${least - typed.length} more ${least - typed.length === 1 ? "character" : "characters"}` };
    asked.turn = (asked.turn ?? 0) + 1;
    const turn = asked.turn;
    await new Promise((resume) => setTimeout(resume, WAIT));
    if (turn !== asked.turn) return { note: "Searching…" };
    const answer = await surface.suggest(block, element, typed);
    if (answer.error) return { note: answer.error };
    return grouped(answer);
  };
}

const option = (found) => (found ? choiceOf(found) : null);
const user = (id) => (id ? { value: id, label: nameOf(id), nodes: [nameOf(id)], raw: { id } } : null);
const room = (id) => (id ? place(store.channels.get(id) ?? { id, name: id, type: "public" }) : null);

/** type -> where its value stands, how it is read back, what it offers. */
const KINDS = {
  static_select: { field: "selected_option", read: option, load: (element) => (typed) => narrowed(grouped(element), typed) },
  external_select: { field: "selected_option", read: option, load: asked },
  users_select: { field: "selected_user", read: user, load: () => listed(people) },
  channels_select: { field: "selected_channel", read: room, load: () => listed(channels) },
  conversations_select: { field: "selected_conversation", read: room, load: (element) => listed(conversations(element)) },
};

/** Draws any of the ten selects. */
export function select(element, { block, surface, attributes, optional, change }) {
  const multiple = element.type.startsWith("multi_");
  const kind = KINDS[element.type.replace("multi_", "")];
  const field = multiple ? `${kind.field}s` : kind.field;
  const held = surface.value(block, element)[field];
  const chosen = (multiple ? held : [held]).map(kind.read).filter(Boolean);
  const value = (choice) => (kind.field === "selected_option" ? choice.raw : choice.value);
  const box = new Combobox({
    load: kind.load(element, block, surface),
    chosen,
    multiple,
    most: element.max_selected_items,
    clearable: optional,
    placeholder: element.placeholder ? bare(element.placeholder) : multiple ? "Choose some" : "Choose one",
    attributes,
    onchange: async (now) => {
      if (!(await confirmed(element.confirm))) {
        box.chosen = before;
        box.draw();
        return;
      }
      before = now;
      const values = now.map(value);
      change({ [field]: multiple ? values : (values[0] ?? null) });
    },
  });
  let before = chosen;
  return box.node;
}
