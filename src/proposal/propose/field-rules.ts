import type { Profile } from '../../sync/person.js';
import type { Concept } from '../names/concepts.js';
import { shareOf, type ColumnProfile } from '../profile/profile.js';
import { says, type Described } from './described.js';
import {
  fitsEmail,
  fitsFamilyName,
  fitsGivenName,
  fitsId,
  fitsInfix,
  fitsJobTitle,
  fitsLanguage,
  fitsName,
  fitsPhone,
  fitsUpn,
  type Fit,
} from './fits.js';

/** What makes a column a field. */
export interface FieldRule {
  readonly field: PersonField;
  /** What it is called in a sentence. */
  readonly called: string;
  /** Concepts that could be this field, with how well each is, 0 to 1. */
  readonly concepts: Readonly<Partial<Record<Concept, number>>>;
  readonly fits: (column: ColumnProfile, concept: Concept | null) => Fit;
  /** Which of several columns of one concept is meant: a factor of 0 to 1 with a remark, the first that applies. */
  readonly preferences: readonly Preference[];
  /** How sure it is when only the cells speak, 0 to 1; 0 when they never can. */
  readonly byCellsAlone: (column: ColumnProfile) => number;
}

export interface Preference {
  readonly applies: (described: Described) => boolean;
  readonly factor: number;
  readonly remark?: string;
}

export type PersonField = 'externalId' | keyof Profile;

const isPrivate = (each: Described) => says(each, 'PRIVATE', 'PERSONAL');
const isSecond = (each: Described) => says(each, 'SECOND');
const isAtWork = (each: Described) => says(each, 'WORK', 'COMPANY', 'OFFICE', 'LEGAL');
/** "Contact phone" may be whom to call in an emergency. */
const isContact = (each: Described) => says(each, 'CONTACT') && !isAtWork(each) && !isPrivate(each);
const never = () => 0;

export const FIELD_RULES: readonly FieldRule[] = [
  {
    field: 'externalId',
    called: 'the id of an employee',
    concepts: { employeeId: 1 },
    fits: fitsId,
    preferences: [{ applies: isSecond, factor: 0.7 }],
    byCellsAlone: (column) => (column.rows >= 5 && column.repeats === 0 && shareOf(column, 'email') === 0 ? 0.45 : 0),
  },
  {
    field: 'email',
    called: 'an e-mail address',
    concepts: { email: 1, upn: 0.4 },
    fits: fitsEmail,
    preferences: [
      { applies: isSecond, factor: 0.6 },
      { applies: isContact, factor: 0.82, remark: 'it may be the address of somebody else' },
      { applies: isPrivate, factor: 0.72, remark: 'it is a private address' },
      { applies: isAtWork, factor: 1, remark: 'it is the one at work' },
      { applies: () => true, factor: 0.95 },
    ],
    byCellsAlone: (column) => (shareOf(column, 'email') >= 0.8 ? 0.6 : 0),
  },
  {
    field: 'upn',
    called: 'the user principal name',
    concepts: { upn: 1, userName: 0.6 },
    fits: fitsUpn,
    preferences: [],
    byCellsAlone: never,
  },
  {
    field: 'telephoneNumber',
    called: 'a telephone number',
    concepts: { phone: 1 },
    fits: fitsPhone,
    preferences: [
      { applies: isSecond, factor: 0.6 },
      { applies: isContact, factor: 0.82, remark: 'it may be the number of somebody else' },
      { applies: (each) => isPrivate(each) && says(each, 'MOBILE'), factor: 0.75, remark: 'it is a private number' },
      { applies: isPrivate, factor: 0.62, remark: 'it is a private number' },
      { applies: (each) => isAtWork(each) && says(each, 'MOBILE'), factor: 1, remark: 'it is a mobile number at work' },
      { applies: (each) => says(each, 'MOBILE'), factor: 0.97, remark: 'it is a mobile number' },
      { applies: () => true, factor: 0.92 },
    ],
    byCellsAlone: (column) => {
      if (shareOf(column, 'phone') >= 0.8) return 0.56;
      return shareOf(column, 'phoneDigits') >= 0.8 && shareOf(column, 'leadingZeros') >= 0.8 ? 0.5 : 0;
    },
  },
  {
    field: 'givenName',
    called: 'a given name',
    concepts: { callingName: 1, givenName: 0.97 },
    fits: fitsGivenName,
    preferences: [
      { applies: isSecond, factor: 0.6 },
      { applies: (each) => says(each, 'LEGAL'), factor: 0.93, remark: 'it is the official one' },
    ],
    byCellsAlone: (column) => (shareOf(column, 'givenName') >= 0.5 && shareOf(column, 'fullName') < 0.3 ? 0.5 : 0),
  },
  {
    field: 'infix',
    called: 'the infix of a name',
    concepts: { infix: 1 },
    fits: fitsInfix,
    preferences: [],
    byCellsAlone: (column) => (shareOf(column, 'particle') >= 0.8 && shareOf(column, 'code') < 0.5 ? 0.56 : 0),
  },
  {
    field: 'familyName',
    called: 'a family name',
    concepts: { familyName: 1, birthName: 0.75, fullName: 0.4 },
    // Where only whole names are delivered, their column is asked about as a whole.
    fits: (column, concept) => (concept === 'fullName' ? fitsName(column) : fitsFamilyName(column)),
    preferences: [
      { applies: isSecond, factor: 0.6 },
      { applies: (each) => says(each, 'LEGAL'), factor: 0.93, remark: 'it is the official one' },
    ],
    byCellsAlone: never,
  },
  {
    field: 'jobTitle',
    called: 'a job title',
    concepts: { jobTitle: 1, jobCode: 0.5 },
    fits: fitsJobTitle,
    preferences: [
      { applies: isSecond, factor: 0.6 },
      { applies: (each) => says(each, 'TITLE', 'DESCRIPTION', 'NAME'), factor: 1 },
      { applies: () => true, factor: 0.95 },
    ],
    byCellsAlone: never,
  },
  {
    field: 'preferredLanguage',
    called: 'a language',
    concepts: { language: 1 },
    fits: fitsLanguage,
    preferences: [
      // The network refuses "Dutch", so such a column is asked about and not mapped.
      { applies: ({ column }) => shareOf(column, 'languageName') > 0.5, factor: 0.5 },
      { applies: isSecond, factor: 0.6 },
    ],
    byCellsAlone: never,
  },
];
