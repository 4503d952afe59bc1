import type { Finding } from '../proposal/finding.js';
import type { Database } from './database.js';
import type { OnboardingFile } from './prisma/client.js';

export interface HandedFile {
  readonly onboardingId: number;
  readonly item: string;
  readonly fileName: string;
  /** Sealed file, relative to the folder of deliveries. */
  readonly file: string;
  readonly sha256: string;
  readonly bytes: number;
  readonly deliveredBy: string;
}

/** Keeps what was handed over, not looked at yet. Answers its number. */
export async function saveOnboardingFile({ prisma }: Database, { bytes, ...file }: HandedFile): Promise<number> {
  const { id } = await prisma.onboardingFile.create({
    data: { ...file, bytes: BigInt(bytes), usable: false, findings: [] },
  });
  return id;
}

export async function removeOnboardingFile({ prisma }: Database, id: number): Promise<void> {
  await prisma.onboardingFile.deleteMany({ where: { id } });
}

/** null when there is none of this number and item in this onboarding. */
export async function findOnboardingFile(
  { prisma }: Database,
  where: { readonly onboardingId: number; readonly item: string; readonly id: number },
): Promise<OnboardingFile | null> {
  return prisma.onboardingFile.findFirst({ where });
}

/** What an attempt of the same step stored before it was interrupted, by the name of its sealed file. */
export async function findSealed(
  { prisma }: Database,
  where: { readonly onboardingId: number; readonly item: string; readonly file: string },
): Promise<OnboardingFile | null> {
  return prisma.onboardingFile.findFirst({ where });
}

export async function recordFindings(
  { prisma }: Database,
  id: number,
  { usable, findings }: { readonly usable: boolean; readonly findings: readonly Finding[] },
): Promise<void> {
  await prisma.onboardingFile.update({
    where: { id },
    data: { usable, findings: findings.map((finding) => ({ ...finding })) },
  });
}

/** The latest usable file of an item. */
export async function latestUsableFile(
  { prisma }: Database,
  onboardingId: number,
  item: string,
): Promise<OnboardingFile | null> {
  return prisma.onboardingFile.findFirst({ where: { onboardingId, item, usable: true }, orderBy: { id: 'desc' } });
}

export async function listOnboardingFiles(
  { prisma }: Database,
  onboardingId: number,
): Promise<readonly OnboardingFile[]> {
  return prisma.onboardingFile.findMany({ where: { onboardingId }, orderBy: { id: 'asc' } });
}
