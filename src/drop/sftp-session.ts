import type { Attributes, SFTPWrapper } from 'ssh2';
import { send, sendFailure, type Answer } from './answer.js';
import * as files from './file-requests.js';
import * as folders from './folder-requests.js';
import { RequestQueue } from './request-queue.js';
import type { Session } from './session.js';
import { asSftpFailure, isExpected, SftpFailure } from './sftp-failure.js';

export interface SftpSettings {
  /** False when there is nobody left to answer. */
  readonly isConnected: () => boolean;
  readonly pendingBytes: number;
  /** Called when reading from this client must pause, and when it may go on. */
  readonly onFull: (isFull: boolean) => void;
  readonly onRequest: () => void;
}

/** Bytes that a request counts beside what it carries. */
const REQUEST_BYTES = 256;

/** Answers the SFTP requests of one session. The function that comes back ends it, and resolves when nothing is left of it. */
export function serveSftp(sftp: SFTPWrapper, session: Session, settings: SftpSettings): () => Promise<void> {
  const queue = new RequestQueue(settings.pendingBytes, settings.onFull);

  function answer(request: number, work: () => Answer | Promise<Answer>, bytes = 0): void {
    settings.onRequest();
    queue.add(REQUEST_BYTES + bytes, async () => {
      try {
        const result = await work();
        if (settings.isConnected()) send(sftp, request, result);
      } catch (error) {
        if (!isExpected(error)) warn(session, error);
        if (settings.isConnected()) sendFailure(sftp, request, asSftpFailure(error));
      }
    });
  }

  answerFiles(sftp, session, answer);
  answerFolders(sftp, session, answer);
  answerRefused(sftp, answer);
  sftp.on('error', () => sftp.end());

  // What was received before a connection was lost was received in order and is done; what was not closed by then never is.
  return async () => {
    await queue.drained();
    const abandoned = await session.handles.abandonAll();
    for (const { bytes, target } of abandoned) {
      session.log.warn(
        { ...who(session), path: target.path, bytes },
        'upload given up: the connection ended before the close',
      );
    }
  };
}

type Respond = (request: number, work: () => Answer | Promise<Answer>, bytes?: number) => void;

function answerFiles(sftp: SFTPWrapper, session: Session, answer: Respond): void {
  sftp.on('OPEN', (id: number, path: string, flags: number) => answer(id, () => files.openFile(session, path, flags)));
  sftp.on('READ', (id: number, handle: Buffer, offset: number, length: number) =>
    answer(id, () => files.readFile(session, handle, offset, length)),
  );
  sftp.on('WRITE', (id: number, handle: Buffer, offset: number, data: Buffer) =>
    answer(id, () => files.writeFile(session, handle, offset, data), data.length),
  );
  sftp.on('CLOSE', (id: number, handle: Buffer) => answer(id, () => files.closeHandle(session, handle)));
  sftp.on('FSTAT', (id: number, handle: Buffer) => answer(id, () => files.fileAttributes(session, handle)));
  sftp.on('FSETSTAT', (id: number, handle: Buffer, wanted: Attributes) =>
    answer(id, () => files.setFileAttributes(session, handle, wanted)),
  );
}

function answerFolders(sftp: SFTPWrapper, session: Session, answer: Respond): void {
  sftp.on('OPENDIR', (id: number, path: string) => answer(id, () => folders.openFolder(session, path)));
  sftp.on('READDIR', (id: number, handle: Buffer) => answer(id, () => folders.readFolder(session, handle)));
  sftp.on('STAT', (id: number, path: string) => answer(id, () => folders.attributes(session, path)));
  sftp.on('LSTAT', (id: number, path: string) => answer(id, () => folders.attributes(session, path)));
  sftp.on('SETSTAT', (id: number, path: string) => answer(id, () => folders.setAttributes(session, path)));
  sftp.on('REALPATH', (id: number, path: string) => answer(id, () => folders.realPath(path)));
  sftp.on('MKDIR', (id: number, path: string) => answer(id, () => folders.makeFolder(session, path)));
  sftp.on('REMOVE', (id: number, path: string) => answer(id, () => folders.removeFile(session, path)));
  sftp.on('RMDIR', (id: number, path: string) => answer(id, () => folders.removeFolder(session, path)));
  sftp.on('RENAME', (id: number, from: string, to: string) => answer(id, () => folders.renamePath(session, from, to)));
}

function answerRefused(sftp: SFTPWrapper, answer: Respond): void {
  for (const request of ['SYMLINK', 'READLINK', 'EXTENDED']) {
    sftp.on(request, (id: number) =>
      answer(id, () => {
        throw new SftpFailure('unsupported', 'The drop has no links and no extensions.');
      }),
    );
  }
}

/** The code of an error of the disk, and not its message, which may hold a path of this machine. */
function warn(session: Session, error: unknown): void {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'unknown';
  session.log.warn({ ...who(session), code }, 'a request failed because of the drop itself');
}

function who({ account }: Session): { customer: string; userName: string } {
  return { customer: account.customer, userName: account.userName };
}
