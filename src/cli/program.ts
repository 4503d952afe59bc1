import { Command } from 'commander';
import { registerAudit } from './audit/commands.js';
import { registerChange } from './change/commands.js';
import { registerContact } from './contact/commands.js';
import { registerCustomer } from './customer/commands.js';
import { registerDemo } from './demo.js';
import { registerDrop } from './drop/commands.js';
import { registerLetters } from './letters/commands.js';
import { registerMail } from './mail/commands.js';
import { registerMapping } from './mapping/commands.js';
import { registerOnboarding } from './onboarding/commands.js';
import { registerPerson } from './person/commands.js';
import { registerPgp } from './pgp/commands.js';
import { registerRelease } from './release/commands.js';
import { registerSchedule } from './schedule/commands.js';
import { registerStart } from './start.js';
import { registerSync } from './sync/commands.js';
import { registerTest } from './test/commands.js';
import { registerViews } from './views/commands.js';

const EXIT_CODES = `
Exit codes:
  0  it worked
  1  it did not work, or a part of it did not
  2  the command line is wrong, nothing was tried
  3  it worked, and something waits for a decision

Examples:
  $ usersync start
  $ usersync sync plan korenaar
  $ usersync sync report korenaar --format html --out report.html`;

/** What follows a command line that is wrong. */
export const NOTHING_TRIED = 'Nothing was tried. Add --help to see how it is used.';

/**
 * The whole `usersync` command. Commands load what they need when they run, so that help is quick. `isMute`: what is wrong with a
 * command line is only thrown, for whoever says it in another form.
 */
export function createProgram({ isMute = false } = {}): Command {
  const program = new Command('usersync')
    .description("Keeps a Speakap network equal to a customer's HR system.")
    .option('--data <dir>', 'data folder of the stack (default: USERSYNC_DATA, else .data)')
    .option('--json', 'answer in JSON, for programs')
    .option('--quiet', 'no progress and no notes on standard error')
    .addHelpText('after', EXIT_CODES);
  // Commands made from here on inherit these.
  program.configureHelp({ showGlobalOptions: true }).exitOverride();
  program.showHelpAfterError(NOTHING_TRIED);
  if (isMute) program.configureOutput({ writeErr: () => undefined });
  registerStart(program);
  registerDemo(program, createProgram);
  registerCustomer(program);
  registerOnboarding(program);
  registerChange(program);
  registerContact(program);
  registerMail(program);
  registerViews(program);
  registerMapping(program);
  registerSync(program);
  registerTest(program);
  registerRelease(program);
  registerLetters(program);
  registerPerson(program);
  registerAudit(program);
  registerSchedule(program);
  registerDrop(program);
  registerPgp(program);
  return program;
}
