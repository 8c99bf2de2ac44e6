/** What an element holds before anyone has touched it, in the shape of Slack's `state.values`. */

const text = (element) => ({ value: element.initial_value ?? null });

const START = {
  plain_text_input: text,
  number_input: text,
  email_text_input: text,
  url_text_input: text,
  rich_text_input: (element) => ({ rich_text_value: element.initial_value ?? null }),
  static_select: (element) => ({ selected_option: element.initial_option ?? null }),
  external_select: (element) => ({ selected_option: element.initial_option ?? null }),
  radio_buttons: (element) => ({ selected_option: element.initial_option ?? null }),
  checkboxes: (element) => ({ selected_options: element.initial_options ?? [] }),
  multi_static_select: (element) => ({ selected_options: element.initial_options ?? [] }),
  multi_external_select: (element) => ({ selected_options: element.initial_options ?? [] }),
  users_select: (element) => ({ selected_user: element.initial_user ?? null }),
  multi_users_select: (element) => ({ selected_users: element.initial_users ?? [] }),
  channels_select: (element) => ({ selected_channel: element.initial_channel ?? null }),
  multi_channels_select: (element) => ({ selected_channels: element.initial_channels ?? [] }),
  conversations_select: (element, channel) => ({
    selected_conversation: element.initial_conversation ?? here(element, channel),
  }),
  multi_conversations_select: (element, channel) => ({
    selected_conversations: element.initial_conversations ?? [here(element, channel)].filter(Boolean),
  }),
  datepicker: (element) => ({ selected_date: element.initial_date ?? null }),
  timepicker: (element) => ({ selected_time: element.initial_time ?? null }),
  datetimepicker: (element) => ({ selected_date_time: element.initial_date_time ?? null }),
  file_input: () => ({ files: [] }),
};

function here(element, channel) {
  return element.default_to_current_conversation ? channel : null;
}

/** Whether the element's value is part of the state. */
export function isStateful(element) {
  return element.type in START;
}

/** @returns {{type: string}} the untouched value */
export function initial(element, channel = null) {
  return { type: element.type, ...START[element.type]?.(element, channel) };
}
