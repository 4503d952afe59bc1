/** Repeats a line with the time so far while something long is under way, so that nobody takes it for dead. */
export async function showAlive<Result>(
  what: string,
  log: (step: string) => void,
  work: () => Promise<Result>,
  everyMs = 10_000,
): Promise<Result> {
  const start = performance.now();
  const timer = setInterval(() => log(`${what} (${Math.round((performance.now() - start) / 1000)} s so far)`), everyMs);
  try {
    return await work();
  } finally {
    clearInterval(timer);
  }
}
