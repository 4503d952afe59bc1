import { parseJson } from '../http/body.js';
import type { Query } from '../http/query.js';
import { methodNotAllowed, noSuchPath, Refusal } from '../http/refusal.js';
import { Router } from '../http/router.js';
import type { Control } from './control.js';
import { activation, clockInput, faultInput, loginInput, networkInput, networkSettings } from './inputs.js';

interface ControlCall {
  readonly control: Control;
  readonly parameters: readonly string[];
  readonly query: Query;
  readonly body: string;
}

export interface ControlAnswer {
  readonly status: number;
  readonly body: unknown;
}

type ControlRoute = (call: ControlCall) => ControlAnswer;

const router = new Router<ControlRoute>();
const done: ControlAnswer = { status: 200, body: { ok: true } };

router.add('GET', '/_sandbox/health', () => done);
router.add('GET', '/_sandbox/networks', ({ control }) => ok({ networks: control.networks() }));
router.add('POST', '/_sandbox/networks', ({ control, body }) => ({
  status: 201,
  body: control.createNetwork(parseJson(body, networkInput)),
}));
router.add('PATCH', '/_sandbox/networks/{eid}', (call) =>
  ok(call.control.changeNetwork(first(call), parseJson(call.body, networkSettings))),
);
router.add('DELETE', '/_sandbox/networks/{eid}', (call) => {
  call.control.deleteNetwork(first(call));
  return done;
});
router.add('GET', '/_sandbox/networks/{eid}/state', (call) => ok(call.control.state(first(call))));
router.add('GET', '/_sandbox/networks/{eid}/requests', (call) => ok(call.control.requests(first(call))));
router.add('DELETE', '/_sandbox/networks/{eid}/requests', (call) => {
  call.control.clearRequests(first(call));
  return done;
});
router.add('POST', '/_sandbox/networks/{eid}/activate', (call) =>
  ok({ activated: call.control.activate(first(call), parseJson(call.body, activation)) }),
);
router.add('POST', '/_sandbox/networks/{eid}/login', (call) =>
  ok({ outcome: call.control.login(first(call), parseJson(call.body, loginInput)) }),
);
router.add('GET', '/_sandbox/violations', ({ control, query }) =>
  ok({ violations: control.violations(query.text('network'), query.choice('of', ['rules', 'state'])) }),
);
router.add('DELETE', '/_sandbox/violations', ({ control }) => {
  control.clearViolations();
  return done;
});
router.add('GET', '/_sandbox/faults', ({ control }) => ok({ faults: control.listFaults() }));
router.add('POST', '/_sandbox/faults', ({ control, body }) => ({
  status: 201,
  body: control.addFault(parseJson(body, faultInput)),
}));
router.add('DELETE', '/_sandbox/faults', ({ control }) => {
  control.clearFaults();
  return done;
});
router.add('DELETE', '/_sandbox/faults/{id}', (call) => {
  if (call.control.removeFault(Number(first(call)))) return done;
  throw new Refusal(404, -4, 'There is no such fault', 'state');
});
router.add('POST', '/_sandbox/clock', ({ control, body }) =>
  ok({ now: control.advanceClock(parseJson(body, clockInput).advanceMs) }),
);

/** @throws Refusal. */
export function handleControl(
  control: Control,
  method: string,
  path: string,
  query: Query,
  body: string,
): ControlAnswer {
  const found = router.find(method, path);
  if (found.kind === 'no_path') throw noSuchPath();
  if (found.kind === 'no_method') throw methodNotAllowed(method);
  return found.route({ control, parameters: found.parameters, query, body });
}

function first(call: ControlCall): string {
  return call.parameters[0] ?? '';
}

function ok(body: unknown): ControlAnswer {
  return { status: 200, body };
}
