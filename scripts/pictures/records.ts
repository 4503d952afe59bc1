import type { CustomerFiles } from '../../test/support/course.js';

const PLACES = ['Amersfoort', 'Breda', 'Delft', 'Groningen', 'Head office'];
const DEPARTMENTS = ['Bakery', 'Shop', 'Logistics', 'Finance'];
const FIRST = ['Anna', 'Bram', 'Chris', 'Daan', 'Eva', 'Fleur', 'Gijs', 'Hanna', 'Iris', 'Joris'];
const LAST = ['Bakker', 'de Boer', 'Dijkstra', 'Jansen', 'Kok', 'Meijer', 'Mulder', 'Smit', 'Visser', 'de Wit'];
const HEADER = 'Personnel number;First name;Last name;E-mail;Job title;Location;Department;Start date;Status';

/** What a made-up bakery hands over: an example of two rows, its overview, and a record of sixty people. */
export const BAKERY: CustomerFiles = {
  example: rows(2),
  overview: [
    'Location;Department',
    ...PLACES.flatMap((place) => DEPARTMENTS.map((department) => `${place};${department}`)),
  ].join('\r\n'),
  record: rows(60),
};

function rows(count: number): string {
  return [HEADER, ...Array.from({ length: count }, (_, index) => row(index)), ''].join('\r\n');
}

function row(index: number): string {
  const first = pick(FIRST, index);
  const last = pick(LAST, index * 3 + Math.floor(index / 10));
  return [
    String(10_001 + index).padStart(7, '0'),
    ...[first, last, `${first}.${last}.${index}@korenaar.example`.replaceAll(' ', '').toLowerCase()],
    index % 12 === 0 ? 'Store manager' : 'Employee',
    ...[pick(PLACES, index), pick(DEPARTMENTS, Math.floor(index / 2))],
    `20${String(10 + (index % 15)).padStart(2, '0')}-0${1 + (index % 9)}-01`,
    index % 20 === 19 ? 'Left' : 'Active',
  ].join(';');
}

function pick(values: readonly string[], index: number): string {
  return values[index % values.length] ?? '';
}
