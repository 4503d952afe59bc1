/** A small made-up employee record, and the mapping that goes with it. */
export interface MadeUpPerson {
  readonly id: string;
  readonly first?: string;
  readonly last?: string;
  readonly mail?: string;
  readonly unit?: string;
  readonly department?: string;
  readonly title?: string;
  readonly status?: string;
}

export const MAPPING = `
format: 1
externalId: Id
active: Status == "Active"
columns:
  givenName: First
  familyName: Last
  email: Mail
  jobTitle: Title
groups:
  - businessUnit: { column: Unit }
  - department: { column: Department }
roles:
  - target: network
    role: admin
    when: Title == "Director"
invitations:
  - audience: email
options:
  createMissingGroups: true
guards:
  suspensions: { percent: 10, count: 50, floor: 2 }
`;

/** CSV text as an HR system delivers it. */
export function csvOf(people: readonly MadeUpPerson[]): string {
  const rows = people.map(({ id, first, last, mail, unit, department, title, status }) =>
    [
      id,
      first ?? `First${id}`,
      last ?? `Last${id}`,
      mail ?? `p${id}@people.example`,
      unit ?? `Unit ${Number(id) % 3}`,
      department ?? `Department ${Number(id) % 5}`,
      title ?? 'Clerk',
      status ?? 'Active',
    ].join(';'),
  );
  return ['Id;First;Last;Mail;Unit;Department;Title;Status', ...rows, ''].join('\r\n');
}

/** People numbered from `from` to `to`, both included. */
export function madeUpPeople(from: number, to: number): readonly MadeUpPerson[] {
  return Array.from({ length: to - from + 1 }, (_, index) => ({ id: String(from + index) }));
}
