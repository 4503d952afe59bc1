/**
 * A process of its own that outlives the stack for a moment. The stack writes a line to its pipe whenever its children
 * change. The system closes that pipe with the stack, also after a SIGKILL; then the children of the last line are ended.
 * It never looks into the data folder: by then the next stack may have it.
 */
import { createInterface } from 'node:readline';
import { parseChildren } from './child-records.js';
import { endProcess, type ChildRecord } from './end-process.js';

let children: readonly ChildRecord[] = [];

// Ctrl-C and a closed terminal are the stack's business; it closes the pipe when it is done.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => undefined);

process.stdin.on('error', () => undefined);
createInterface({ input: process.stdin })
  .on('line', (line) => {
    children = parseChildren(line);
  })
  .once('close', () => {
    void Promise.all(children.map(endProcess)).then(() => process.exit(0));
  });
