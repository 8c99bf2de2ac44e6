/** From blocks to DOM, and from the blocks of before to those of now. */
import { find, h } from "../dom.js";
import { actions, context, contextActions, divider, header, section } from "./basic.js";
import { alert, card, carousel, container } from "./card.js";
import { chart } from "./chart.js";
import { input } from "./input.js";
import { file, image, video } from "./media.js";
import { plan, taskCard } from "./plan.js";
import { dataTable, table } from "./table.js";
import { markdown } from "../text/markdown.js";
import { rich } from "../text/rich.js";

const DRAW = {
  actions,
  alert,
  card,
  carousel,
  container,
  context,
  context_actions: contextActions,
  data_table: dataTable,
  data_visualization: chart,
  divider,
  file,
  header,
  image,
  input,
  markdown: (block) => h("div", { class: "text markdown" }, markdown(block.text)),
  plan,
  rich_text: (block) => h("div", { class: "text" }, rich(block)),
  section,
  table,
  task_card: taskCard,
  video,
};

function unknown(block) {
  return h("details", { class: "unknown" }, h("summary", {}, `A block of type “${block.type}”`), h("pre", { tabindex: "0" }, JSON.stringify(block, null, 2)));
}

/** One block. */
export function drawBlock(block, surface) {
  const draw = DRAW[block.type] ?? unknown;
  const inner = draw(block, surface, drawBlock);
  return h("div", { class: `block block-${block.type}`, testid: `block-${block.block_id}`, data: { block: block.block_id } }, inner);
}

/**
 * Shows a surface's blocks in `parent`. A block that has not changed keeps its nodes, hence focus, caret and open menus.
 * @param {HTMLElement} parent @param {import("../surface.js").Surface} surface
 */
export function showBlocks(parent, surface) {
  const old = new Map([...parent.children].map((node) => [node.dataset.block, node]));
  const held = focusIn(parent);
  const nodes = surface.blocks.map((block) => {
    const known = old.get(block.block_id);
    const json = JSON.stringify(block);
    if (known?.json === json) return known;
    const node = drawBlock(block, surface);
    node.json = json;
    return node;
  });
  settle(parent, nodes);
  if (held) giveBack(parent, held);
}

function settle(parent, nodes) {
  for (const node of [...parent.children]) if (!nodes.includes(node)) node.remove();
  nodes.forEach((node, at) => {
    if (parent.children[at] !== node) parent.insertBefore(node, parent.children[at] ?? null);
  });
}

function focusIn(parent) {
  const node = document.activeElement;
  if (!parent.contains(node)) return null;
  const block = node.closest("[data-block]");
  return { node, block: block?.dataset.block, testid: node.dataset.testid, start: node.selectionStart, end: node.selectionEnd };
}

function giveBack(parent, held) {
  if (held.node.isConnected) return void (document.activeElement === held.node || held.node.focus());
  const block = held.block && parent.querySelector(`[data-block="${CSS.escape(held.block)}"]`);
  const node = (held.testid && find(block || parent, held.testid)) || null;
  node?.focus();
  if (node?.setSelectionRange && held.start !== null && held.start !== undefined) node.setSelectionRange(held.start, held.end);
}
