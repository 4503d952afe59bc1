import type { MarkdownFile } from './markdown.js';
import { fencesOf } from './markdown.js';

const SHELL = /^(sh|bash|shell|console)$/;
/** What an indented block must begin with to be taken for commands. */
const PROGRAM = /^(\$ |npm |npx |node |usersync |docker |git |curl |cp |apt-get |openssl |temporal |\.ci\/)/;

/** One command of a text, in words. */
export interface ShellCommand {
  readonly line: string;
  readonly words: readonly string[];
}

/** Every command that a text tells its reader to type. */
export function commandsOf(file: MarkdownFile): readonly ShellCommand[] {
  return fencesOf(file)
    .filter(({ language, text }) => SHELL.test(language) || (language === '' && PROGRAM.test(text)))
    .flatMap(({ text }) => text.replaceAll('\\\n', ' ').split('\n'))
    .map((line) => asTyped(line.replace(/^\$ /, '').trim()))
    .filter((line) => line !== '' && !line.startsWith('#'))
    .flatMap((line) => splitCommands(line));
}

/** A synopsis as somebody would type it with every option: `show SLUG [--version N] [--format text|csv]`. */
function asTyped(line: string): string {
  if (!/\[-|\[[A-Z]/.test(line)) return line;
  return line
    .replaceAll(/\[([^\]]+)\]/g, '$1')
    .replaceAll(/(\w+)(?:\|\w+)+/g, '$1')
    .replaceAll(/\bN\b/g, '1');
}

/** Words as a shell makes them, as far as texts need it: quotes, comments, pipes, redirections, and variables in front. */
function splitCommands(line: string): readonly ShellCommand[] {
  const tokens = [...line.matchAll(/"([^"]*)"|'([^']*)'|(\|\|?|&&|;)|((?:[^\s"'|&;]|"[^"]*")+)/g)];
  const commands: string[][] = [[]];
  for (const [, double, single, operator, bare] of tokens) {
    if (bare === '#') break;
    if (operator === undefined) commands.at(-1)?.push(double ?? single ?? bare ?? '');
    else commands.push([]);
  }
  return commands.map((words) => ({ line, words: withoutExtras(words) })).filter(({ words }) => words.length > 0);
}

function withoutExtras(words: readonly string[]): readonly string[] {
  const redirection = words.findIndex((word) => /^[<>]/.test(word));
  const kept = redirection === -1 ? words : words.slice(0, redirection);
  const first = kept.findIndex((word) => !/^[A-Z_]+=/.test(word));
  return first === -1 ? [] : kept.slice(first);
}
