/** The customer lacks a connection that the work needs. */
export class NoConnection extends Error {
  override readonly name = 'NoConnection';
  constructor(customer: string, what: 'network' | 'source') {
    super(`${customer} has no ${what} configured. Nothing was changed. Add it with "usersync customer add".`);
  }
}
