import { ChildFailed } from './background-process.js';

const ATTEMPTS = 3;

/** Between finding a port free and listening on it, another program may take it: then `start` chooses again. */
export async function retryWhenTaken<Result>(start: () => Promise<Result>): Promise<Result> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await start();
    } catch (error) {
      if (attempt === ATTEMPTS || !isTaken(error)) throw error;
    }
  }
}

function isTaken(error: unknown): boolean {
  return (
    error instanceof ChildFailed &&
    /address already in use|assign(?:ing)? (?:a free|ephemeral) port/i.test(error.lastLines)
  );
}
