import type { DropAccount } from './accounts.js';
import type { AccountFolder, Place } from './account-folder.js';
import type { DropLog } from './log.js';
import type { OpenHandles } from './open-handles.js';
import { SftpFailure } from './sftp-failure.js';

/** Where the fetching side puts what it has read. */
export const ARCHIVE = '/archive';

/** A file became visible under its name: it is whole, and safe on disk. */
export interface UploadedFile {
  readonly customer: DropAccount['customer'];
  readonly userName: string;
  /** Within the customer's folder, beginning with `/`. */
  readonly path: string;
  readonly bytes: number;
}

/** What the requests of one logged-in client work on. */
export interface Session {
  readonly account: DropAccount;
  readonly folder: AccountFolder;
  readonly handles: OpenHandles;
  /** Where uploads are written until they are whole. */
  readonly asideFolder: string;
  readonly announce: (file: UploadedFile) => void;
  readonly log: DropLog;
}

/** Fires only for the customer's own deliveries: what is moved to the archive is no delivery. */
export function announceUpload({ account, announce }: Session, path: string, bytes: number): void {
  const mayUpload = (account.access ?? 'upload') === 'upload';
  if (mayUpload && !isInArchive(path))
    announce({ customer: account.customer, userName: account.userName, path, bytes });
}

/** @throws SftpFailure when the account only fetches. */
export function refuseUnlessUploader({ account }: Session): void {
  if ((account.access ?? 'upload') === 'upload') return;
  throw new SftpFailure('permissionDenied', `This account may only read files and move them to ${ARCHIVE}.`);
}

/** @throws SftpFailure when the account only fetches and the place is not in the archive. */
export function refuseUnlessArchive(session: Session, place: Place): void {
  if (!isInArchive(place.path)) refuseUnlessUploader(session);
}

/** @throws SftpFailure */
export function refuseRoot(place: Place): void {
  if (place.path === '/')
    throw new SftpFailure('permissionDenied', 'Your own folder cannot be removed, moved or replaced.');
}

function isInArchive(path: string): boolean {
  return path === ARCHIVE || path.startsWith(`${ARCHIVE}/`);
}
