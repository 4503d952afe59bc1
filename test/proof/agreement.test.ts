import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DeliveredRow } from '../../src/proof/delivery.js';
import { readExpectations } from '../../src/proof/expectations.js';
import { groupId } from '../../src/proof/groups.js';
import type { Expectations } from '../../src/proof/state.js';
import { KORENAAR } from '../sync/builders.js';
import { EngineNetwork } from './engine.js';
import { CAREFUL, EVERYTHING } from './mappings.js';

const words = (...choices: string[]) => fc.constantFrom(...choices);
const cells = fc.record({
  Id: words('0001', '0002', '0003', '0004', '5', '05', '19', '70', 'A1'),
  Status: words('Active', 'Active', 'Active', 'Leave', 'Gone', ' Active'),
  Start: words('', '', '', '01/05/2026', '03/05/2026', '02/05/2026 00:00', '31/04/2026'),
  End: words('', '', '', '2026-05-01', '2026-05-02', '2026-05-03', 'soon'),
  First: words('', 'ANN', "o'neil-ijs", 'ijsbrand', 'anne marie'),
  Infix: words('', 'Van der', ' '),
  Birth: words('', 'Smit'),
  Last: words('', 'Berg', "'s Gravesande"),
  Job: words('', 'Manager', 'Shift Manager', 'BK', 'bk ', 'CEO', 'Temp', 'Sr. Baker (temp)', 'SrSr.'),
  Mail: words('', '', 'Ann@example.com', 'bo@example.com'),
  Phone: words('', '0612345678', '+32 470 12 34 56', '12', '0470 12 34 56'),
  Country: words('', 'be', 'NL', 'Mars'),
  Language: words('', 'dutch ', 'French', 'German'),
  Store: words('', '0012', '0012, 0013', 'amsterdam', 'North,0012, north', 'a/b'),
  Home: words('', 'Amsterdam', 'north'),
  Department: words('', 'Bakery', 'bakery', 'None', 'Sales'),
  FTE: words('', '0.8', '0.5', '1', 'x'),
  Team: words('', 'Red', 'Blue', 'Quiet'),
  Committees: words('', 'FA', 'fa|Works council', '|', 'First Aid|FA'),
});
const aRow = fc.oneof({ weight: 12, arbitrary: cells }, { weight: 1, arbitrary: words('0001', '0003', '5', '19') });
const roster = fc
  .array(aRow, { minLength: 1, maxLength: 14 })
  .map((rows) =>
    rows.map((fields, index): DeliveredRow =>
      typeof fields === 'string'
        ? { xid: fields, row: index + 2, fields: null }
        : { xid: fields.Id, row: index + 2, fields },
    ),
  );

/** Both sides in the same words. */
function ofEngine(network: EngineNetwork) {
  return Object.fromEntries(
    [...network.links].map(([xid, { state, written, invited }]) => [
      xid,
      {
        state,
        isTold: invited,
        ...{ profile: written.profile, userName: written.userName, audience: written.audience },
        networkRole: written.networkRole,
        groups: Object.fromEntries(Object.values(written.memberships).map(({ group, role }) => [groupId(group), role])),
      },
    ]),
  );
}

function ofEvaluator(expected: Expectations) {
  return Object.fromEntries(
    [...expected.values()].flatMap(({ xid, account, person, isTold }) =>
      person === null
        ? []
        : [
            [
              xid,
              {
                state: account,
                isTold,
                ...{ profile: person.profile, userName: person.userName, audience: person.audience.value },
                networkRole: person.networkRole.value,
                groups: Object.fromEntries([...person.groups].map(([id, { role }]) => [id, role])),
              },
            ],
          ],
    ),
  );
}

const DAYS = ['2026-05-02', '2026-05-03', '2026-05-04'] as const;

describe('the second evaluator and the engine', () => {
  for (const [name, document] of Object.entries({ everything: EVERYTHING, careful: CAREFUL, KORENAAR })) {
    it(`agree on any three deliveries: ${name}`, () => {
      fc.assert(
        fc.property(fc.tuple(roster, roster, roster), (deliveries) => {
          const engine = new EngineNetwork(document);
          let previous: Expectations = new Map();
          for (const [index, rows] of deliveries.entries()) {
            const today = DAYS[index] ?? '';
            engine.sync(rows, today);
            previous = readExpectations({ document, rows, today, previous });
            expect(ofEvaluator(previous)).toEqual(ofEngine(engine));
          }
        }),
        { numRuns: 150 },
      );
    });
  }
});
