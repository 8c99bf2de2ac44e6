/** What a message, a modal or a home knows while someone is using it: typed values, and where actions go. */
import { post, Unreachable } from "./api.js";
import { initial, isStateful } from "./elements/initial.js";
import { emit } from "./store.js";

export const TROUBLE = "We had some trouble connecting. Try again?";

function key(block, action) {
  return JSON.stringify([block, action]);
}

/** The elements of one block that a person can use. */
function own(block) {
  const many = { actions: block.elements, context_actions: block.elements, card: block.actions };
  const found = many[block.type] ?? [{ input: block.element, section: block.accessory }[block.type]];
  return (found ?? []).filter((element) => element && element.type !== "image");
}

function inner(block) {
  return block.type === "carousel" ? (block.elements ?? []) : (block.child_blocks ?? []);
}

/** Every (block, element) pair in `blocks`, those within containers and carousels included. */
export function* elementsOf(blocks = []) {
  for (const block of blocks) {
    for (const element of own(block)) yield [block, element];
    yield* elementsOf(inner(block));
  }
}

/** Gives blocks and elements the ids they lack, so that state has a key. */
export function identified(blocks = [], path = "b") {
  blocks.forEach((block, index) => {
    block.block_id ??= `${path}${index}`;
    own(block).forEach((element, place) => (element.action_id ??= `${block.block_id}.${place}`));
    identified(inner(block), `${block.block_id}.`);
  });
  return blocks;
}

export class Surface {
  /** @param {{type: string}} container @param {"message"|"modal"|"home"} kind */
  constructor(container, kind, channel = null) {
    this.container = container;
    this.kind = kind;
    this.channel = channel;
    this.blocks = [];
    this.values = new Map();
  }

  /** Takes the blocks as they are now; what was typed into what remains is kept. */
  show(blocks) {
    this.blocks = identified(blocks);
    const kept = new Map();
    for (const [block, element] of elementsOf(this.blocks)) {
      if (!isStateful(element)) continue;
      const name = key(block.block_id, element.action_id);
      const old = this.values.get(name);
      kept.set(name, old?.type === element.type ? old : initial(element, this.channel));
    }
    this.values = kept;
  }

  /** The current value of an element. */
  value(block, element) {
    return this.values.get(key(block.block_id, element.action_id)) ?? initial(element, this.channel);
  }

  /** Remembers what was typed or chosen. */
  set(block, element, chosen) {
    this.values.set(key(block.block_id, element.action_id), { type: element.type, ...chosen });
  }

  /** All values, in Slack's shape. */
  state() {
    const state = {};
    for (const [block, element] of elementsOf(this.blocks)) {
      if (!isStateful(element)) continue;
      (state[block.block_id] ??= {})[element.action_id] = this.value(block, element);
    }
    return state;
  }

  /** Tells the app that something was pressed or chosen; a failure is shown, never thrown. */
  async act(block, element, chosen = {}) {
    try {
      const answer = await post("action", {
        container: this.container,
        block_id: block.block_id,
        action_id: element.action_id,
        ...chosen,
        state: this.state(),
      });
      if (!answer.ok) this.complain(answer.error);
    } catch (error) {
      if (!(error instanceof Unreachable)) throw error;
      this.complain(TROUBLE);
    }
  }

  /** Says what went wrong where the person is looking. */
  complain(text) {
    emit("banner", { text: text || TROUBLE, surface: this });
  }

  /** Asks the app for options. */
  suggest(block, element, value) {
    return post("suggest", {
      container: this.container,
      block_id: block.block_id,
      action_id: element.action_id,
      value,
    });
  }
}
