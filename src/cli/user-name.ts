import { userInfo } from 'node:os';

/** Who asks, where the command line does not say: USERSYNC_USER, else the name on this machine. */
export function userName(env: NodeJS.ProcessEnv): string {
  const given = env['USERSYNC_USER'] ?? '';
  if (given !== '') return given;
  try {
    return userInfo().username;
  } catch {
    // A container may run under a number that has no name.
    return 'unknown';
  }
}
