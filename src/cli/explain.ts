import { isGrpcServiceError, ServiceError, WorkflowFailedError } from '@temporalio/client';
import { EXIT, type ExitCode } from './exit-codes.js';
import { WrongUsage } from './errors.js';

/** An error as the caller of the command meets it. */
export interface Explained {
  /** For programs: the name of the error. */
  readonly kind: string;
  readonly message: string;
  readonly exitCode: ExitCode;
}

const BUILT_IN = [
  'Error',
  'TypeError',
  'ReferenceError',
  'SyntaxError',
  'RangeError',
  'AssertionError',
  'AggregateError',
];

/**
 * Puts any error into a sentence. Our own errors speak for themselves; of all others only the kind and code are told,
 * since their words could hold a value of a record.
 */
export function explain(error: unknown): Explained {
  if (error instanceof WrongUsage) return { kind: error.name, message: error.message, exitCode: EXIT.usage };
  return { ...describe(error), exitCode: EXIT.failed };
}

function describe(error: unknown): Omit<Explained, 'exitCode'> {
  if (!(error instanceof Error)) return unexpected('Error', null);
  const foreign = describeForeign(error);
  if (foreign !== null) return foreign;
  return BUILT_IN.includes(error.name)
    ? unexpected(error.name, codeOf(error))
    : { kind: error.name, message: error.message };
}

function describeForeign(error: Error): Omit<Explained, 'exitCode'> | null {
  if (error instanceof WorkflowFailedError) return { kind: error.name, message: rootOf(error).message };
  if (error instanceof ServiceError || isGrpcServiceError(error)) {
    const details = isGrpcServiceError(rootOf(error)) ? rootOf(error) : error;
    return {
      kind: 'Temporal',
      message: `Temporal could not do it: ${detailsOf(details)}. Look at the Temporal UI for what runs.`,
    };
  }
  const code = codeOf(error);
  if (/^PrismaClient|DriverAdapter/.test(error.name)) return database(code);
  if (code !== null && SQLSTATE.test(code)) return database(code);
  if (code !== null && /^E[A-Z]+$/.test(code)) return unexpected('System', code);
  return null;
}

/** Five letters or digits, and at least one digit: `EPIPE` is none. */
const SQLSTATE = /^(?=.*\d)[0-9A-Z]{5}$/;

function database(code: string | null): Omit<Explained, 'exitCode'> {
  const which = code === null ? '' : ` (${code})`;
  return {
    kind: 'Database',
    message: `Postgres could not do it${which}. What was not finished was rolled back. Check that it runs and try again.`,
  };
}

function unexpected(name: string, code: string | null): Omit<Explained, 'exitCode'> {
  return {
    kind: name,
    message:
      `Something went wrong that this command did not expect (${name}${code === null ? '' : ` ${code}`}). ` +
      'Set USERSYNC_LOG_LEVEL=debug to see where, and report it.',
  };
}

function rootOf(error: Error): Error {
  return error.cause instanceof Error ? rootOf(error.cause) : error;
}

function detailsOf(error: Error): string {
  return isGrpcServiceError(error) ? error.details : error.message;
}

function codeOf(error: Error): string | null {
  return 'code' in error && typeof error.code === 'string' ? error.code : null;
}
