/** Makes DOM nodes; whatever is text stays text. */

const SVG = "http://www.w3.org/2000/svg";
let last = 0;

/** A document-wide unique id for labels and descriptions. */
export function uid(prefix = "id") {
  last += 1;
  return `${prefix}-${last}`;
}

/**
 * Makes an element. `testid` becomes data-testid, functions become listeners
 * (`onclick`), true is an empty attribute, null, undefined and false are left out.
 * @returns {HTMLElement}
 */
export function h(tag, props = {}, ...children) {
  const node = document.createElement(tag);
  fill(node, props, children);
  return node;
}

/** The same for SVG. */
export function s(tag, props = {}, ...children) {
  const node = document.createElementNS(SVG, tag);
  fill(node, props, children);
  return node;
}

function fill(node, props, children) {
  for (const [name, value] of Object.entries(props ?? {})) put(node, name, value);
  for (const child of children.flat(Infinity)) {
    if (child !== null && child !== undefined && child !== false) node.append(child);
  }
}

function put(node, name, value) {
  if (value === null || value === undefined || value === false) return;
  if (name.startsWith("on") && typeof value === "function") {
    node.addEventListener(name.slice(2), value);
  } else if (name === "testid") {
    node.setAttribute("data-testid", value);
  } else if (name === "data") {
    for (const [key, item] of Object.entries(value)) node.dataset[key] = item;
  } else if (name === "value" && "value" in node) {
    node.value = value;
  } else {
    node.setAttribute(name, value === true ? "" : String(value));
  }
}

/** Replaces all children. */
export function swap(node, ...children) {
  node.replaceChildren(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false));
  return node;
}

/** Text for people who do not see the screen. */
export function hidden(text) {
  return h("span", { class: "sr-only" }, text);
}

/** Finds by data-testid below `root`. */
export function find(root, testid) {
  return root.querySelector(`[data-testid="${CSS.escape(testid)}"]`);
}
