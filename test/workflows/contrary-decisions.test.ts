import { expect, test } from 'vitest';
import { RunState } from '../../src/workflows/run-state.js';

/** A run that waits for a decision about suspensions and accounts. */
function waitingRun(): RunState {
  const state = new RunState({ customer: 'korenaar', kind: 'live', requestedBy: 'schedule' });
  state.begin({ runId: 1, number: 7, heartbeatSeconds: 60, batchSize: 50, historyEvents: 10_000 });
  const held = { changes: 20, people: 20, guard: 'too many' };
  Object.assign(state.run, {
    step: 'waiting for approval',
    holds: [
      { with: 'suspend', ...held },
      { with: 'create', ...held },
    ],
  });
  return state;
}

test('whoever refuses people whom somebody approved a moment before is not told that nothing of them is applied', () => {
  const state = waitingRun();
  expect(state.decide({ by: 'pm-1', kind: 'suspend' }, true)).toBe('Approved: suspend. It is applied now.');
  const contrary = { by: 'pm-2', selection: 17 };
  expect(state.objectionTo(contrary)).toBeNull();
  expect(state.decide(contrary, false)).toBe(
    'Noted: everything that is held of the people in selection 17. What pm-1 decided a moment ago is carried out first; what that ' +
      'leaves of it is not applied by this run.',
  );
});

test('a decision that comes alone says what becomes of it', () => {
  expect(waitingRun().decide({ by: 'pm-2', kind: 'create' }, false)).toBe(
    'Refused: create. It is not applied by this run.',
  );
});
