import type { Output } from '../output.js';
import { ProgressLine } from '../sync/progress-line.js';

/** Most answers are quicker than words about waiting for them. */
const SILENT_MS = 1_500;

/** Says on standard error what is waited for, when it takes a while. */
export async function withProgress<Result>(
  output: Output,
  words: string,
  work: () => Promise<Result>,
): Promise<Result> {
  let line: ProgressLine | null = null;
  const timer = setTimeout(() => {
    line = new ProgressLine(output);
    line.show(words);
  }, SILENT_MS);
  try {
    return await work();
  } finally {
    clearTimeout(timer);
    endLine(line);
  }
}

function endLine(line: ProgressLine | null): void {
  line?.end();
}
