import type { DeliveredRow } from '../../src/proof/delivery.js';

/** A chain of stores: e-mail, SMS and letters, roles on every level, exceptions of every kind. */
export const STORES = `
format: 1
externalId: Id
active: Status == "Active"
startDate: { column: Start }
leaveDate: { column: End, format: DD-MM-YYYY }
columns:
  givenName: First
  infix: Infix
  familyName: Last
  jobTitle: { column: Job, lookup: { BK: Baker, CS: Cashier, MG: Manager, DR: Director, TP: Temp, CL: Cleaner } }
  email: { column: Mail, case: lower }
  telephoneNumber: { column: Phone, phone: NL }
groups:
  - businessUnit: { column: Store }
  - department: { column: Department }
  - localDepartment: { businessUnit: { column: Store }, department: { column: Department } }
  - topic: { name: Managers }
    when: Job in ("MG", "DR")
  - topic: { column: Committees, separator: "|" }
roles:
  - target: network
    role: admin
    when: Job == "DR" and Department == "Office"
  - target: businessUnit
    role: admin
    when: Job == "DR"
  - target: localDepartment
    role: Planner
    when: Job == "MG"
  - target: topic
    group: { name: First aid }
    role: admin
    when: Job == "MG"
invitations:
  - audience: email
  - audience: sms
  - audience: letter
    userName: "u{Id}"
exceptions:
  - externalIds: ["00100"]
    leaveAlone: true
  - externalIds: ["00101"]
    addTo:
      - topic: { name: Crisis team }
    role: { target: topic, group: { name: Crisis team }, role: admin }
  - when: Job == "TP"
    notInNetwork: true
  - when: Job == "CL"
    notIn:
      - department: { column: Department }
    noInvitation: true
options:
  mergeDuplicates: true
  allowEmptyEmail: true
  createMissingGroups: true
`;

const JOBS = ['BK', 'CS', 'CS', 'MG', 'BK', 'CS', 'DR', 'CS', 'TP', 'BK', 'CL', 'CS', 'MG'];

/** So many made-up people, the same each time. */
export function staff(count: number): readonly DeliveredRow[] {
  return Array.from({ length: count }, (_, index): DeliveredRow => {
    const xid = String(100 + index).padStart(5, '0');
    const of = (...choices: string[]) => choices[index % choices.length] ?? '';
    const fields = {
      Id: xid,
      Status: index % 17 === 5 ? 'Gone' : 'Active',
      Start: index % 19 === 7 ? '2030-01-01' : '2020-01-01',
      End: index % 23 === 11 ? '31-12-2035' : '',
      First: of('Ann', 'Bo', 'Cees', 'Dirk', 'Els', 'Fenna', 'Gijs') + String.fromCharCode(97 + (index % 26)),
      Infix: of('', '', 'van', '', 'van der'),
      Last: of('Jansen', 'Smit', 'Visser', 'Mulder', 'Bos', 'Vos', 'Peters', 'Hendriks', 'Dekker', 'Brouwer', 'Kok'),
      Job: JOBS[index % JOBS.length] ?? '',
      Mail: index % 3 === 0 ? `P${xid}@shop.example` : '',
      Phone: index % 3 === 1 ? `06${String(10_000_000 + index)}` : '',
      Store: of('North', 'South', 'East', 'West', 'Harbour'),
      Department: of('Bakery', 'Sales', 'Office', 'Bakery', 'Sales', 'Sales', 'Office'),
      Committees: of('', 'First aid', '', 'Works council|First aid', '', '', '', ''),
    };
    return { xid, row: index + 2, fields };
  });
}
