import { renderProblem } from '../../sync/mapping/parse.js';
import { CommandFailed } from '../errors.js';
import type { FileProblem } from './read-yaml.js';

/** A file has mistakes; each is named with file, line and column. Nothing was changed. */
export class ProblemsFound extends CommandFailed {
  constructor(
    readonly fileName: string,
    readonly problems: readonly FileProblem[],
  ) {
    const lines = problems.map((problem) => renderProblem(problem, fileName));
    const count = `${fileName} has ${problems.length} ${problems.length === 1 ? 'problem' : 'problems'}`;
    super(`${lines.join('\n')}\n${count}. Nothing was changed. Mend the file and try again.`);
  }
}
