import { pino, type Logger } from 'pino';

export type { Logger };

/** JSON lines on standard error. Nothing of an employee's record is ever handed to it. */
export function createLogger(level: string): Logger {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, pino.destination({ fd: 2, sync: true }));
}
