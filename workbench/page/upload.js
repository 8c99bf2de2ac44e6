/** Files on their way to the server: named, measured, and in base64. */
import { post } from "./api.js";
import { emit } from "./store.js";

/**
 * @param {Iterable<File>} files
 * @returns {Promise<{name: string, mimetype: string, size: number, content_base64: string}[]>}
 */
export function packed(files) {
  return Promise.all([...files].map(one));
}

/**
 * Gives files to the server at once, so that whatever is sent later only names them.
 * @returns {Promise<{id: string, name: string, size: number}[]>}
 */
export async function brought(files) {
  if (!files.length) return [];
  const answer = await post("files", { files: await packed(files) });
  if (!answer.ok) emit("banner", { text: `Not taken: ${answer.error}` });
  return answer.files ?? [];
}

function one(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onerror = () => failed(reader.error);
    reader.onload = () => done({ name: file.name, mimetype: file.type || "application/octet-stream", size: file.size, content_base64: reader.result.split(",")[1] ?? "" });
    reader.readAsDataURL(file);
  });
}
