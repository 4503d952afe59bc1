/** A string, which is left as it is, or a number outside of one. */
const STRING_OR_NUMBER = /"[^"\\]*(?:\\.[^"\\]*)*"|-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?/g;

/**
 * JSON with every number as the text that stands there. A number of JavaScript would lose digits: `12345678901234567890` and
 * `1.10` are ids and amounts, and text is all that a record holds. @throws SyntaxError
 */
export function parseWithNumbersAsText(json: string): unknown {
  return JSON.parse(json.replaceAll(STRING_OR_NUMBER, (token) => (token.startsWith('"') ? token : `"${token}"`)));
}
