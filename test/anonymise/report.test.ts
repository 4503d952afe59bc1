import { describe, expect, it } from 'vitest';
import { planDisguise } from '../../src/anonymise/plan/plan.js';
import { createScan } from '../../src/anonymise/report/scan.js';
import { singledOut } from '../../src/anonymise/report/singled-out.js';
import { aMapping } from '../sync/builders.js';

const scan = await createScan([
  { id: 'P-0042', emails: ['Jan@Shop.example'], phones: ['06-12 34 56 78'], names: ['Jürgen', 'van der', 'Bérg'] },
  { id: '0004711', emails: [''], phones: ['12'], names: ['Ann', '', 'Baker'] },
]);
const kinds = (text: string) => scan.find(text).map(({ kind }) => kind);

describe('the scan for real people', () => {
  it('finds addresses in any case and surroundings', () => {
    expect(kinds('to: <JAN@shop.EXAMPLE>.')).toEqual(['e-mail']);
    expect(kinds('jan@shop.example2 xjan@shop.example')).toEqual([]);
  });

  it('finds numbers however they are written', () => {
    for (const number of ['0612345678', '+31 6 1234 5678', '0031(0)612345678', '7 06-12345678']) {
      expect(kinds(`call ${number} now`)).toEqual(['phone']);
    }
    expect(kinds('06123456789')).toEqual([]);
    expect(kinds('12')).toEqual([]);
  });

  it('finds full names without regard to case, accents and order', () => {
    expect(kinds('JURGEN VAN DER BERG was here')).toEqual(['full name']);
    expect(kinds('{"given":"Jürgen","family":"Bérg"}')).toEqual([]);
    expect(kinds('Berg, Jürgen; Baker, Ann')).toEqual(['full name']);
    expect(kinds('Jürgen Bakker and Ann Berg')).toEqual([]);
  });

  it('finds an id only near the name of its owner', () => {
    expect(kinds('0004711;x;Baker')).toEqual(['id with name']);
    expect(kinds('P-0042 Berg')).toEqual(['id with name']);
    expect(kinds('0004711;x;Berg')).toEqual([]);
    expect(kinds('0004711')).toEqual([]);
  });

  it('finds an id near the given name of its owner, as it is written', () => {
    expect(kinds('0004711;x;Ann')).toEqual(['id with name']);
    expect(kinds('{"id":"P-0042","first":"Jürgen"}')).toEqual(['id with name']);
    // In small letters it is a word of any text, and of somebody else it says nothing.
    expect(kinds('0004711;ann')).toEqual([]);
    expect(kinds('0004711;Jürgen')).toEqual([]);
    expect(kinds('P-0042 van der')).toEqual([]);
  });

  it('says nothing of words that stand in a test by right beside an id that is somebody else there', async () => {
    const people = [
      { id: '0004711', emails: [], phones: [], names: ['Ann', 'Baker'] },
      { id: '0004712', emails: [], phones: [], names: ['Berkenhof'] },
    ];
    const { find } = await createScan(people, { ordinary: ['Baker', 'Anna Paulowna', 'Berkenhof'] });
    expect(find('0004711;Baker;Anna Paulowna')).toEqual([]);
    expect(find('0004712;Berkenhof')).toEqual([]);
    expect(find('0004711;Ann').map(({ kind }) => kind)).toEqual(['id with name']);
    expect(find('Ann Baker').map(({ kind }) => kind)).toEqual(['full name']);
  });

  it('takes no digits of an id that a program made for a telephone number, and finds the number beside it', async () => {
    const { find } = await createScan([{ id: '1', emails: [], phones: ['0612345678'], names: [] }]);
    const ids = ['a612345678000000', '00f0612345678abc', 'd2f0612345678a9b00ff00ff00ff00ff', '0000612345678abc1'];
    const uuid = 'ab612345-6780-4000-8000-000612345678';
    for (const id of [...ids, uuid]) {
      expect(find(`(x,${id},y)`), id).toEqual([]);
      expect(
        find(`(x,${id},06-12345678)`).map(({ kind }) => kind),
        id,
      ).toEqual(['phone']);
    }
    // What is no such id is no excuse.
    for (const text of ['+31612345678', 'a612345678', 'tel0612345678', 'z612345678000000z0612345678']) {
      expect(
        find(text).map(({ kind }) => kind),
        text,
      ).toEqual(['phone']);
    }
  });

  it('finds in pieces what it finds as a whole, once, and says where', () => {
    const filling = 'nothing of anybody stands here. '.repeat(300);
    const text = `${filling}jan@shop.example ${filling}Ann Baker ${filling}`;
    for (const size of [1_000, 4_097, 7]) {
      const stream = scan.stream();
      const found = [];
      for (let at = 0; at < text.length; at += size) found.push(...stream.next(text.slice(at, at + size)));
      found.push(...stream.end());
      expect(found).toEqual(scan.find(text));
    }
    expect(scan.find(text)).toEqual([
      { kind: 'e-mail', at: filling.length },
      { kind: 'full name', at: 2 * filling.length + 17 },
    ]);
  });
});

const MAPPING = aMapping(`
format: 1
externalId: Id
columns: { givenName: First, jobTitle: Job }
groups:
  - businessUnit: { column: Store }
  - topic: { name: Part time }
    when: Hours < 20
options: { allowEmptyEmail: true, createMissingGroups: true }
`);
const plan = planDisguise(MAPPING, ['Id', 'First', 'Job', 'Store', 'Hours']);

describe('the report on who could still be found', () => {
  const crowd = Array.from({ length: 40 }, (_, index) => ({
    ...{
      Id: String(index),
      First: 'A',
      Job: 'Baker',
      Store: index % 2 === 0 ? 'North' : 'South',
      Hours: index < 20 ? '38' : '16',
    },
  }));

  it('says nothing where everybody is one of many', async () => {
    expect(await singledOut(() => crowd, plan)).toEqual([]);
  });

  it('names each smallest combination, whom it is about, and what to do', async () => {
    const rows = [...crowd, { Id: '100', First: 'B', Job: 'Director', Store: 'North', Hours: '38' }];
    expect(await singledOut(() => rows, plan)).toEqual([
      { columns: ['Job'], combinations: 1, people: 1, proposal: 'drop' },
    ]);
    const pair = [...crowd, { Id: '101', First: 'B', Job: 'Baker', Store: 'West', Hours: '16' }];
    expect(await singledOut(() => pair, plan)).toEqual([
      { columns: ['Store'], combinations: 1, people: 1, proposal: 'merge' },
    ]);
  });

  it('finds two columns that only together point to somebody, and counts rows of one person once', async () => {
    const rows = crowd.map((row) => ({ ...row, Job: Number(row.Id) < 3 || Number(row.Id) > 30 ? 'Chef' : 'Baker' }));
    const found = await singledOut(() => rows, plan);
    expect(found.map(({ columns }) => columns)).toContainEqual(['Job', 'Hours']);
    const several = [
      ...crowd,
      ...Array.from({ length: 9 }, () => ({ Id: '7', First: 'A', Job: 'Chef', Store: 'North', Hours: '38' })),
    ];
    expect((await singledOut(() => several, plan))[0]).toMatchObject({ columns: ['Job'], people: 1 });
  });

  it('takes k from its caller', async () => {
    expect((await singledOut(() => crowd, plan, { k: 21 })).length).toBeGreaterThan(0);
  });
});
