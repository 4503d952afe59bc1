import { activityInfo, cancellationSignal, heartbeat, log } from '@temporalio/activity';
import { ApplicationFailure, CancelledFailure } from '@temporalio/common';
import { Forbidden, NetworkError, NotFound, RateLimited, Refused, Unauthorised } from '../network/errors.js';
import { SourceWithoutRows } from '../sources/api-errors.js';
import { SourceError, SourceMissing, SourceOutdated } from '../sources/errors.js';
import { SnapshotOvertaken } from '../store/stage.js';
import { UndoRefused } from '../store/undone-run.js';
import { CustomerFrozen } from '../store/freezes.js';
import { UnknownPilot } from '../store/pilots.js';
import { NothingPlanned, PlanDiffers } from '../store/planned-run.js';
import { LeaseLost } from '../store/leases.js';
import { UnknownCustomer } from '../store/customers.js';
import { MappingMoveRefused, UnknownMapping } from '../store/mapping-moves.js';
import { ChangeRequestExists, NoChangeRequest } from '../store/change-requests.js';
import { DryRunMissing, NoActiveMapping, OtherVersionActive } from '../store/mappings.js';
import { MappingRejected } from '../sync/mapping/compile.js';
import { DeliveryRefused } from '../sync/guards/judge-delivery.js';
import { SourceRejected } from '../sync/records/errors.js';
import { DiskFull, SecretError } from '../secrets/errors.js';
import { UnusableDropAccess } from '../connections/drop-access.js';
import { LoginTaken } from '../connections/drop-logins.js';
import { DropUnknown } from '../connections/drop-place.js';
import { NoConnection } from '../connections/no-connection.js';
import { NoDropFile } from '../drop/drop-file.js';
import { UnusableHostKey } from '../drop/host-key.js';
import { UnusablePublicKey } from '../drop/public-keys.js';
import { UnusableAddress } from '../drop/upload-addresses.js';
import { UnusableMail } from '../mail/compose.js';
import { NoWorkingDay } from '../onboarding/calendar/errors.js';
import { ImpossiblePlan } from '../onboarding/schedule/errors.js';
import { NothingToPropose } from '../proposal/propose/propose-mapping.js';
import { UnusableContact } from '../store/contacts.js';
import { MailKeyTaken } from '../store/mails.js';
import { BadTimeOfDay } from '../temporal/schedule.js';
import { NoOnboarding, OnboardingExists } from '../store/onboardings.js';
import { MailNotSent } from './onboarding/letters.js';
import { CannotDisguise } from '../anonymise/errors.js';
import { TestOver } from '../connections/test/test-spaces.js';
import { TestUnderWay, UnknownTest } from '../store/tests.js';
import { UnknownRelease } from '../store/releases.js';
import { ReleaseRefused } from './release/request.js';
import {
  LeaseTaken,
  NetworkShowsNobody,
  NotAnonymised,
  NothingDelivered,
  OnboardingRefused,
  OrderRefused,
  TestStopped,
} from './refusals.js';

type Work = (...args: never[]) => Promise<unknown>;

/**
 * Turns what goes wrong into Temporal's errors: a sentence for a person, whether trying again helps, and when. Only errors
 * of our own speak for themselves; the words of any other could hold a value of a record, so only its kind is told.
 * Also shows signs of life while the work goes on.
 */
export function withReadableErrors<Activities extends Record<string, Work>>(activities: Activities): Activities {
  const wrapped = Object.entries(activities).map(([name, work]) => [name, readable(name, work)]);
  return Object.fromEntries(wrapped) as Activities;
}

function readable(name: string, work: Work): Work {
  return async (...args) => {
    const alive = setInterval(() => heartbeat(), signOfLifeEvery());
    try {
      return await work(...args);
    } catch (error) {
      throw toFailure(name, error);
    } finally {
      clearInterval(alive);
    }
  };
}

