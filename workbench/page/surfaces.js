/** The surfaces of messages: kept as long as the page, so that what was chosen survives a redraw. */
import { Surface } from "./surface.js";

const kept = new Map();

/** The surface of a message (or of one of its attachments), showing `blocks`. */
export function surfaceOf(channel, ts, blocks, attachment = null) {
  const name = `${channel}/${ts}/${attachment ?? ""}`;
  if (!kept.has(name)) {
    const container = { type: "message", channel, ts, ...(attachment === null ? {} : { attachment_id: attachment }) };
    kept.set(name, new Surface(container, "message", channel));
  }
  const surface = kept.get(name);
  surface.show(blocks);
  return surface;
}
