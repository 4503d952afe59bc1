import { z } from 'zod';

export interface Instruction {
  /** `FROM`, `COPY` and so on. */
  readonly name: string;
  /** What follows, on one line, with build arguments filled in. */
  readonly rest: string;
}

/** Instructions in order: comments and line ends gone, defaults of `ARG`s in place. */
export function readInstructions(dockerfile: string): readonly Instruction[] {
  const lines = dockerfile
    .split('\n')
    .filter((line) => !line.startsWith('#'))
    .join('\n')
    .replace(/\\\n/g, ' ')
    .split('\n');
  const instructions = lines.filter((line) => line.trim() !== '').map(toInstruction);
  const defaults = new Map(
    instructions
      .filter(({ name }) => name === 'ARG')
      .map(({ rest }) => [rest.split('=')[0] ?? '', rest.split('=')[1] ?? '']),
  );
  return instructions.map(({ name, rest }) => ({
    name,
    rest: rest.replace(/\$\{(\w+)\}/g, (whole, variable: string) => defaults.get(variable) ?? whole),
  }));
}

/** One list of instructions for each `FROM`. */
export function readStages(dockerfile: string): readonly (readonly Instruction[])[] {
  const stages: Instruction[][] = [];
  for (const instruction of readInstructions(dockerfile)) {
    if (instruction.name === 'FROM') stages.push([]);
    stages.at(-1)?.push(instruction);
  }
  return stages;
}

/** The words of an instruction in its JSON form. */
export function wordsOf({ rest }: Instruction): readonly string[] {
  return z.array(z.string()).parse(JSON.parse(rest.slice(rest.indexOf('['))));
}

function toInstruction(line: string): Instruction {
  const [, name = '', rest = ''] = /^\s*([A-Z]+)\s+(.*)$/.exec(line) ?? [];
  return { name, rest: rest.trim().replace(/\s+/g, ' ') };
}
