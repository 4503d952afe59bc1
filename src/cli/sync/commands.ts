import type { Command } from 'commander';
import { withExamples } from '../examples.js';
import { acceptCommand, decideCommand, freezeCommand, retryCommand, unfreezeCommand } from './deciding-commands.js';
import { chartCommand, explainCommand, heldCommand, listCommand, reportCommand } from './reading-commands.js';
import { planCommand, reconcileCommand, runCommand, undoCommand } from './run-commands.js';

export function registerSync(program: Command): void {
  const sync = withExamples(
    program.command('sync').description('runs: what would be changed, what was changed, what waits'),
    'sync plan korenaar',
    'sync run korenaar',
    'sync report korenaar',
  );
  planCommand(sync);
  runCommand(sync);
  reportCommand(sync);
  listCommand(sync);
  chartCommand(sync);
  heldCommand(sync);
  explainCommand(sync);
  undoCommand(sync);
  reconcileCommand(sync);
  freezeCommand(sync);
  unfreezeCommand(sync);
  decideCommand(sync, 'approve', 'apply what a guard held in the run that waits');
  decideCommand(sync, 'refuse', 'do not apply what a guard held in the run that waits');
  retryCommand(sync);
  acceptCommand(sync);
}
