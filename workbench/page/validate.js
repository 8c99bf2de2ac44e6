/** What can be refused before the app is asked, field by field. */
const MOST_FILES = 10;
const NEEDED = "Please fill this in.";
const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]{2,}$/;

function length(text) {
  return [...text].length;
}

function sized(element, value) {
  const size = length(value);
  if (element.min_length && size < element.min_length) return `Please write at least ${element.min_length} characters (now ${size}).`;
  if (element.max_length && size > element.max_length) return `Please write at most ${element.max_length} characters (now ${size}).`;
  return null;
}

function numeric(element, value) {
  const pattern = element.is_decimal_allowed ? /^-?\d+([.]\d+)?$/ : /^-?\d+$/;
  if (!pattern.test(value.trim())) return element.is_decimal_allowed ? "Please enter a number." : "Please enter a whole number.";
  const number = Number(value);
  if (element.min_value !== undefined && number < Number(element.min_value)) return `Please enter ${element.min_value} or more.`;
  if (element.max_value !== undefined && number > Number(element.max_value)) return `Please enter ${element.max_value} or less.`;
  return null;
}

function address(_element, value) {
  return EMAIL.test(value.trim()) ? null : "Please enter an e-mail address.";
}

function web(_element, value) {
  try {
    return /^https?:$/.test(new URL(value.trim()).protocol) ? null : "Please enter an address that begins with http:// or https://.";
  } catch {
    return "Please enter an address that begins with http:// or https://.";
  }
}

function brought(element, files) {
  const most = element.max_files ?? MOST_FILES;
  if (files.length > most) return `Please choose at most ${most} ${most === 1 ? "file" : "files"}.`;
  const fits = ({ name }) => element.filetypes.some((kind) => name.toLowerCase().endsWith(`.${kind.toLowerCase()}`));
  return !element.filetypes || files.every(fits) ? null : `Please choose files of these types: ${element.filetypes.join(", ")}.`;
}

const FORMS = { plain_text_input: sized, number_input: numeric, email_text_input: address, url_text_input: web, file_input: brought };

/** The value inside a state entry, whatever its name; null when there is none. */
function held(value) {
  const { type: _type, ...rest } = value;
  const [only] = Object.values(rest);
  if (only === undefined || only === null || only === "") return null;
  return Array.isArray(only) && !only.length ? null : only;
}

/**
 * Checks a view as Slack's client does.
 * @param {import("./surface.js").Surface} surface
 * @returns {Record<string, string>} block_id -> what is wrong
 */
export function problems(surface) {
  const errors = {};
  for (const block of surface.blocks) {
    if (block.type !== "input") continue;
    const value = held(surface.value(block, block.element));
    const wrong = value === null ? (block.optional ? null : NEEDED) : (FORMS[block.element.type]?.(block.element, value) ?? null);
    if (wrong) errors[block.block_id] = wrong;
  }
  return errors;
}
