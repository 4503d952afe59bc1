/**
 * What is said of a change whose account turned out not to be there any more. A restore of which it is said has given the new XID
 * what was known under the one of before, though it failed.
 */
export const GONE =
  'The person is not in the network any more: removed there by hand, or suspended for longer than the network keeps people. ' +
  'Nothing was changed. The next run creates the account again, or takes over the one with this user name.';
