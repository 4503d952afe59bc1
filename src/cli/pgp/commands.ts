import { Option, type Command } from 'commander';
import { withExamples } from '../examples.js';
import { run } from '../run.js';

export function registerPgp(program: Command): void {
  const pgp = withExamples(
    program.command('pgp').description('keys of customers that encrypt their employee record'),
    'pgp make korenaar --by p.jansen',
    'pgp show korenaar --out speakap.asc',
  );
  makeCommand(pgp);
  showCommand(pgp);
  removeCommand(pgp);
  senderCommand(pgp);
}

export interface MakeOptions {
  readonly by: string;
  readonly kind: 'curve25519' | 'rsa4096';
  readonly out?: string;
}

function makeCommand(pgp: Command): void {
  const command = pgp
    .command('make')
    .description('make a key pair for a customer to encrypt for; those of before go on opening messages')
    .argument('<slug>', 'the customer')
    .requiredOption('--by <id>', 'your staff id')
    .addOption(
      new Option('--kind <kind>', 'rsa4096 for senders whose program knows no other')
        .choices(['curve25519', 'rsa4096'])
        .default('curve25519'),
    )
    .option('--out <file>', 'write the public key there, and not to standard output')
    .action((slug: string, options: MakeOptions, self: Command) =>
      run(self, async (context) => (await import('./make.js')).makeKey(context, slug, options)),
    );
  withExamples(
    command,
    'pgp make korenaar --by p.jansen --out speakap.asc',
    'pgp make korenaar --by p.jansen --kind rsa4096',
  );
}

function showCommand(pgp: Command): void {
  const command = pgp
    .command('show')
    .description('the public key to give to a customer, with the fingerprints of all that open its messages')
    .argument('<slug>', 'the customer')
    .option('--out <file>', 'write the public key there, and not to standard output')
    .action((slug: string, { out }: { readonly out?: string }, self: Command) =>
      run(self, async (context) => (await import('./show.js')).showKeys(context, slug, out)),
    );
  withExamples(command, 'pgp show korenaar', 'pgp show korenaar --out speakap.asc');
}

function removeCommand(pgp: Command): void {
  const command = pgp
    .command('remove')
    .description('remove a key pair for good; messages for it are refused from now on')
    .argument('<slug>', 'the customer')
    .argument('<fingerprint>', 'as "pgp show" tells it; its last 16 digits are enough')
    .requiredOption('--by <id>', 'your staff id')
    .action((slug: string, fingerprint: string, { by }: { readonly by: string }, self: Command) =>
      run(self, async (context) => (await import('./remove.js')).removeKey(context, slug, fingerprint, by)),
    );
  withExamples(command, 'pgp remove korenaar 8F03292A0423494A --by p.jansen');
}

export interface SenderOptions {
  readonly by: string;
  readonly key?: string;
  readonly mustSign?: boolean;
  readonly none?: boolean;
}

function senderCommand(pgp: Command): void {
  const command = pgp
    .command('sender')
    .description('the key by which a customer signs its messages: signatures by another one are refused')
    .argument('<slug>', 'the customer')
    .option('--key <file>', "the customer's public key, armoured")
    .option('--must-sign', 'messages without a signature are refused as well')
    .option('--none', 'do not look at signatures any more')
    .requiredOption('--by <id>', 'your staff id')
    .action((slug: string, options: SenderOptions, self: Command) =>
      run(self, async (context) => (await import('./sender.js')).setSender(context, slug, options)),
    );
  withExamples(
    command,
    'pgp sender korenaar --key korenaar.asc --must-sign --by p.jansen',
    'pgp sender korenaar --none --by p.jansen',
  );
}
