import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { planGroups } from '../../src/proposal/overview/plan-groups.js';
import { readOverview } from '../../src/proposal/overview/read-overview.js';
import type { Overview } from '../../src/proposal/overview/overview.js';
import { groupKey, parentsOf, type GroupRef } from '../../src/sync/group.js';

const names = ({ locations, departments, pairs }: Overview) => ({
  locations: locations.map(({ name }) => name),
  departments: departments.map(({ name }) => name),
  pairs: pairs.map(({ location, department }) => `${location}/${department}`),
});
const texts = ({ findings }: Overview) => findings.map(({ text }) => text).join('\n');

const BOTH = {
  locations: ['Tilburg', 'Zwolle'],
  departments: ['Bakery', 'Finance'],
  pairs: ['Tilburg/Bakery', 'Tilburg/Finance', 'Zwolle/Bakery'],
};

describe('an overview of locations and departments', () => {
  it.each([
    ['one row for each pair', 'Location,Department\nTilburg,Bakery\nTilburg,Finance\nZwolle,Bakery\n'],
    ['the same in German, the other way round', 'Abteilung;Standort\nBakery;Tilburg\nFinance;Tilburg\nBakery;Zwolle\n'],
    ['merged cells', 'Vestiging;Afdeling\nTilburg;Bakery\n;Finance\nZwolle;Bakery\n'],
    ['several departments in one cell', 'Store;Departments\nTilburg;"Bakery; Finance"\nZwolle;Bakery\n'],
    ['several in one cell, on lines of their own', 'Store,Departments\nTilburg,"Bakery\n- Finance"\nZwolle,Bakery\n'],
    [
      'several in one cell, with commas',
      'Store;Departments\nTilburg;Bakery, Finance\nZwolle;Bakery\nZwolle;\nTilburg;Finance\n',
    ],
    ['a matrix with marks', 'Location,Bakery,Finance\nTilburg,x,x\nZwolle,x,\n'],
    ['a matrix the other way round', 'Afdeling;Tilburg;Zwolle\nBakery;ja;ja\nFinance;ja;nee\n'],
    [
      'a title above',
      'Organisation of De Korenaar\n\nLocation,Department\nTilburg,Bakery\nTilburg,Finance\nZwolle,Bakery\n',
    ],
  ])('is read from %s', (_, file) => {
    const { locations, departments, pairs } = names(readOverview(file));
    expect([...locations].sort()).toEqual(BOTH.locations);
    expect([...departments].sort()).toEqual(BOTH.departments);
    expect([...pairs].sort()).toEqual(BOTH.pairs);
  });

  it.each([
    ['two lists side by side', 'Locations,Departments\nTilburg,Bakery\nZwolle,Finance\nVenlo,\n'],
    ['two lists below each other', 'Locations\nTilburg\nZwolle\nVenlo\n\nDepartments\nBakery\nFinance\n'],
    [
      'rows with a type',
      'Type;Name\nLocation;Tilburg\nLocation;Zwolle\nDepartment;Bakery\nVestiging;Venlo\nAfdeling;Finance\n',
    ],
  ])('is read without pairs from %s', (_, file) => {
    expect(names(readOverview(file))).toEqual({
      locations: ['Tilburg', 'Zwolle', 'Venlo'],
      departments: BOTH.departments,
      pairs: [],
    });
  });

  it('may hold locations alone', () => {
    expect(names(readOverview('Filiaal\nTilburg\nZwolle\n'))).toEqual({
      locations: BOTH.locations,
      departments: [],
      pairs: [],
    });
  });

  it('keeps codes beside descriptions, and takes codes for names where there is nothing else', () => {
    const overview = readOverview(
      'Location code;Location;Dept code;Dept description\nL1;Tilburg;10;Bakery\nL2;Zwolle;20;Finance\n',
    );
    expect(overview.locations).toEqual([
      { name: 'Tilburg', code: 'L1' },
      { name: 'Zwolle', code: 'L2' },
    ]);
    expect(overview.departments).toEqual([
      { name: 'Bakery', code: '10' },
      { name: 'Finance', code: '20' },
    ]);
    expect(texts(readOverview('Store number\n101\n102\n'))).toContain('codes and no names');
  });

  it('counts what it found', () => {
    expect(readOverview('Location,Department\nTilburg,Bakery\nZwolle,Bakery\n').findings[0]).toEqual({
      level: 'good',
      column: null,
      text: '2 location(s), 1 department(s) and 2 department(s) at a location were found.',
    });
  });

  it('reports what is written in two ways, and takes it for one only when the network would', () => {
    const overview = readOverview(
      'Location,Department\nAmsterdam ,Bakery\namsterdam,Finance\nAmsterdm,Bakery\nCafé 1,Bakery\nCafe 1,Bakery\nStore 12,x\nStore 13,x\n',
    );
    expect(names(overview).locations).toEqual(['Amsterdam', 'Amsterdm', 'Café 1', 'Cafe 1', 'Store 12', 'Store 13']);
    expect(names(overview).pairs).toContain('Amsterdam/Finance');
    expect(texts(overview)).toContain('"Amsterdam" and "amsterdam" are taken for one location');
    expect(texts(overview)).toContain('"Amsterdam" and "Amsterdm" are nearly the same');
    expect(texts(overview)).toContain('"Café 1" and "Cafe 1" are nearly the same');
    expect(texts(overview)).not.toContain('Store 1');
  });

  it('does not take a comma in a name for two names', () => {
    expect(names(readOverview('Department\n"Finance, Legal"\nBakery\n')).departments).toEqual([
      'Finance, Legal',
      'Bakery',
    ]);
  });

  it('leaves totals out, and says which columns it did not use', () => {
    const overview = readOverview('Location;Headcount\nTilburg;12\nTotaal;12\n');
    expect(names(overview).locations).toEqual(['Tilburg']);
    expect(overview.findings).toContainEqual({ level: 'look', column: 'Headcount', text: 'This column was not used.' });
  });

  it.each([
    ['a workbook', Buffer.from([0x50, 0x4b, 0x03, 0x04, 20, 0]), 'Excel workbook'],
    ['an empty file', Buffer.from('\n\n'), 'empty'],
    ['columns of other things', Buffer.from('Colour,Size\nred,1\n'), 'No column is called location or department'],
    ['an open quote', Buffer.from('Location\n"Tilburg\n'), 'quote'],
  ])('that is %s becomes a finding and throws nothing', (_, file, text) => {
    const overview = readOverview(file);
    expect(overview).toMatchObject({ locations: [], departments: [], pairs: [] });
    expect(overview.findings[0]?.level).toBe('wrong');
    expect(texts(overview)).toContain(text);
  });
});

