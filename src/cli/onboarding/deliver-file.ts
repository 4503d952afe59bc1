import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { stat } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { DeliveryFiles } from '../../connections/deliveries.js';
import type { Deliver } from '../../onboarding/messages.js';
import { removeOnboardingFile, saveOnboardingFile } from '../../store/onboarding-files.js';
import { toCustomerId } from '../../sync/ids.js';
import { NotUnderWay, OnboardingRefused } from '../../temporal/onboardings.js';
import type { Context } from '../context.js';
import { CommandFailed } from '../errors.js';
import { unreadable } from '../read-file.js';
import type { Reached } from './reach.js';

export interface StoredFile {
  /** Number by which the onboarding knows it. */
  readonly fileId: number;
  /** Does the work, and forgets the file when the onboarding refused it: nobody would ever look at it. */
  orForget<Result>(work: () => Promise<Result>): Promise<Result>;
}

/** Seals a file into the folder of deliveries, with a row that says where it is. @throws CommandFailed, DiskFull, FileTooLarge */
export async function storeFile(
  context: Context,
  { database, onboarding }: Reached,
  { item, by: deliveredBy }: Deliver,
  path: string,
): Promise<StoredFile> {
  const size = await sizeOf(path);
  const { config } = context;
  const keys = await context.keys();
  const files = new DeliveryFiles(join(config.dataFolder, 'deliveries'), keys.key, keys.old, config.maxDeliveryBytes);
  const name = `onboarding-${onboarding.number}-${item}-${randomBytes(6).toString('hex')}`;
  const customer = toCustomerId(onboarding.customerId);
  const kept = await files.keepFile(customer, name, { content: createReadStream(path), size });
  const row = { onboardingId: onboarding.id, item, fileName: basename(path), deliveredBy, ...kept };
  const fileId = await saveOnboardingFile(database, row).catch(async (error: unknown) => {
    await files.remove(kept.file);
    throw error;
  });
  const forget = async (): Promise<void> => {
    await removeOnboardingFile(database, fileId);
    await files.remove(kept.file);
  };
  return {
    fileId,
    async orForget(work) {
      try {
        return await work();
      } catch (error) {
        if (error instanceof OnboardingRefused || error instanceof NotUnderWay) await forget();
        throw error;
      }
    },
  };
}

async function sizeOf(path: string): Promise<number> {
  const found = await stat(path).catch((error: unknown) => {
    throw unreadable(path, error);
  });
  if (found.isFile()) return found.size;
  throw new CommandFailed(`${path}: this is a folder, and a file is needed. Nothing was changed.`);
}
