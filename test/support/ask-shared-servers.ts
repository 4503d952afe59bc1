import { request } from 'undici';
import { inject } from 'vitest';
import { z } from 'zod';

const Answer = z.object({ address: z.string().nullable().optional(), error: z.string().optional() });

/** The address of a shared server, which is started now when it does not run yet; that may take minutes on a new machine. */
export async function askSharedServers(
  name: 'postgres' | 'temporal' | 'time-skipping' | 'compiled',
): Promise<string | null> {
  const { body } = await request(`${inject('sharedServers')}/${name}`, { headersTimeout: 0, bodyTimeout: 0 });
  const answer = Answer.parse(await body.json());
  if (answer.error !== undefined) throw new Error(answer.error);
  return answer.address ?? null;
}

/** The folder of the compiled sources, with the bundle of the workflows in it. */
export async function compiledSources(): Promise<string> {
  const path = await askSharedServers('compiled');
  if (path === null) throw new Error('The sources were not compiled.');
  return path;
}
