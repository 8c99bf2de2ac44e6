/** Moments as the viewer reads them: in their zone, by the workbench's clock. */
import { h } from "../dom.js";
import { now, zone } from "../store.js";

const DAY = 86400;
const formats = new Map();

function parts(epoch, options, tz = zone()) {
  const name = JSON.stringify([options, tz]);
  if (!formats.has(name)) formats.set(name, new Intl.DateTimeFormat("en-US", { timeZone: tz, ...options }));
  const found = {};
  for (const part of formats.get(name).formatToParts(new Date(epoch * 1000))) found[part.type] = part.value;
  return found;
}

function calendar(epoch, tz) {
  const { year, month, day } = parts(epoch, { year: "numeric", month: "2-digit", day: "2-digit" }, tz);
  return { year: Number(year), month: Number(month), day: Number(day) };
}

/** Days from today to the day of `epoch`, in the viewer's calendar. */
export function daysAway(epoch) {
  const at = calendar(epoch);
  const today = calendar(now());
  return (Date.UTC(at.year, at.month - 1, at.day) - Date.UTC(today.year, today.month - 1, today.day)) / (DAY * 1000);
}

function ordinal(day) {
  if (day % 100 >= 11 && day % 100 <= 13) return `${day}th`;
  return `${day}${{ 1: "st", 2: "nd", 3: "rd" }[day % 10] ?? "th"}`;
}

function pretty(epoch, otherwise) {
  return { "-1": "yesterday", 0: "today", 1: "tomorrow" }[daysAway(epoch)] ?? otherwise;
}

function written(epoch, { weekday = false, short = false, year = true, ordinals = !short } = {}) {
  const found = parts(epoch, { weekday: "long", year: "numeric", month: short ? "short" : "long", day: "numeric" });
  const day = ordinals ? ordinal(Number(found.day)) : found.day;
  return `${weekday ? `${found.weekday}, ` : ""}${found.month} ${day}${year ? `, ${found.year}` : ""}`;
}

/** "2:05 PM" */
export function time(epoch, seconds = false) {
  const found = parts(epoch, { hour: "numeric", minute: "2-digit", ...(seconds ? { second: "2-digit" } : {}), hour12: true });
  return `${found.hour}:${found.minute}${seconds ? `:${found.second}` : ""} ${found.dayPeriod}`;
}

/** "3 hours ago", "in 2 days" */
export function ago(epoch) {
  const away = epoch - now();
  const size = Math.abs(away);
  const words = new Intl.RelativeTimeFormat("en", { numeric: "auto" });
  for (const [unit, seconds] of [["day", DAY], ["hour", 3600], ["minute", 60]]) {
    if (size >= seconds) return words.format(Math.trunc(away / seconds), unit);
  }
  return words.format(Math.trunc(away), "second");
}

function numeric(epoch, between) {
  const { year, month, day } = calendar(epoch);
  const two = (number) => String(number).padStart(2, "0");
  return between === "-" ? `${year}-${two(month)}-${two(day)}` : `${two(month)}/${two(day)}/${year}`;
}

/** Slack's tokens. */
const TOKENS = {
  date_num: (at) => numeric(at, "-"),
  date_slash: (at) => numeric(at, "/"),
  date: (at) => written(at),
  date_short: (at) => written(at, { short: true }),
  date_long: (at) => written(at, { weekday: true }),
  date_full: (at) => written(at, { ordinals: false }),
  date_long_full: (at) => written(at, { ordinals: false }),
  date_pretty: (at) => pretty(at, written(at)),
  date_short_pretty: (at) => pretty(at, written(at, { short: true })),
  date_long_pretty: (at) => pretty(at, written(at, { weekday: true })),
  day_divider_pretty: (at) => pretty(at, written(at, { weekday: true, year: calendar(at).year !== calendar(now()).year })),
  time: (at) => time(at),
  time_secs: (at) => time(at, true),
  ago: (at) => ago(at),
};

/** Fills a template such as "{date_short_pretty} at {time}"; null when a token is unknown. */
export function filled(epoch, template) {
  let known = true;
  const text = template.replace(/\{(\w+)\}/g, (whole, token) => {
    if (TOKENS[token]) return TOKENS[token](epoch);
    known = false;
    return whole;
  });
  const lead = /^\{\w*pretty\}/.test(template) ? text.charAt(0).toUpperCase() + text.slice(1) : text;
  return known ? lead : null;
}

/** The whole moment, for a tooltip. */
export function whole(epoch) {
  return `${written(epoch, { weekday: true })} at ${time(epoch, true)} (${zone()})`;
}

/** A <time> that follows the clock (see `refresh`). */
export function moment(epoch, template, fallback = "") {
  const seconds = Number(epoch);
  const text = Number.isFinite(seconds) ? filled(seconds, template) : null;
  if (text === null) return document.createTextNode(fallback);
  return h(
    "time",
    { class: "moment", datetime: new Date(seconds * 1000).toISOString(), title: whole(seconds), data: { epoch: seconds, template } },
    text,
  );
}

/** Writes every moment below `root` anew, after the clock was moved. */
export function refresh(root = document) {
  for (const node of root.querySelectorAll("time.moment")) {
    node.textContent = filled(Number(node.dataset.epoch), node.dataset.template);
  }
}

/** How a day is headed in a list of messages. */
export function dayTitle(epoch) {
  const text = TOKENS.day_divider_pretty(epoch);
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** "2025-06-02T14:05" in the viewer's zone, for a datetime-local input. */
export function toLocal(epoch, tz = zone()) {
  const options = { year: "numeric", month: "2-digit", day: "2-digit", hour: "2-digit", minute: "2-digit", hourCycle: "h23" };
  const at = parts(epoch, options, tz);
  return `${at.year}-${at.month}-${at.day}T${at.hour}:${at.minute}`;
}

/** The moment a datetime-local value means in the viewer's zone, in seconds. */
export function fromLocal(local, tz = zone()) {
  const wanted = Date.parse(`${local}:00Z`) / 1000;
  let guess = wanted;
  for (let turn = 0; turn < 2; turn += 1) guess += wanted - Date.parse(`${toLocal(guess, tz)}:00Z`) / 1000;
  return guess;
}
