import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';

export function registerCustomer(program: Command): void {
  const customer = withExamples(
    program.command('customer').description('customers: their network, their source, their daily hour'),
    'customer add korenaar.yaml',
    'customer list',
  );
  addCommand(customer);
  listCommand(customer);
  showCommand(customer);
}

function addCommand(customer: Command): void {
  const command = customer
    .command('add')
    .description('add a customer from a file, or bring it up to date; makes its schedule, paused')
    .argument('<file>', 'YAML file about the customer (docs/cli.md); secrets are only named in it')
    .action((file: string, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./add.js')).addCustomerFile(context, file)),
    );
  withExamples(command, 'customer add korenaar.yaml');
}

function listCommand(customer: Command): void {
  const command = customer
    .command('list')
    .description('all customers, with their last run and the age of the employee record')
    .action((_: unknown, self: Command) => run(self, async (context) => (await import('./list.js')).listAll(context)));
  withExamples(command, 'customer list', 'customer list --json');
}

function showCommand(customer: Command): void {
  const command = customer
    .command('show')
    .description('one customer without its secrets: connections, last run, mapping, schedule, logins')
    .argument('<slug>', 'the customer')
    .action((slug: string, _: unknown, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showCustomer(context, slug)),
    );
  withExamples(command, 'customer show korenaar');
}
