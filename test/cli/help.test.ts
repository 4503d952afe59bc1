import type { Command } from 'commander';
import { describe, expect, test } from 'vitest';
import { createProgram } from '../../src/cli/program.js';
import { usersync } from './support.js';

const program = createProgram();
const commands = everyCommand(program, []);
const paths = new Set(commands.map(({ path }) => path.join(' ')));

describe('help', () => {
  test.each(commands.map(({ path, command }) => [path.join(' ') || 'usersync', command] as const))(
    '%s has a description and an example that names commands that are there',
    (_, command) => {
      expect(command.description()).not.toBe('');
      const examples = examplesOf(command);
      expect(examples.length).toBeGreaterThan(0);
      for (const example of examples) expect(paths).toContain(pathOf(example));
    },
  );

  test.each(commands.map(({ path, command }) => [path.join(' ') || 'usersync', command] as const))(
    '%s gives no option in an example that it does not have',
    (_, command) => {
      for (const example of examplesOf(command)) {
        const { command: named } = commands.find(({ path }) => path.join(' ') === pathOf(example)) ?? {
          command: program,
        };
        const known = [...named.options, ...program.options].map((option) => option.long);
        for (const option of example.match(/--[a-z-]+/g) ?? []) expect(known).toContain(option);
      }
    },
  );

  test('is found from the command line, with the exit codes', async () => {
    const answer = await usersync(['--help']);
    expect(answer.code).toBe(0);
    expect(answer.stdout).toContain('Exit codes:');
  });

  test.each([
    [['sync', 'plan'], "missing required argument 'slug'"],
    [['sync', 'pln', 'korenaar'], 'Did you mean plan?'],
    [['sync', 'approve', 'korenaar'], "required option '--by <id>'"],
    [['sync', 'approve', 'korenaar', '--by', 'a', '--kind', 'sspend'], 'Allowed choices'],
    [['sync', 'report', 'korenaar', '--run', 'last'], 'A number from 1 is needed'],
    [['sync', 'report', 'korenaar', '--run', '9999999999'], 'A number from 1 is needed'],
    [['drop', 'account', 'add', 'korenaar', 'hr'], "required option '--from <cidr...>'"],
  ])('%j is refused as wrong usage', async (args, sentence) => {
    const answer = await usersync(args);
    expect(answer.code).toBe(2);
    expect(answer.stderr).toContain(sentence);
    expect(answer.stderr).toContain('Nothing was tried');
    expect(answer.stdout).toBe('');
  });
});

interface Found {
  readonly path: readonly string[];
  readonly command: Command;
}

function everyCommand(command: Command, path: readonly string[]): readonly Found[] {
  return [{ path, command }, ...command.commands.flatMap((child) => everyCommand(child, [...path, child.name()]))];
}

function examplesOf(command: Command): readonly string[] {
  let text = '';
  command.configureOutput({ writeOut: (part) => (text += part) });
  command.outputHelp();
  return [...text.matchAll(/^ {2}\$ usersync (.*)$/gm)].map(([, example]) => example ?? '');
}

/** The longest beginning of an example that is a command. */
function pathOf(example: string): string {
  const words = example.split(' ');
  const beginnings = words.map((_, index) => words.slice(0, words.length - index).join(' '));
  return beginnings.find((beginning) => paths.has(beginning)) ?? example;
}
