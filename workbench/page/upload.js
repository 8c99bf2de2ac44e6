/** Files on their way to the server: named, measured, and in base64. */

/**
 * @param {Iterable<File>} files
 * @returns {Promise<{name: string, mimetype: string, size: number, content_base64: string}[]>}
 */
export function packed(files) {
  return Promise.all([...files].map(one));
}

function one(file) {
  return new Promise((done, failed) => {
    const reader = new FileReader();
    reader.onerror = () => failed(reader.error);
    reader.onload = () => done({ name: file.name, mimetype: file.type || "application/octet-stream", size: file.size, content_base64: reader.result.split(",")[1] ?? "" });
    reader.readAsDataURL(file);
  });
}
