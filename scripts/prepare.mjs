import { installDependencies } from './dependencies.mjs';
import { oneAtATime } from './one-at-a-time.mjs';
import { generatePrismaClient } from './prisma-client.mjs';

/** Brings a clone to where its programs run: dependencies and generated code. Does nothing when it is there. */
export function prepare() {
  return oneAtATime(async () => {
    await installDependencies();
    await generatePrismaClient();
  });
}
