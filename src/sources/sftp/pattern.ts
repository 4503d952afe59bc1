/** Whether a file name matches a pattern: `*`, `?` and `{one,other}`, whatever the case. A leading dot must be written out. */
export function matches(name: string, pattern: string): boolean {
  return alternatives(pattern).some((one) => {
    const isHidden = name.startsWith('.') && !one.startsWith('.');
    return !isHidden && matchesWildcards([...name.toLowerCase()], [...one.toLowerCase()]);
  });
}

/** `a{b,c}d` is `abd` and `acd`. */
function alternatives(pattern: string): string[] {
  const found = /^(.*?)\{([^{}]*)\}(.*)$/s.exec(pattern);
  if (found === null) return [pattern];
  const [, before = '', inside = '', after = ''] = found;
  return inside.split(',').flatMap((part) => alternatives(`${before}${part}${after}`));
}

/** Goes back to the last `*` only, so a name that is made to be slow is not. */
function matchesWildcards(name: readonly string[], pattern: readonly string[]): boolean {
  let at = 0;
  let star = -1;
  let afterStar = 0;
  let inPattern = 0;
  while (at < name.length) {
    if (pattern[inPattern] === '*') {
      star = inPattern++;
      afterStar = at;
    } else if (inPattern < pattern.length && (pattern[inPattern] === '?' || pattern[inPattern] === name[at])) {
      at += 1;
      inPattern += 1;
    } else if (star >= 0) {
      inPattern = star + 1;
      at = ++afterStar;
    } else {
      return false;
    }
  }
  return pattern.slice(inPattern).every((character) => character === '*');
}