describe('planned groups', () => {
  const overview = readOverview('Location,Department\nTilburg,Bakery\nTilburg,Finance\nZwolle,Bakery\n');

  it('are business units, departments and local departments, in this order', () => {
    expect(planGroups(overview, []).map(groupKey)).toEqual([
      'business_unit:tilburg',
      'business_unit:zwolle',
      'department:bakery',
      'department:finance',
      'local_department:tilburg/bakery',
      'local_department:tilburg/finance',
      'local_department:zwolle/bakery',
    ]);
  });

  it('leave out what the network has, whatever its case', () => {
    const existing: readonly GroupRef[] = [
      { kind: 'business_unit', name: 'TILBURG' },
      { kind: 'local_department', businessUnit: 'Tilburg', department: 'bakery' },
      { kind: 'topic', name: 'Zwolle' },
    ];
    const planned = planGroups(overview, existing).map(groupKey);
    expect(planned).not.toContain('business_unit:tilburg');
    expect(planned).not.toContain('local_department:tilburg/bakery');
    expect(planned).toHaveLength(5);
    expect(planGroups(overview, [...existing, ...planGroups(overview, existing)])).toEqual([]);
  });

  it('have their parents before them, and none twice', () => {
    const name = fc.stringMatching(/^[A-Za-z ]{1,6}$/).filter((text) => text.trim() !== '');
    const rows = fc.array(fc.tuple(name, name), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(rows, (pairs) => {
        const file = ['Location;Department', ...pairs.map((pair) => pair.join(';'))].join('\n');
        const planned = planGroups(readOverview(file), []);
        const keys = planned.map(groupKey);
        expect(new Set(keys).size).toBe(keys.length);
        for (const [index, group] of planned.entries()) {
          for (const parent of parentsOf(group)) expect(keys.slice(0, index)).toContain(groupKey(parent));
        }
      }),
    );
  });
});
