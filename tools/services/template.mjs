/**
 * Fills `{{name}}` placeholders; a name nobody gave is an error, not an empty string.
 * @param {string} text
 * @param {Record<string, string>} values
 * @param {string} file what the text is, for the error
 */
export function render(text, values, file) {
  return text.replace(/\{\{(\w+)\}\}/g, (_, name) => {
    if (!(name in values)) throw new Error(`${file} asks for {{${name}}}, which is not known`);
    return values[name];
  });
}
