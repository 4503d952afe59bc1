import type { Options } from '../mapping/mapping.js';

/** Each option with what it means as it is set, whether it was written or not. */
export function optionWords(options: Options): readonly { readonly option: keyof Options; readonly text: string }[] {
  const { identityProvider, ...switches } = options;
  return [
    ...SWITCHES.map(([option, on, off]) => ({ option, text: switches[option] ? on : off })),
    {
      option: 'identityProvider',
      text:
        identityProvider === null
          ? 'Nobody logs in through an identity provider.'
          : `People who log in through single sign-on do so at "${identityProvider}".`,
    },
  ];
}

type Switch = Exclude<keyof Options, 'identityProvider'>;

const SWITCHES: readonly (readonly [Switch, string, string])[] = [
  [
    'mergeDuplicates',
    'Several active rows of one person are taken together: the groups of all of them.',
    'Somebody with several active rows is left as they are.',
  ],
  ['allowEmptyName', 'People without a name take part.', 'People without a name are left as they are.'],
  [
    'allowEmptyEmail',
    'People without an e-mail address take part.',
    'People without an e-mail address are left as they are.',
  ],
  [
    'allowWithoutBusinessUnit',
    'People without a business unit take part.',
    'People without a business unit are left as they are.',
  ],
  ['allowWithoutGroups', 'People without any group take part.', 'People without any group are left as they are.'],
  [
    'allowXidChangeOnReactivation',
    'Who comes back may have a new employee id: the account with the same e-mail address is restored.',
    'Who comes back keeps the employee id, or counts as somebody new.',
  ],
  [
    'adoptByEmail',
    'Who has an account without employee id under the same e-mail address keeps it.',
    'An account that was made by hand under the e-mail address of somebody new is not touched, and reported.',
  ],
  [
    'createMissingGroups',
    'Groups that the network does not have are created.',
    'Groups that the network does not have are left out, and reported.',
  ],
];
