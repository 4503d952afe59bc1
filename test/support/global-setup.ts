import type { TestProject } from 'vitest/node';
import { openSharedServers } from './shared-servers.js';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `shared-servers.ts` answers. */
    sharedServers: string;
  }
}

/** Starts nothing yet: a server is started when the first test asks for it, so that pure tests stay fast. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const servers = await openSharedServers();
  project.provide('sharedServers', servers.url);
  return () => servers.close();
}
