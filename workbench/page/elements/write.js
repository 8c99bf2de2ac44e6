/** The rich text input: a small editor whose content is Slack's rich_text. */
import { h, hidden } from "../dom.js";
import { icon } from "../icons.js";
import { bare } from "../text/mrkdwn.js";
import { rich } from "../text/rich.js";

const STYLES = { STRONG: "bold", B: "bold", EM: "italic", I: "italic", S: "strike", STRIKE: "strike", DEL: "strike", CODE: "code" };
const TOOLS = [
  ["bold", "Bold", "bold"],
  ["italic", "Italic", "italic"],
  ["strike", "Strikethrough", "strikeThrough"],
  ["list", "List", "insertUnorderedList"],
  ["quote", "Quote", "formatBlock"],
];

function inline(node, style) {
  if (node.nodeType === Node.TEXT_NODE) {
    const text = node.data.replaceAll("\u200b", "").replaceAll("\u00a0", " ");
    return text ? [{ type: "text", text, ...(Object.keys(style).length ? { style } : {}) }] : [];
  }
  if (node.nodeName === "BR") return [{ type: "text", text: "\n" }];
  const name = STYLES[node.nodeName];
  return [...node.childNodes].flatMap((child) => inline(child, name ? { ...style, [name]: true } : style));
}

function items(list) {
  return [...list.querySelectorAll(":scope > li")].map((item) => ({ type: "rich_text_section", elements: inline(item, {}) }));
}

const BLOCKS = {
  UL: (node) => ({ type: "rich_text_list", style: "bullet", indent: 0, elements: items(node) }),
  OL: (node) => ({ type: "rich_text_list", style: "ordered", indent: 0, elements: items(node) }),
  BLOCKQUOTE: (node) => ({ type: "rich_text_quote", elements: inline(node, {}) }),
  PRE: (node) => ({ type: "rich_text_preformatted", elements: inline(node, {}) }),
};

/** The editor's content as rich_text, or null when nothing is written. */
export function serialised(editor) {
  const elements = [];
  let line = [];
  const end = () => {
    if (line.length) elements.push({ type: "rich_text_section", elements: line });
    line = [];
  };
  for (const node of editor.childNodes) {
    if (BLOCKS[node.nodeName]) {
      end();
      elements.push(BLOCKS[node.nodeName](node));
    } else {
      if (/^(DIV|P)$/.test(node.nodeName) && line.length) line.push({ type: "text", text: "\n" });
      line.push(...inline(node, {}));
    }
  }
  end();
  return editor.textContent.trim() ? { type: "rich_text", elements } : null;
}

/** Draws the editor. */
export function richText(element, { block, surface, attributes, remember }) {
  const held = surface.value(block, element).rich_text_value;
  const editor = h("div", {
    class: "field editor",
    contenteditable: "true",
    role: "textbox",
    "aria-multiline": "true",
    data: { placeholder: element.placeholder ? bare(element.placeholder) : "" },
    ...attributes,
    oninput: () => remember({ rich_text_value: serialised(editor) }),
    onpaste: (event) => {
      event.preventDefault();
      document.execCommand("insertText", false, event.clipboardData.getData("text/plain"));
    },
  });
  if (held) editor.append(...rich(held));
  const tool = ([picture, name, command]) =>
    h(
      "button",
      {
        type: "button",
        class: "quiet square",
        onmousedown: (event) => event.preventDefault(),
        onclick: () => {
          editor.focus();
          document.execCommand(command, false, command === "formatBlock" ? "blockquote" : null);
        },
      },
      icon(picture, 16),
      hidden(name),
    );
  return h("div", { class: "rich-input" }, h("div", { class: "tools", role: "toolbar", "aria-label": "Formatting" }, TOOLS.map(tool)), editor);
}
