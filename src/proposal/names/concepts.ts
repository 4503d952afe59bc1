import type { Meaning } from './meanings.js';

/** What a column holds, by its name. */
export type Concept =
  | 'employeeId'
  | 'employee'
  | 'givenName'
  | 'callingName'
  | 'familyName'
  | 'birthName'
  | 'fullName'
  | 'name'
  | 'infix'
  | 'prefix'
  | 'title'
  | 'jobTitle'
  | 'jobCode'
  | 'email'
  | 'phone'
  | 'language'
  | 'upn'
  | 'userName'
  | 'status'
  | 'inactive'
  | 'endDate'
  | 'location'
  | 'businessUnit'
  | 'region'
  | 'city'
  | 'country'
  | 'department'
  | 'orgUnit'
  | 'team'
  | 'division'
  | 'company'
  | 'costCentre'
  | 'workerType'
  /** About a manager, a partner, somebody to call: never this employee. */
  | 'otherPerson'
  /** Birth, gender, salary, bank ...: what a network is never told. */
  | 'sensitive'
  /** Understood, and of no use to the mapping. */
  | 'other';

/** A name is about `concept` when it holds all of `all`; `may` are words that change nothing of this. */
export interface ConceptRule {
  readonly concept: Concept;
  readonly all: readonly Meaning[];
  readonly may?: readonly Meaning[];
  /** How well such a name says it, 1 by default: an "employee number" is more of an id than a "user id". */
  readonly rank?: number;
}

const WHOSE: readonly Meaning[] = ['EMPLOYEE', 'PERSON', 'USER', 'MAIN'];
const REACH: readonly Meaning[] = [
  ...WHOSE,
  'PERSONAL',
  'PRIVATE',
  'WORK',
  'COMPANY',
  'OFFICE',
  'CONTACT',
  'SECOND',
  'EMPLOYMENT',
];
const NAMES: readonly Meaning[] = [...WHOSE, 'NAME', 'LEGAL'];
const UNIT: readonly Meaning[] = [
  ...WHOSE,
  ...(['NAME', 'DESCRIPTION', 'CODE', 'ID', 'NUMBER', 'WORK', 'EMPLOYMENT', 'EXTERNAL', 'TITLE'] as const),
];
/** ADP and UKG call the department that pays somebody the home department. */
const HOME_UNIT: readonly Meaning[] = [...UNIT, 'PRIVATE'];
const ID_OF: readonly Meaning[] = [
  ...WHOSE,
  'PERSONAL',
  'EXTERNAL',
  'PAYROLL',
  'NUMBER',
  'ID',
  'CODE',
  'EMPLOYMENT',
  'COMPANY',
  'WORK',
];

