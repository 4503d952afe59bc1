import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';

export function registerDrop(program: Command): void {
  const drop = withExamples(
    program.command('drop').description('the SFTP drop that customers upload to'),
    'drop account list korenaar',
  );
  const account = withExamples(
    drop.command('account').description('logins of the drop'),
    'drop account add korenaar korenaar-hr --from 203.0.113.0/24 --generate-password',
  );
  addCommand(account);
  listCommand(account);
}

export interface AddAccountOptions {
  readonly from: readonly string[];
  readonly passwordStdin?: boolean;
  readonly generatePassword?: boolean;
  readonly key?: readonly string[];
  readonly replace?: boolean;
}

function addCommand(account: Command): void {
  const command = account
    .command('add')
    .description('make a login for a customer; counts from the next login on')
    .argument('<slug>', 'the customer')
    .argument('<user>', 'user name of the login')
    .requiredOption(
      '--from <cidr...>',
      'addresses and ranges from which the customer uploads; from anywhere else the login is refused',
    )
    .option('--generate-password', 'make a password; it is shown once and cannot be read again')
    .option('--password-stdin', 'read the password from the first line of standard input')
    .option('--key <file...>', "public key files of the customer, in OpenSSH's format")
    .option('--replace', 'give the login of this name new ways in, instead of refusing')
    .action((slug: string, user: string, options: AddAccountOptions, self: Command) =>
      run(self, async (context) => (await import('./add-account.js')).addAccount(context, slug, user, options)),
    );
  withExamples(
    command,
    'drop account add korenaar korenaar-hr --from 203.0.113.0/24 --generate-password',
    'drop account add korenaar korenaar-hr --from 203.0.113.7 2001:db8::/48 --key id_ed25519.pub',
  );
}

function listCommand(account: Command): void {
  const command = account
    .command('list')
    .description('the logins of a customer, and the address to hand over with them')
    .argument('<slug>', 'the customer')
    .action((slug: string, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./list-accounts.js')).listAccounts(context, slug)),
    );
  withExamples(command, 'drop account list korenaar');
}
