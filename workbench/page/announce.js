/** What people hear who do not look: one polite region. */

const place = () => document.getElementById("announcements");

/** Says `text` when nothing else is being said. */
export function announce(text) {
  const node = place();
  node.textContent = "";
  requestAnimationFrame(() => (node.textContent = text));
}
