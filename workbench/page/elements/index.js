/** From an element's JSON to what one sees and touches. */
import { h } from "../dom.js";
import { bare } from "../text/mrkdwn.js";
import { button, feedback, iconButton, overflow } from "./button.js";
import { checkboxes, radio } from "./choice.js";
import { select } from "./select.js";
import { date, dateTime, email, files, number, plainText, timeOfDay, url } from "./typed.js";
import { richText } from "./write.js";

const DRAW = {
  button,
  workflow_button: button,
  overflow,
  feedback_buttons: feedback,
  icon_button: iconButton,
  radio_buttons: radio,
  checkboxes,
  datepicker: date,
  timepicker: timeOfDay,
  datetimepicker: dateTime,
  plain_text_input: plainText,
  number_input: number,
  email_text_input: email,
  url_text_input: url,
  rich_text_input: richText,
  file_input: files,
};
for (const kind of ["static", "external", "users", "channels", "conversations"]) {
  DRAW[`${kind}_select`] = select;
  DRAW[`multi_${kind}_select`] = select;
}

const NAMES = { datepicker: "Date", timepicker: "Time", datetimepicker: "Date and time", overflow: "More options" };

function named(element, label) {
  if (label) return { "aria-labelledby": label.labelId, "aria-describedby": label.describedBy, id: label.id };
  const name = element.placeholder ? bare(element.placeholder) : (NAMES[element.type] ?? element.action_id);
  return { "aria-label": name };
}

/**
 * Draws an element.
 * @param {{block: object, surface: import("../surface.js").Surface, label?: {id: string, labelId: string, describedBy: string, optional: boolean}}} place
 *   `label` is given inside an input block, where the element only acts if the block says so
 */
export function drawElement(element, { block, surface, label }) {
  const draw = DRAW[element.type];
  if (!draw) return h("span", { class: "unknown" }, `[${element.type}]`);
  const remember = (chosen) => surface.set(block, element, chosen);
  const change = (chosen) => {
    remember(chosen);
    if (!label || block.dispatch_action) surface.act(block, element, chosen);
  };
  const attributes = { "data-testid": `action-${element.action_id}`, ...named(element, label) };
  return draw(element, { block, surface, attributes, remember, change, optional: label ? label.optional : true });
}
