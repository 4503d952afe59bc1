import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';

export function registerContact(program: Command): void {
  const contact = withExamples(
    program.command('contact').description('people of both sides: who delivers, answers and approves'),
    'contact list korenaar',
    'contact save customer.yaml',
  );
  const save = contact
    .command('save')
    .description(
      'the manager and the contacts of a file, instead of those that are there; who is not in it any more is removed',
    )
    .argument('<file>', 'the file that "onboarding start" reads')
    .action((file: string, _: object, self: Command) =>
      run(self, async (context) => (await import('./save.js')).saveFromFile(context, file)),
    );
  withExamples(save, 'contact save customer.yaml');
  const command = contact
    .command('list')
    .description('the contacts of a customer by id, side and role, with what they owe')
    .argument('<slug>', 'the customer')
    .option('--personal', 'with names and addresses')
    .action((slug: string, { personal }: { readonly personal?: boolean }, self: Command) =>
      run(self, async (context) => (await import('./list.js')).listAllContacts(context, slug, personal === true)),
    );
  withExamples(command, 'contact list korenaar', 'contact list korenaar --personal');
}