/** The first rule that fits counts, so what excludes a column stands before what a column could be used for. */
export const CONCEPT_RULES: readonly ConceptRule[] = [
  { concept: 'otherPerson', all: ['OTHER_PERSON'] },
  { concept: 'other', all: ['OTHER_TIME'] },
  { concept: 'sensitive', all: ['SENSITIVE'] },
  { concept: 'email', all: ['EMAIL'], may: [...REACH, 'ADDRESS', 'LEGAL'] },
  { concept: 'upn', all: ['UPN'], may: [...WHOSE, 'NAME', 'LOGIN', 'ID'] },
  { concept: 'phone', all: ['MOBILE'], may: [...REACH, 'PHONE', 'NUMBER'] },
  { concept: 'phone', all: ['PHONE'], may: [...REACH, 'NUMBER', 'LANDLINE'] },
  { concept: 'phone', all: ['LANDLINE', 'NUMBER'], may: REACH, rank: 0.8 },
  { concept: 'phone', all: ['CONTACT', 'NUMBER'], may: REACH, rank: 0.85 },
  { concept: 'language', all: ['LANGUAGE'], may: [...REACH, 'CODE', 'CALLING', 'ID', 'DESCRIPTION'] },
  { concept: 'infix', all: ['INFIX'], may: [...NAMES, 'LAST'] },
  { concept: 'infix', all: ['INFIX', 'BIRTH'], may: [...NAMES, 'LAST'], rank: 0.85 },
  { concept: 'birthName', all: ['BIRTH', 'NAME'], may: [...NAMES, 'LAST'] },
  { concept: 'sensitive', all: ['BIRTH'] },
  { concept: 'endDate', all: ['END'], may: [...WHOSE, 'DATE', 'EMPLOYMENT', 'COMPANY', 'WORK'] },
  { concept: 'endDate', all: ['ABSENCE', 'DATE'], may: WHOSE, rank: 0.7 },
  { concept: 'other', all: ['DATE'] },
  { concept: 'other', all: ['OTHER'] },
  { concept: 'other', all: ['LEVEL'] },
  { concept: 'other', all: ['INITIALS'] },
  { concept: 'other', all: ['MIDDLE'] },
  { concept: 'title', all: ['SALUTATION'], rank: 0 },
  { concept: 'prefix', all: ['PREFIX'], may: [...NAMES, 'LAST'] },
  { concept: 'familyName', all: ['CALLING', 'LAST'], may: NAMES },
  { concept: 'fullName', all: ['FULL', 'NAME'], may: [...NAMES, 'CALLING'] },
  { concept: 'fullName', all: ['FIRST', 'LAST'], may: NAMES },
  { concept: 'callingName', all: ['CALLING', 'FIRST'], may: NAMES },
  { concept: 'callingName', all: ['CALLING', 'NAME'], may: NAMES },
  { concept: 'givenName', all: ['FIRST'], may: NAMES },
  { concept: 'familyName', all: ['LAST'], may: NAMES },
  { concept: 'userName', all: ['USER', 'NAME'], may: ['LOGIN', 'EMPLOYEE'] },
  { concept: 'userName', all: ['LOGIN'], may: [...WHOSE, 'NAME', 'ID'] },
  {
    concept: 'status',
    all: ['STATUS'],
    may: [...WHOSE, 'ACTIVE', 'EMPLOYMENT', 'CODE', 'DESCRIPTION', 'NAME', 'WORK', 'PERSONAL'],
  },
  { concept: 'status', all: ['STATUS', 'JOB'], may: [...WHOSE, 'CODE', 'DESCRIPTION'], rank: 0.85 },
  { concept: 'status', all: ['ACTIVE'], may: [...WHOSE, 'EMPLOYMENT', 'CODE'], rank: 0.97 },
  { concept: 'inactive', all: ['INACTIVE'], may: [...WHOSE, 'EMPLOYMENT'] },
  { concept: 'other', all: ['ABSENCE'] },
  { concept: 'other', all: ['START'] },
  {
    concept: 'workerType',
    all: ['TYPE', 'EMPLOYEE'],
    may: [...WHOSE, 'CODE', 'DESCRIPTION', 'NAME', 'CONTRACT', 'EMPLOYMENT'],
  },
  { concept: 'workerType', all: ['TYPE', 'EMPLOYMENT'], may: [...WHOSE, 'CODE', 'DESCRIPTION', 'CONTRACT'] },
  { concept: 'workerType', all: ['TYPE', 'CONTRACT'], may: ['CODE', 'DESCRIPTION'] },
  { concept: 'other', all: ['TYPE'], may: ['CODE', 'DESCRIPTION', 'NAME'] },
  { concept: 'other', all: ['CONTRACT'] },
  { concept: 'jobCode', all: ['JOB', 'ID'], may: [...UNIT, 'TITLE'] },
  { concept: 'jobCode', all: ['JOB', 'CODE'], may: [...UNIT, 'TITLE'] },
  { concept: 'jobCode', all: ['JOB', 'NUMBER'], may: [...UNIT, 'TITLE'] },
  {
    concept: 'jobTitle',
    all: ['JOB'],
    may: [...WHOSE, 'TITLE', 'NAME', 'DESCRIPTION', 'WORK', 'EMPLOYMENT', 'CALLING'],
  },
  { concept: 'jobTitle', all: ['TITLE', 'WORK'], may: WHOSE },
  { concept: 'jobTitle', all: ['ROLE'], may: [...WHOSE, 'TITLE', 'NAME', 'DESCRIPTION', 'WORK', 'JOB'], rank: 0.85 },
  { concept: 'location', all: ['LOCATION'], may: [...UNIT, 'OFFICE', 'COMPANY'] },
  { concept: 'location', all: ['OFFICE'], may: UNIT, rank: 0.95 },
  { concept: 'location', all: ['CITY', 'WORK'], may: UNIT, rank: 0.9 },
  { concept: 'businessUnit', all: ['BUSINESS_UNIT'], may: UNIT },
  { concept: 'department', all: ['DEPARTMENT'], may: HOME_UNIT },
  { concept: 'costCentre', all: ['COST_CENTRE'], may: HOME_UNIT },
  { concept: 'team', all: ['TEAM'], may: UNIT },
  { concept: 'division', all: ['DIVISION'], may: UNIT },
  { concept: 'orgUnit', all: ['ORG_UNIT'], may: UNIT },
  { concept: 'company', all: ['COMPANY'], may: UNIT },
  { concept: 'region', all: ['REGION'], may: UNIT },
  { concept: 'country', all: ['COUNTRY'], may: UNIT },
  { concept: 'city', all: ['CITY'], may: UNIT },
  { concept: 'other', all: ['ADDRESS'] },
  // In Belgium a "dienst" is a department; elsewhere the word says that something is for work.
  { concept: 'department', all: ['WORK'], may: ['NAME', 'DESCRIPTION'], rank: 0.55 },
  { concept: 'title', all: ['TITLE'], may: WHOSE },
  { concept: 'employeeId', all: ['EMPLOYEE', 'NUMBER'], may: ID_OF },
  { concept: 'employeeId', all: ['EMPLOYEE', 'ID'], may: ID_OF },
  { concept: 'employeeId', all: ['EMPLOYEE', 'CODE'], may: ID_OF, rank: 0.93 },
  { concept: 'employeeId', all: ['PERSONAL', 'NUMBER'], may: ID_OF, rank: 0.87 },
  { concept: 'employeeId', all: ['PAYROLL', 'NUMBER'], may: ID_OF, rank: 0.85 },
  { concept: 'employeeId', all: ['PERSON', 'NUMBER'], may: ID_OF, rank: 0.92 },
  { concept: 'employeeId', all: ['PERSON', 'ID'], may: ID_OF, rank: 0.92 },
  { concept: 'employeeId', all: ['PERSONAL', 'ID'], may: ID_OF, rank: 0.85 },
  { concept: 'employeeId', all: ['EXTERNAL', 'ID'], may: ID_OF, rank: 0.9 },
  { concept: 'employeeId', all: ['USER', 'ID'], may: ID_OF, rank: 0.72 },
  { concept: 'employeeId', all: ['ID'], may: ['NUMBER', 'CODE'], rank: 0.85 },
  { concept: 'employeeId', all: ['NUMBER'], may: ['CODE'], rank: 0.75 },
  { concept: 'fullName', all: ['EMPLOYEE', 'NAME'], may: NAMES, rank: 0.95 },
  { concept: 'fullName', all: ['PERSON', 'NAME'], may: NAMES, rank: 0.9 },
  { concept: 'name', all: ['NAME'], may: NAMES },
  { concept: 'employee', all: ['EMPLOYEE'], may: WHOSE },
];
