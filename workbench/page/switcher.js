/** Who one is: the workbench lets anyone be anyone. */
import { avatar } from "./avatar.js";
import { h, swap } from "./dom.js";
import { openMenu } from "./menu.js";
import { nameOf, on, store } from "./store.js";

function hintOf(user) {
  const marks = [user.is_admin ? "administrator" : "", user.is_restricted ? "guest" : "", user.tz ?? ""].filter(Boolean);
  return [`@${user.name}`, ...marks].join(" · ");
}

/** Whether someone is only met in a channel that is shared with their workspace. */
function isStranger(user) {
  return Boolean(user.team) && user.team !== store.team.id;
}

/** @param {(user: string) => void} become */
export function switcher(become) {
  const node = h("button", { type: "button", class: "quiet switcher", testid: "user-switcher", "aria-haspopup": "menu", "aria-expanded": "false", onclick: open });
  function open() {
    const entry = (user) => ({
      label: user.real_name || user.name,
      hint: hintOf(user),
      before: avatar(user.id, "small", user.real_name || user.name),
      checked: user.id === store.me,
      testid: `user-${user.id}`,
      onpick: () => user.id === store.me || become(user.id),
    });
    const own = [...store.users.values()].filter((user) => !user.is_bot && !user.deleted && !isStranger(user));
    const others = store.workspaces.filter(({ id }) => id !== store.team.id);
    const elsewhere = others.flatMap(({ name, people }) => [{ heading: `In ${name}` }, ...people.map(entry)]);
    openMenu(node, [{ heading: "Act as" }, ...own.map(entry), ...elsewhere], { label: "Act as", end: true });
  }
  on("state", () => {
    swap(node, avatar(store.me, "small"), h("span", { class: "switcher-name" }, nameOf(store.me)));
    node.setAttribute("aria-label", `Acting as ${nameOf(store.me)}. Switch person`);
    document.title = `${store.team.name} · ${nameOf(store.me)} · Workbench`;
  });
  return node;
}
