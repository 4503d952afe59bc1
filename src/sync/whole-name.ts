import type { Profile } from './person.js';

/** Fields that are one name in the network. */
export const NAME_PARTS: readonly (keyof Profile)[] = ['infix', 'familyName'];

/** As the network gets and shows it: the infix stands in front of the family name. */
export function wholeName({ infix, familyName, ...rest }: Profile): Profile {
  const whole = [infix, familyName].filter((part) => part !== undefined).join(' ');
  return whole === '' ? rest : { ...rest, familyName: whole };
}
