import ssh2 from 'ssh2';

const { STATUS_CODE } = ssh2.utils.sftp;

/** The answers of SFTP version 3 that the drop gives. */
export const STATUS = {
  ok: STATUS_CODE.OK,
  endOfFile: STATUS_CODE.EOF,
  noSuchFile: STATUS_CODE.NO_SUCH_FILE,
  permissionDenied: STATUS_CODE.PERMISSION_DENIED,
  failure: STATUS_CODE.FAILURE,
  unsupported: STATUS_CODE.OP_UNSUPPORTED,
} as const;

export type Status = keyof typeof STATUS;

/** A request that is refused. The text is shown to the customer by its client. */
export class SftpFailure extends Error {
  override readonly name = 'SftpFailure';
  constructor(
    readonly status: Status,
    message: string,
  ) {
    super(message);
  }
}

/** Turns any error into what the client may know: never a path of this machine. */
export function asSftpFailure(error: unknown): SftpFailure {
  if (error instanceof SftpFailure) return error;
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  const [status, text] = KNOWN[code] ?? ['failure', 'The drop could not do this. Nothing was stored or changed.'];
  return new SftpFailure(status, text);
}

/** Whether an error is only about this request, and not about the drop itself. */
export function isExpected(error: unknown): boolean {
  return error instanceof SftpFailure || (error instanceof Error && 'code' in error && String(error.code) in EXPECTED);
}

const EXPECTED: Readonly<Record<string, readonly [Status, string]>> = {
  ENOENT: ['noSuchFile', 'There is no such file or folder.'],
  ENOTDIR: ['noSuchFile', 'A part of the path is a file, not a folder.'],
  ELOOP: ['noSuchFile', 'There is no such file or folder.'],
  EISDIR: ['failure', 'This is a folder, not a file.'],
  EEXIST: ['failure', 'There is a file or folder of this name already.'],
  ENOTEMPTY: ['failure', 'The folder is not empty.'],
  ENAMETOOLONG: ['failure', 'The name is too long.'],
  EINVAL: ['failure', 'This cannot be done with this name.'],
};

const KNOWN: Readonly<Record<string, readonly [Status, string]>> = {
  ...EXPECTED,
  ENOSPC: [
    'failure',
    'The disk of the drop is full. Nothing was stored. Please tell Speakap, and deliver again later.',
  ],
  EDQUOT: [
    'failure',
    'The disk of the drop is full. Nothing was stored. Please tell Speakap, and deliver again later.',
  ],
};
