/** Files in the manner of HR systems, about people who do not exist. */

/** A made-up person; every cell is computed from the number, so a file is always the same. */
type Kind = keyof typeof CELLS;

const GIVEN = 'Anouk Bram Carla Daan Elif Femke Gijs Hanna Ivo Jasmijn Karim Lotte Milan Noor Olaf Petra Quinten Roos Sem Tess Umar Vera Wout Yara Zoë Aaliyah Björn Chloé Dimitri Esra'.split(' '); // prettier-ignore
const FAMILY = 'Aalbers Bakker Citroen Dekker Eikelboom Fransen Geurts Hoekstra IJsbrand Jonker Kolthof Linders Meerdink Nijhof Oosting Postma Quist Rademaker Spijker Tempelman Uitenboom Verschuur Wiersma Zandstra Öztürk Nguyễn Lefèvre Müller'.split(' '); // prettier-ignore
const INFIXES = ['', '', 'van', '', 'de', '', '', 'van der', '', ''];
const JOBS = ['Shift leader', 'Baker', 'Cashier', 'Store manager', 'Driver', 'Planner', 'Nurse', 'Accountant'];
const DEPARTMENTS = ['Bakery', 'Fresh produce', 'Logistics', 'Human Resources', 'Finance'];
const SITES = ['Amersfoort', 'Tilburg', 'Zwolle', 'Maastricht'];
const pick = <Item>(items: readonly Item[], index: number): Item => items[index % items.length] as Item;
const given = (i: number) => pick(GIVEN, i * 7 + Math.floor(i / 30));
const family = (i: number) => pick(FAMILY, i * 11 + Math.floor(i / 28));
const plain = (text: string) =>
  text
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toLowerCase();
const two = (number: number) => String(number).padStart(2, '0');
const day = (i: number, year: number) => [year + (i % 12), two((i % 12) + 1), two((i % 28) + 1)] as const;

