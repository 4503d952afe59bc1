import { reachableHost, readFromHere, type DropReading } from '../../connections/drop-source.js';
import type { StackAddresses } from '../../stack/stack-file.js';
import { CommandFailed } from '../errors.js';
import type { DropSourceDocument } from './document.js';

/** Where the drop is, from the document, else from the running stack. @throws CommandFailed */
export function dropReading(document: DropSourceDocument, stack: StackAddresses | null): DropReading {
  const running = stack?.drop ?? null;
  const host = document.host ?? (running === null ? undefined : reachableHost(running.host));
  const port = document.port ?? running?.port;
  const hostKeyFingerprint = document.hostKeyFingerprint ?? running?.hostKeyFingerprint;
  if (host === undefined || port === undefined || hostKeyFingerprint === undefined) {
    throw new CommandFailed(
      'No drop is running on this data folder, so its address is not known. Nothing was changed. ' +
        'Start the stack with "npm start", or give host, port and hostKeyFingerprint under `source`.',
    );
  }
  return { host, port, hostKeyFingerprint, pattern: document.pattern, readFrom: readFrom(document, host) };
}

/** Only our own side reads. Where that is not this machine, its addresses are given. */
function readFrom({ fetchFrom }: DropSourceDocument, host: string): readonly string[] {
  const given = fetchFrom ?? readFromHere(host);
  if (given !== null) return given;
  throw new CommandFailed(
    `The drop at ${host} is not on this machine, so it must be said from where our workers read it. Nothing was changed. ` +
      'Give their addresses as `fetchFrom` under `source`.',
  );
}
