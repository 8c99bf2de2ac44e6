/** Progress: a task, and a plan of tasks. */
import { h, hidden } from "../dom.js";
import { icon } from "../icons.js";
import { link } from "../text/mrkdwn.js";
import { rich } from "../text/rich.js";

const STATES = {
  pending: ["clock", "Waiting"],
  in_progress: ["pulse", "In progress"],
  complete: ["check", "Done"],
  error: ["error", "Failed"],
};

function task(item) {
  const [picture, name] = STATES[item.status] ?? STATES.pending;
  const more = [item.details, item.output].filter(Boolean).map((part) => h("div", { class: "text" }, rich(part)));
  const sources = item.sources?.length ? h("div", { class: "card-sub" }, item.sources.flatMap((source) => [link(source.url, source.text ?? source.url), " "])) : null;
  const head = h("span", { class: `task-head task-${item.status}` }, icon(picture, 16), h("span", {}, item.title), hidden(`(${name})`));
  if (!more.length && !sources) return h("div", { class: "task" }, head);
  return h("details", { class: "task", open: item.status === "in_progress" }, h("summary", {}, head), more, sources);
}

/** One task. */
export function taskCard(block) {
  return h("div", { class: "card" }, h("div", { class: "card-body" }, task(block)));
}

/** Several, under a title. */
export function plan(block) {
  const done = block.tasks.filter(({ status }) => status === "complete").length;
  return h(
    "div",
    { class: "card" },
    h("div", { class: "card-body" }, h("div", { class: "card-title" }, block.title), h("div", { class: "card-sub" }, `${done} of ${block.tasks.length} done`), h("ul", { class: "tasks" }, block.tasks.map((item) => h("li", {}, task(item))))),
  );
}
