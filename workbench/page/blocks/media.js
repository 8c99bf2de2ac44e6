/** Images, videos and files: shown where the browser can, named where it cannot. */
import { h } from "../dom.js";
import { icon } from "../icons.js";
import { bare, link, text } from "../text/mrkdwn.js";

/** An image element; its alternative text stands in when it cannot be fetched. */
export function picture(element, size) {
  const address = element.image_url ?? element.slack_file?.url ?? "";
  const alt = element.alt_text ?? "";
  if (!/^(https?:|data:image\/)/i.test(address)) return missing(alt, size);
  const node = h("img", { class: `picture ${size}`, src: address, alt, loading: "lazy", referrerpolicy: "no-referrer", decoding: "async" });
  node.addEventListener("error", () => node.replaceWith(missing(alt, size)));
  return node;
}

function missing(alt, size) {
  return h("span", { class: `picture missing ${size}`, role: "img", "aria-label": alt || "Image", title: alt }, size === "tiny" ? "" : alt || "Image");
}

/** An image with its title. */
export function image(block) {
  return h("figure", { class: "image" }, block.title ? h("figcaption", {}, text(block.title)) : null, picture(block, "full"));
}

/** A video, as a card that leads to it. */
export function video(block) {
  const title = bare(block.title);
  const source = [block.author_name, block.provider_name].filter(Boolean).join(" · ");
  return h(
    "div",
    { class: "card video" },
    h("div", { class: "video-still" }, picture({ image_url: block.thumbnail_url, alt_text: block.alt_text }, "full"), h("span", { class: "video-play" }, icon("play", 28))),
    h(
      "div",
      { class: "card-body" },
      source ? h("div", { class: "card-sub" }, source) : null,
      h("div", { class: "card-title" }, link(block.title_url ?? block.video_url, title)),
      block.description ? h("div", { class: "text" }, text(block.description)) : null,
    ),
  );
}

/** A remote file. */
export function file(block) {
  return h("div", { class: "file-card" }, icon("file"), h("span", {}, block.external_id ?? "File"), h("span", { class: "muted" }, block.source ?? ""));
}