const CELLS = {
  id: (i: number) => String(10_200 + i * 3),
  idPadded: (i: number) => String(417 + i * 3).padStart(8, '0'),
  idLetters: (i: number) => `EMP${1_000 + i}`,
  guid: (i: number) => `3f2a${String(i).padStart(4, '0')}-9c1b-4e8d-a1b2-c3d4e5f60${String(i).padStart(3, '0')}`,
  otherId: (i: number) => String(900_100 + (i % 5)),
  sequence: (i: number) => String((i % 3) + 1),
  given,
  family,
  infix: (i: number) => pick(INFIXES, i),
  full: (i: number) => `${given(i)} ${family(i)}`,
  lastFirst: (i: number) => `${family(i)}, ${given(i)}`,
  initials: (i: number) => `${given(i).charAt(0)}.`,
  middle: (i: number) => (i % 4 === 0 ? given(i + 9) : ''),
  managerName: (i: number) => `${given(i % 4)} ${family(i % 4)}`,
  managerId: (i: number) => String(10_200 + (i % 4) * 3),
  managerMail: (i: number) => `${plain(given(i % 4))}@korenaar.example`,
  mail: (i: number) => `${plain(given(i))}.${plain(family(i))}@korenaar.example`,
  mailOfSome: (i: number) => (i % 3 === 0 ? '' : `${plain(given(i))}.${plain(family(i))}@korenaar.example`),
  privateMail: (i: number) => `${plain(family(i))}${i}@post.example`,
  upperName: (i: number) => `${given(i).charAt(0)}${plain(family(i))}`.toUpperCase(),
  userName: (i: number) => `${plain(given(i)).charAt(0)}${plain(family(i))}`,
  mobile: (i: number) => `+31 6 ${20_000_000 + i * 137}`,
  mobileDigits: (i: number) => `06${20_000_000 + i * 137}`,
  phone: (i: number) => `030-${2_310_000 + i * 17}`,
  phoneDots: (i: number) => `515.123.${4_100 + i * 7}`,
  phoneUs: (i: number) => `(212) 555-${String(1_000 + i * 7).padStart(4, '0')}`,
  job: (i: number) => pick(JOBS, i),
  jobCode: (i: number) => `F${20 + (i % 8)}`,
  department: (i: number) => pick(DEPARTMENTS, i),
  departmentCode: (i: number) => String(4_100 + (i % 5)),
  site: (i: number) => pick(SITES, i),
  siteCode: (i: number) => `L${10 + (i % 4)}`,
  company: (i: number) => pick(['De Korenaar BV', 'Korenaar Logistiek BV'], i),
  companyCode: (i: number) => pick(['NL01', 'NL02'], i),
  division: (i: number) => pick(['Retail', 'Supply', 'Support'], i),
  costCentre: (i: number) => `CC${3_000 + (i % 6)}`,
  city: (i: number) => pick(['Utrecht', 'Den Bosch', 'Assen', 'Venlo', 'Delft', 'Almere', 'Breda'], i),
  country: (i: number) => pick(['NL', 'DE'], i),
  language: (i: number) => pick(['nl-NL', 'de-DE', 'en-GB'], i),
  languageName: (i: number) => pick(['Dutch', 'German'], i),
  active: (i: number) => (i % 6 === 5 ? 'Inactive' : 'Active'),
  activeUs: (i: number) =>
    pick(['Active', 'Active', 'Voluntarily Terminated', 'Active', 'Terminated for Cause', 'Leave of Absence'], i),
  fullTime: (i: number) => pick(['full_time', 'part_time'], i),
  activeNl: (i: number) => (i % 6 === 5 ? 'Uit dienst' : 'In dienst'),
  activeDe: (i: number) => (i % 6 === 5 ? 'Inaktiv' : 'Aktiv'),
  activeFr: (i: number) => (i % 6 === 5 ? 'Sorti' : 'Actif'),
  activeLetter: (i: number) => pick(['A', 'A', 'A', 'T', 'L'], i),
  trueFalse: (i: number) => (i % 6 === 5 ? 'False' : 'True'),
  yesNo: (i: number) => (i % 6 === 5 ? 'N' : 'Y'),
  no: (i: number) => (i % 6 === 5 ? 'Yes' : 'No'),
  workerType: (i: number) => pick(['Permanent', 'Temporary', 'Intern'], i),
  started: (i: number) => day(i, 2009).join('-'),
  startedNl: (i: number) => [...day(i, 2009)].reverse().join('-'),
  startedDe: (i: number) => [...day(i, 2009)].reverse().join('.'),
  ended: (i: number) => (i % 6 === 5 ? day(i, 2014).join('-') : ''),
  endedNl: (i: number) => (i % 6 === 5 ? [...day(i, 2014)].reverse().join('-') : ''),
  endless: (i: number) => (i % 6 === 5 ? '2024-05-31' : '9999-12-31'),
  born: (i: number) => day(i, 1970).join('-'),
  gender: (i: number) => pick(['F', 'M'], i),
  salutation: (i: number) => pick(['Mr', 'Ms'], i),
  marital: (i: number) => pick(['Married', 'Single'], i),
  money: (i: number) => `${2_300 + i * 11}.50`,
  hours: (i: number) => pick(['38', '32', '24'], i),
  share: (i: number) => pick(['1.0', '0.8', '0.6'], i),
  street: (i: number) => `Molenweg ${i + 3}`,
  postcode: (i: number) => `${3_500 + i} AB`,
  badge: (i: number) => String(70_000 + i * 13),
  secret: (i: number) => String(123_456_782 + i * 9),
  iban: (i: number) => `NL91KORE0${417_164_300 + i}`,
  url: (i: number) => `https://hr.example/p/${i}`,
  note: (i: number) => (i % 5 === 0 ? 'Works on Saturdays only. Prefers the early shift.' : ''),
  level: (i: number) => pick(['standard', 'elevated', 'none'], i),
  number: (i: number) => String(i % 4),
  odd: (i: number) => pick(['T1', 'Y7', 'Q4'], i),
  empty: () => '',
} as const;

export type Column = readonly [header: string, kind: Kind];

/** `Voornaam=given; Achternaam=family`: headers with the kind of their cells. */
export function columnsOf(text: string): readonly Column[] {
  return text
    .split(/;\s*/)
    .map((part) => part.replace(/^\s+/, ''))
    .filter((part) => part.trim() !== '')
    .map((part) => {
      const at = part.lastIndexOf('=');
      const kind = part.slice(at + 1).trim();
      if (!(kind in CELLS)) throw new Error(`No kind "${kind}".`);
      return [part.slice(0, at).replaceAll('\\n', '\n'), kind as Kind];
    });
}

/** The file as an export program writes it. */
export function madeUpFile(columns: readonly Column[], rows = 40, separator = ';'): string {
  const lines = [
    columns.map(([header]) => header),
    ...Array.from({ length: rows }, (_, i) => columns.map(([, kind]) => CELLS[kind](i))),
  ];
  return lines.map((cells) => cells.map((cell) => quoted(cell, separator)).join(separator)).join('\r\n') + '\r\n';
}

function quoted(cell: string, separator: string): string {
  return /["\r\n]/.test(cell) || cell.includes(separator) ? `"${cell.replaceAll('"', '""')}"` : cell;
}
