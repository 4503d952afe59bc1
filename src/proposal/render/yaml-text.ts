/** A text as a scalar of YAML that is read back letter by letter: plain where it can be, else in double quotes. */
export function scalar(text: string): string {
  return /^[\p{L}_][\p{L}\p{N}_.-]*(?: [\p{L}\p{N}_.-]+)*$/u.test(text) ? text : JSON.stringify(text);
}

/** The value of a key that holds an expression. One that YAML would misread stands on a line of its own, as people write it. */
export function expressionValue(expression: string, indent: string): string {
  if (/[\u0000-\u001f\u007f-\u009f\u2028\u2029\ufeff\ufffe\uffff]|\p{Cs}|\s\s|\s$/u.test(expression))
    return JSON.stringify(expression);
  const isPlain = /^[\p{L}_]/u.test(expression) && !/: |:$| #/.test(expression);
  return isPlain ? expression : `>-\n${indent}  ${expression}`;
}

/** Sentences as comments, in lines of a readable length. */
export function comment(text: string, indent = ''): readonly string[] {
  const lines: string[] = [];
  for (const word of text.split(/[\s\p{C}]+/u)) {
    const last = lines.at(-1);
    if (last !== undefined && indent.length + last.length + word.length < WIDTH)
      lines[lines.length - 1] = `${last} ${word}`;
    else if (word !== '') lines.push(`# ${word}`);
  }
  return lines.map((line) => indent + line);
}

const WIDTH = 118;