function signOfLifeEvery(): number {
  return Math.max(250, (activityInfo().heartbeatTimeoutMs ?? 30_000) / 4);
}

const FINAL = [
  Unauthorised,
  Forbidden,
  NotFound,
  Refused,
  LeaseLost,
  UnknownCustomer,
  NoActiveMapping,
  UnknownMapping,
  MappingMoveRefused,
  DryRunMissing,
  OtherVersionActive,
  NoChangeRequest,
  ChangeRequestExists,
  UndoRefused,
  CustomerFrozen,
  UnknownPilot,
  NothingPlanned,
  PlanDiffers,
  NetworkShowsNobody,
  MappingRejected,
  NothingDelivered,
  NoConnection,
  OnboardingExists,
  OnboardingRefused,
  OrderRefused,
  NoOnboarding,
  NoDropFile,
  UnusableAddress,
  UnusablePublicKey,
  UnusableDropAccess,
  UnusableHostKey,
  DropUnknown,
  LoginTaken,
  NoWorkingDay,
  ImpossiblePlan,
  BadTimeOfDay,
  UnusableContact,
  UnusableMail,
  MailKeyTaken,
  NothingToPropose,
  NotAnonymised,
  TestStopped,
  CannotDisguise,
  TestOver,
  TestUnderWay,
  UnknownTest,
  UnknownRelease,
  ReleaseRefused,
] as const;

/** The delivery cannot be used, and nothing was changed: the run ends as rejected, the next delivery is tried. */
const REJECTED = [SourceRejected, SourceMissing, SourceOutdated, SourceWithoutRows, SnapshotOvertaken] as const;

function toFailure(name: string, error: unknown): Error {
  if (error instanceof ApplicationFailure || error instanceof CancelledFailure) return error;
  if (cancellationSignal().aborted) return new CancelledFailure('The run was cancelled.');
  if (error instanceof Error && REJECTED.some((kind) => error instanceof kind)) {
    return ApplicationFailure.create({
      ...{ type: 'SourceRejected', message: error.message, nonRetryable: true },
      details: [causeOf(error)],
    });
  }
  if (error instanceof RateLimited) return again(error, error.retryAfterMs);
  if (error instanceof LeaseTaken) return again(error, 5_000);
  if (error instanceof SourceError) return ofSource(error);
  if (error instanceof SecretError) return error instanceof DiskFull ? again(error) : final(error.name, error.message);
  if (error instanceof Error && FINAL.some((kind) => error instanceof kind)) return final(error.name, error.message);
  if (error instanceof NetworkError || error instanceof MailNotSent) return again(error);
  return unexpected(name, error);
}

/** One word that is the same every day, however many rows it is about. */
function causeOf(error: Error): string {
  return error instanceof DeliveryRefused ? error.guard : error.name;
}

function ofSource(error: SourceError): ApplicationFailure {
  return error.retryable ? again(error, error.retryAfterMs) : final(error.name, error.message);
}

function final(type: string, message: string): ApplicationFailure {
  return ApplicationFailure.create({ type, message, nonRetryable: true });
}

function again(error: Error, afterMs?: number): ApplicationFailure {
  const { name: type, message } = error;
  return ApplicationFailure.create({ type, message, ...(afterMs === undefined ? {} : { nextRetryDelay: afterMs }) });
}

/** The place in the code is logged, the words are not. */
function unexpected(name: string, error: unknown): ApplicationFailure {
  const type = error instanceof Error ? error.name : 'Error';
  const code = codeOf(error);
  const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
  log.error('An activity failed unexpectedly', { activity: name, type, code, frames: frames.slice(0, 8) });
  return ApplicationFailure.create({
    type,
    message: `${name} failed unexpectedly (${type}${code === null ? '' : ` ${code}`}); it is tried again. What was done before stays recorded.`,
  });
}

function codeOf(error: unknown): string | null {
  if (typeof error !== 'object' || error === null || !('code' in error)) return null;
  return String(error.code);
}
