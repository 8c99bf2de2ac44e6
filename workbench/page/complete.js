/** What the composer offers while one types: commands, people, channels, emoji. */
import { avatar } from "./avatar.js";
import { store } from "./store.js";
import { EMOJI, emojiMatches } from "./text/emoji.js";

const MOST = 8;

/** @typedef {{insert: string, title: string, hint?: string, detail?: string, before?: Node, testid: string}} Offer */

/** Every slash command of every app. */
export function commands() {
  return [...store.apps.values()].flatMap((app) => (app.commands ?? []).map((command) => ({ ...command, app: app.name })));
}

function commandOffers(typed) {
  return commands()
    .filter(({ command }) => command.startsWith(typed))
    .map(({ command, description, usage_hint: hint, app }) => ({ insert: `${command} `, title: command, hint, detail: [description, app].filter(Boolean).join(" · "), testid: `command-${command.slice(1)}` }));
}

function matching(typed) {
  const wanted = typed.toLowerCase();
  return (...names) => names.some((name) => name?.toLowerCase().includes(wanted));
}

function peopleOffers(typed) {
  const fits = matching(typed);
  const people = [...store.users.values()].filter((user) => !user.deleted && fits(user.name, user.real_name)).map((user) => ({ insert: `@${user.name} `, title: user.real_name || user.name, hint: `@${user.name}`, before: avatar(user.id, "tiny"), testid: `mention-${user.id}` }));
  const groups = [...store.groups.values()].filter((group) => fits(group.handle, group.name)).map((group) => ({ insert: `@${group.handle} `, title: `@${group.handle}`, hint: group.name, testid: `mention-${group.id}` }));
  const everyone = ["here", "channel"].filter((name) => fits(name)).map((name) => ({ insert: `@${name} `, title: `@${name}`, hint: "Notifies this channel", testid: `mention-${name}` }));
  return [...people, ...groups, ...everyone].slice(0, MOST);
}

function channelOffers(typed) {
  const fits = matching(typed);
  return [...store.channels.values()].filter((channel) => channel.name && channel.type !== "im" && fits(channel.name)).slice(0, MOST).map((channel) => ({ insert: `#${channel.name} `, title: `#${channel.name}`, hint: channel.topic || "", testid: `mention-${channel.id}` }));
}

function emojiOffers(typed) {
  return emojiMatches(typed, MOST).map((name) => ({ insert: `:${name}: `, title: `:${name}:`, before: document.createTextNode(EMOJI.get(name)), testid: `emoji-${name}` }));
}

const KINDS = [
  { pattern: /(?:^|\s)@([\w.-]*)$/, offers: peopleOffers, label: "People" },
  { pattern: /(?:^|\s)#([\w-]*)$/, offers: channelOffers, label: "Channels" },
  { pattern: /(?:^|\s):([a-z0-9_+-]{2,})$/, offers: emojiOffers, label: "Emoji" },
];

/**
 * What fits the text before the caret.
 * @returns {{label: string, from: number, offers: Offer[]} | null}
 */
export function completions(before, { inThread }) {
  if (/^\/\S*$/.test(before)) return inThread ? null : { label: "Commands", from: 0, offers: commandOffers(before) };
  for (const { pattern, offers, label } of KINDS) {
    const found = pattern.exec(before);
    if (found) return { label, from: before.length - found[1].length - 1, offers: offers(found[1]) };
  }
  return null;
}

/** The command whose arguments are being typed, for its usage hint. */
export function current(text) {
  const word = /^(\/\S+)\s/.exec(text)?.[1];
  return word ? (commands().find(({ command }) => command === word) ?? null) : null;
}
