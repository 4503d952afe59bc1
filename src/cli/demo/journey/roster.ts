/** Everything here is made up, and nothing is drawn by chance: each journey has the same people. */

const STORES = 60;

const COLUMNS = [
  ...['EmployeeId', 'Status', 'Contract', 'FirstName', 'Infix', 'LastName', 'WorkMail', 'Mobile', 'JobTitle'],
  ...['Department', 'Store', 'Region', 'FirstDay', 'LastDay', 'CostCentre'],
] as const;

const FIRST_NAMES = [
  'Aafje',
  'Bastiaan',
  'Coosje',
  'Dirkje',
  'Evert',
  'Froukje',
  'Gijsbert',
  'Hylke',
  'Ietje',
  'Joppe',
];
const INFIXES = ['', '', '', 'van der', '', 'De', '', 'ten', '', ''];
const LAST_NAMES = ['Appelhof', 'Beukenboom', 'Cederblad', 'Distelveld', 'Eikelaar', 'Fluitenkruid', 'Goudenregen'];
const REGIONS = ['North', 'East', 'South', 'West'];
const PLACES = ['Almere', 'Breda', 'Culemborg', 'Delft', 'Emmen', 'Franeker', 'Goes', 'Heerlen', 'Joure', 'Kampen'];
const TITLES = ['Gardener', 'Cashier', 'Florist', 'Stock clerk', 'Adviser', 'Driver', 'Planner'];
const DEPARTMENTS = [
  ...['Plants', 'Flowers', 'Garden furniture', 'Ponds', 'Tools', 'Pets', 'Decoration', 'Restaurant', 'Checkout'],
  ...['Logistics', 'Office', 'Human resources'],
];

/** A day of the customer's record: on each one after the first some leave, as many join, and some get another job. */
export type Day = 1 | 2 | 3;

/** The employee record of a day, as the customer's HR system writes it: semicolons, line ends of Windows. */
export function recordOf(people: number, day: Day): string {
  const rows: string[] = [];
  for (let person = 1; person <= people; person += 1) rows.push(rowOf(person, day));
  const joiners = Math.ceil((people * JOIN) / A_THOUSAND) * (day - 1);
  for (let joiner = 1; joiner <= joiners; joiner += 1) rows.push(rowOf(people + joiner, 1));
  return lines(rows);
}

const A_THOUSAND = 1_000;
/** Of a thousand people, every day after the first, so many leave, join, get another job title, and move to another store. */
const [LEAVE, JOIN, CHANGE, MOVE] = [3, 3, 4, 2];

/** What is handed over first: the header and two rows. */
export function exampleOf(): string {
  return lines([rowOf(1, 1), rowOf(2, 1)]);
}

/** The overview of stores and departments: each store with each department would be long, and says no more. */
export function overviewOf(): string {
  const rows: string[] = ['Location;Department'];
  for (let place = 0; place < Math.max(STORES, DEPARTMENTS.length); place += 1)
    rows.push(`${storeOf(place)};${pick(DEPARTMENTS, place)}`);
  return `${rows.join('\r\n')}\r\n`;
}

function rowOf(person: number, day: Day): string {
  const lot = (person * 7919) % A_THOUSAND;
  const days = day - 1;
  const hasLeft = lot < LEAVE * days;
  const hasOtherJob = lot >= 100 && lot < 100 + CHANGE * days;
  const hasMoved = lot >= 200 && lot < 200 + MOVE * days;
  const store = person + (hasMoved ? 1 : 0);
  const isManager = person > STORES && person <= 2 * STORES;
  const title = isManager ? 'Store manager' : pick(TITLES, person + (hasOtherJob ? 1 : 0));
  const cells = {
    EmployeeId: String(100_000 + person),
    Status: hasLeft ? 'Left' : 'Active',
    Contract: person % 500 === 0 ? 'Holiday worker' : person % 9 === 0 ? 'Temporary' : 'Permanent',
    FirstName: pick(FIRST_NAMES, person),
    Infix: pick(INFIXES, person * 3),
    LastName: pick(LAST_NAMES, Math.floor(person / 10)),
    WorkMail: `employee.${person}@zonnehof.example`,
    Mobile: `06${String(10_000_000 + person)}`,
    JobTitle: person === 7 || person === 8 ? 'Head of communication' : title,
    Department: pick(DEPARTMENTS, person * 5 + Math.floor(person / 12)),
    Store: storeOf(store),
    Region: pick(REGIONS, store % STORES),
    FirstDay: `01-${String((person % 12) + 1).padStart(2, '0')}-20${String(10 + (person % 15))}`,
    LastDay: '',
    CostCentre: `CC${String(person % 400).padStart(4, '0')}`,
  } satisfies Record<(typeof COLUMNS)[number], string>;
  return COLUMNS.map((column) => cells[column]).join(';');
}

function storeOf(number: number): string {
  const store = number % STORES;
  return `${pick(PLACES, store)} ${Math.floor(store / PLACES.length) + 1}`;
}

function lines(rows: readonly string[]): string {
  return `${[COLUMNS.join(';'), ...rows].join('\r\n')}\r\n`;
}

function pick(values: readonly string[], index: number): string {
  return values[index % values.length] ?? '';
}
