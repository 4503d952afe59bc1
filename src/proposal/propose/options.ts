import { filledShare, type ColumnProfile } from '../profile/profile.js';
import type { Described } from './described.js';
import { percent } from './fits.js';
import { profileOf } from './invitations.js';
import { decide, decisionOn, isTaken, type Decision, type OptionName, type Target } from './proposal.js';

/** Speakap's options, as far as the file says something about them. Those that are left out stay off. */
export function proposeOptions(
  decisions: readonly Decision[],
  described: readonly Described[],
  hasOverview: boolean,
): readonly Decision[] {
  const find = (target: Target) => decisionOn({ decisions }, target);
  const id = profileOf(find('externalId'), described);
  const names = [find('givenName'), find('familyName')].filter(isTaken).map((each) => profileOf(each, described));
  const hasUnit = isTaken(find('businessUnit'));
  const hasGroup = hasUnit || isTaken(find('department'));
  return [
    mergeDuplicates(id),
    ifLacking(
      'allowEmptyName',
      names.length === 0,
      'No name is mapped for certain, so a person without one must be allowed.',
    ),
    allowEmptyEmail(find('email'), described),
    withoutBusinessUnit(hasUnit, profileOf(find('businessUnit'), described)),
    ifLacking(
      'allowWithoutGroups',
      !hasGroup,
      'No rule gives a group for certain, so a person without one must be allowed.',
    ),
    createMissingGroups(hasGroup, hasOverview),
  ];
}

function option(name: OptionName, on: boolean, confidence: number, reason: string): Decision {
  return decide(`options.${name}`, { choice: { kind: 'switch', on }, confidence, reason });
}

/** Without it the mapping would leave everybody out, so there is nothing to be unsure of. */
function ifLacking(name: OptionName, isLacking: boolean, reason: string): Decision {
  return isLacking ? option(name, true, 0.75, reason) : option(name, false, 0.75, 'The mapping gives one.');
}

function mergeDuplicates(id: ColumnProfile | null): Decision {
  if (id === null || id.filled === 0)
    return option('mergeDuplicates', false, 0.56, 'It is not known whether ids repeat.');
  if (id.repeats === 0) return option('mergeDuplicates', false, 0.7, 'Every row has an id of its own.');
  const share = percent(id.repeats / id.filled);
  return option(
    'mergeDuplicates',
    true,
    0.8,
    `${share} of the rows repeat an id, as with several contracts of one person.`,
  );
}

function allowEmptyEmail(email: Decision, described: readonly Described[]): Decision {
  if (!isTaken(email))
    return option(
      'allowEmptyEmail',
      true,
      0.75,
      'No e-mail address is mapped for certain, so a person without one must be allowed.',
    );
  const column = profileOf(email, described);
  const share = column ? filledShare(column) : 1;
  if (share === 1) return option('allowEmptyEmail', false, 0.7, 'Every row has an e-mail address.');
  return option('allowEmptyEmail', true, 0.8, `${percent(1 - share)} of the rows have no e-mail address.`);
}

function withoutBusinessUnit(hasUnit: boolean, column: ColumnProfile | null): Decision {
  if (!hasUnit)
    return option(
      'allowWithoutBusinessUnit',
      true,
      0.75,
      'No rule gives a business unit for certain, so a person without one must be allowed.',
    );
  const share = column ? filledShare(column) : 1;
  if (share === 1) return option('allowWithoutBusinessUnit', false, 0.7, 'Every row has one.');
  return option(
    'allowWithoutBusinessUnit',
    true,
    0.6,
    `${percent(1 - share)} of the rows have none: head office, perhaps.`,
  );
}

function createMissingGroups(hasGroup: boolean, hasOverview: boolean): Decision {
  if (hasOverview || !hasGroup)
    return option(
      'createMissingGroups',
      false,
      0.7,
      'The groups of the overview are created before the sync; a new one is a change to approve.',
    );
  return option(
    'createMissingGroups',
    true,
    0.6,
    'There is no overview from which the groups could be created before.',
  );
}
