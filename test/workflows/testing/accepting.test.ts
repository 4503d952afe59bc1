import { describe, expect, it } from 'vitest';
import {
  acceptingOf,
  isAccept,
  objectionToOpen,
  objectionToUnknown,
} from '../../../src/workflows/testing/accepting.js';

const THERE = ['Location+JobTitle', 'Department', 'Location+Department+Language'];

describe('accepting by name what still points to few people', () => {
  it('takes names in any case, with blanks, and with the columns in any order', () => {
    const { accepted, open } = acceptingOf(['jobtitle + LOCATION', 'department'], THERE);
    expect(accepted).toEqual(['Location+JobTitle', 'Department']);
    expect(open).toEqual(['Location+Department+Language']);
  });

  it('takes "all" for every one of them', () => {
    expect(acceptingOf('all', THERE)).toEqual({ accepted: THERE, open: [], unknown: [] });
    expect(acceptingOf(['All'], THERE).open).toEqual([]);
  });

  it('objects to what is left open, and lists it', () => {
    expect(objectionToOpen(acceptingOf('Department', THERE))).toContain(
      'accepts: "Location+JobTitle", "Location+Department+Language". Add each to "accept", or "all".',
    );
    expect(objectionToOpen(acceptingOf(undefined, []))).toBeNull();
    const many = Array.from({ length: 20 }, (_, index) => `Column${index}`);
    expect(objectionToOpen(acceptingOf(undefined, many))).toContain('"Column7", and 12 more');
  });

  it('objects to names that nobody reported', () => {
    expect(objectionToUnknown(acceptingOf(['Departmant'], THERE), THERE)).toContain('that the report does not list');
    expect(objectionToUnknown(acceptingOf(['Department'], []), [])).toContain('There is nothing to accept');
    expect(objectionToUnknown(acceptingOf('all', []), [])).toBeNull();
  });

  it('can be read when it is "all", a name, or a list of names', () => {
    expect([isAccept('all'), isAccept(['A+B']), isAccept([1]), isAccept(7), isAccept({})]).toEqual([
      ...[true, true, false, false, false],
    ]);
  });
});
