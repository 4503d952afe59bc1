import { Option, type Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';
import { wholeNumber } from '../whole-number.js';

const toNumber = wholeNumber('The number of a mail is needed.');

export function registerMail(program: Command): void {
  const mail = withExamples(
    program.command('mail').description('mails to contacts: each goes at most once, and doubt is shown'),
    'mail list korenaar --in-doubt',
  );
  listCommand(mail);
  resolveCommand(mail);
}

function listCommand(mail: Command): void {
  const command = mail
    .command('list')
    .description('the mails of a customer, the newest first; to contacts by id, without their words')
    .argument('<slug>', 'the customer')
    .option('--in-doubt', 'only those of which nobody knows whether they arrived')
    .action((slug: string, { inDoubt }: { readonly inDoubt?: boolean }, self: Command) =>
      run(self, async (context) => (await import('./list.js')).listAllMails(context, slug, inDoubt === true)),
    );
  withExamples(command, 'mail list korenaar', 'mail list korenaar --in-doubt --json');
}

export interface ResolveOptions {
  readonly as: 'sent' | 'again';
}

function resolveCommand(mail: Command): void {
  const command = mail
    .command('resolve')
    .description('end the doubt about a mail: it arrived after all, or it is to be sent again')
    .argument('<slug>', 'the customer')
    .argument('<id>', 'its number, as `mail list` shows it', toNumber)
    .addOption(new Option('--as <decision>', 'what was found out').choices(['sent', 'again']).makeOptionMandatory())
    .action((slug: string, id: number, options: ResolveOptions, self: Command) =>
      run(self, async (context) => (await import('./resolve.js')).resolveMail(context, slug, id, options)),
    );
  withExamples(command, 'mail resolve korenaar 17 --as sent', 'mail resolve korenaar 17 --as again');
}
