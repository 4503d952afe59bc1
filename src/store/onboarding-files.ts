import type { Database } from './database.js';
import type { OnboardingFile } from './prisma/client.js';

export interface NewOnboardingFile {
  readonly onboardingId: number;
  readonly item: string;
  readonly fileName: string;
  /** Sealed file, relative to the folder of deliveries. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  /** Contact id. */
  readonly deliveredBy: string;
}

/** A file that nobody has looked at yet. Answers its number. */
export async function saveOnboardingFile({ prisma }: Database, file: NewOnboardingFile): Promise<number> {
  const { id } = await prisma.onboardingFile.create({ data: { ...file, usable: false, findings: [] } });
  return id;
}

export async function removeOnboardingFile({ prisma }: Database, id: number): Promise<void> {
  await prisma.onboardingFile.deleteMany({ where: { id } });
}

/** In the order in which they were handed over. */
export async function listOnboardingFiles(
  { prisma }: Database,
  onboardingId: number,
): Promise<readonly OnboardingFile[]> {
  return prisma.onboardingFile.findMany({ where: { onboardingId }, orderBy: { id: 'asc' } });
}
