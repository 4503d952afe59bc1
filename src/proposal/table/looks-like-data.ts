import { readName } from '../names/read-name.js';
import { traitsOf, type Trait } from '../values/traits.js';

const NEVER_A_NAME: readonly Trait[] = ['email', 'phone', 'date', 'url', 'scientific'];

/**
 * Whether a first row is about somebody instead of naming the columns. An address or a date settles it; a number or a given
 * name does only where hardly anything else reads like the name of a column.
 */
export function looksLikeData(cells: readonly string[]): boolean {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const traits = new Set(filled.flatMap(traitsOf));
  if (NEVER_A_NAME.some((trait) => traits.has(trait))) return true;
  const understood = filled.filter((cell) => readName(cell) !== null).length;
  if (traits.has('digits') && understood < filled.length / 2) return true;
  return (traits.has('givenName') || traits.has('fullName')) && understood <= filled.length / 4;
}
