import { PatternError, type Pattern } from './pattern.js';

/** Where reading of a text can stand: before a character that has to fit, before several ways, or at the end. */
type Place =
  | { readonly type: 'character'; readonly fits: (character: string) => boolean; readonly then: number }
  | { readonly type: 'ways'; readonly to: number[] }
  | { readonly type: 'end' };

/** Each character of a text is looked at once from each place at most. */
const MOST_PLACES = 1_000;

/**
 * Makes a function that tells whether a whole text fits. All ways are followed at once, so that the time grows with the
 * length of the text and no pattern can take longer than others of its size: a record never holds up a run.
 * @throws PatternError when the pattern, with its repetitions written out, is too large.
 */
export function makeMatcher(pattern: Pattern): (text: string) => boolean {
  const places: Place[] = [{ type: 'end' }];
  const start = build(places, pattern, 0);
  return (text) => {
    let here = reached(places, [start]);
    for (const character of text) {
      const next: number[] = [];
      for (const each of here) {
        const place = places[each];
        if (place?.type === 'character' && place.fits(character)) next.push(place.then);
      }
      if (next.length === 0) return false;
      here = reached(places, next);
    }
    return here.has(0);
  };
}

/** From these, every place that is reached without reading a character. */
function reached(places: readonly Place[], from: readonly number[]): ReadonlySet<number> {
  const found = new Set<number>(from);
  // What is added to a set while it is gone through is gone through as well.
  for (const each of found) {
    const place = places[each];
    if (place?.type === 'ways') for (const to of place.to) found.add(to);
  }
  return found;
}

/** Writes a pattern down from its end. Returns where it begins. */
function build(places: Place[], pattern: Pattern, then: number): number {
  switch (pattern.type) {
    case 'character':
      return add(places, { type: 'character', fits: pattern.fits, then });
    case 'sequence':
      return pattern.parts.reduceRight((next, part) => build(places, part, next), then);
    case 'choice':
      return add(places, { type: 'ways', to: pattern.options.map((option) => build(places, option, then)) });
    case 'repeat': {
      const { part, least, most } = pattern;
      let start = most === null ? loop(places, part, then) : then;
      for (let times = least; times < (most ?? least); times += 1)
        start = add(places, { type: 'ways', to: [build(places, part, start), then] });
      for (let times = 0; times < least; times += 1) start = build(places, part, start);
      return start;
    }
  }
}

function loop(places: Place[], part: Pattern, then: number): number {
  const to = [then];
  const start = add(places, { type: 'ways', to });
  to.push(build(places, part, start));
  return start;
}

function add(places: Place[], place: Place): number {
  if (places.length >= MOST_PLACES) throw new PatternError('The pattern repeats too much.', 0);
  return places.push(place) - 1;
}
