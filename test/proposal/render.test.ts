import fc from 'fast-check';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { namesIn, type Overview } from '../../src/proposal/overview/overview.js';
import { readOverview } from '../../src/proposal/overview/read-overview.js';
import { profileTable } from '../../src/proposal/profile/profile-columns.js';
import { NothingToPropose, proposeMapping, type ProposalInputs } from '../../src/proposal/propose/propose-mapping.js';
import { decisionOn, type Proposal } from '../../src/proposal/propose/proposal.js';
import { renderMapping } from '../../src/proposal/render/render-mapping.js';
import { HeaderMissing } from '../../src/proposal/table/header-missing.js';
import { compileMapping } from '../../src/sync/mapping/compile.js';
import { parseMapping } from '../../src/sync/mapping/parse.js';
import { aMapping } from '../sync/builders.js';
import { HEADER_SETS } from './header-sets.js';
import { HOSTILE_SETS } from './hostile-sets.js';
import { columnsOf, madeUpFile } from './made-up-file.js';
import { PUBLIC_SETS } from './public-sets.js';

function propose(
  columns: string,
  { rows = 40, ...inputs }: Partial<ProposalInputs> & { readonly rows?: number } = {},
): Proposal {
  const names = inputs.overview ? namesIn(inputs.overview) : [];
  return proposeMapping({ profile: profileTable(madeUpFile(columnsOf(columns), rows), { names }), ...inputs });
}

const BASE = 'Nr=id; First name=given; Last name=family; E-mail=mail; ';

describe('a proposal', () => {
  it('does not depend on the order of the columns', () => {
    const parts =
      'Medewerker=id; Roepnaam=given; Voornaam=given; Achternaam=family; Mail=mail; Mail prive=privateMail; GSM=mobile; Tel=phone; Functie=job; Winkel=site; Regio=division; Afdeling=department; Team=odd; Status=activeNl; Uit dienst=endedNl'.split(
        '; ',
      );
    const plain = ({ decisions, questions, unmapped }: Proposal) => ({
      decisions,
      questions: [...questions].sort((a, b) => (a.text < b.text ? -1 : 1)),
      unmapped: [...unmapped].sort((a, b) => (a.column < b.column ? -1 : 1)),
    });
    const expected = plain(propose(parts.join('; ')));
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        expect(plain(propose(shuffled.join('; ')))).toEqual(expected);
      }),
      { numRuns: 30 },
    );
  });

  it('prefers what is for work, and asks before private addresses are used', () => {
    const both = propose(
      'Nr=id; E-mail private=privateMail; E-mail work=mail; Mobile private=mobile; Phone work=phone',
    );
    expect(decisionOn(both, 'email')).toMatchObject({ choice: { column: 'E-mail work' }, word: 'high' });
    const alone = propose('Nr=id; Home e-mail=privateMail');
    expect(decisionOn(alone, 'email')).toMatchObject({ choice: { column: 'Home e-mail' }, word: 'medium' });
    expect(alone.questions.map(({ text }) => text).join()).toContain('may they be used for the invitation?');
  });

  it('lets cells outvote names, and is then never sure', () => {
    const swapped = propose('Nr=id; E-mail=mobile; Phone=mail');
    expect(decisionOn(swapped, 'email')).toMatchObject({ choice: { column: 'Phone' }, word: 'low' });
    expect(decisionOn(swapped, 'telephoneNumber').word).not.toBe('high');
  });

  it('is not sure of one among rivals, and names the others', () => {
    const { word, reason } = decisionOn(propose('Employee ID=id; Employee number=idPadded'), 'externalId');
    expect(word).toBe('medium');
    expect(reason).toContain('It could as well be');
  });

  it('asks for language tags where names of languages stand, which the network refuses', () => {
    const proposal = propose('Nr=id; Taal=languageName');
    expect(decisionOn(proposal, 'preferredLanguage').word).toBe('low');
    expect(proposal.questions.map(({ text }) => text).join()).toContain('hold language tags (nl-NL)');
    expect(renderMapping(proposal)).toContain('# preferredLanguage: Taal');
  });

  it('says of a whole name that it cannot be taken apart', () => {
    const { questions, decisions } = propose('Nr=id; Full name=full');
    expect(decisionOn({ decisions }, 'familyName').word).toBe('low');
    expect(questions.find(({ target }) => target === 'familyName')?.text).toBeDefined();
    expect(questions.map(({ text }) => text).join()).toContain('which a mapping cannot take apart');
  });

  it('lists every column that is not used, with why', () => {
    const { unmapped } = propose(
      `${BASE}Manager=managerName; Salary=money; Hire date=started; Frobnication=odd; Notes=empty`,
    );
    expect(unmapped).toEqual([
      { column: 'Manager', reason: 'It is about somebody else: a manager, a partner, a person to call.' },
      { column: 'Salary', reason: 'It is about a private matter that no network is told.' },
      { column: 'Hire date', reason: 'Nothing in a network is made of it.' },
      { column: 'Frobnication', reason: 'Its name is not known, and its cells do not say what it is.' },
      { column: 'Notes', reason: 'It is empty in every row.' },
    ]);
  });

  it('follows the labels of a source system where the fields have ids', () => {
    const labels = new Map([
      ['U001', 'Medewerker nummer'],
      ['U002', 'E-mail werk'],
      ['U003', 'E-mail leidinggevende'],
    ]);
    const proposal = propose('U001=id; U002=mail; U003=managerMail', { labels });
    expect(decisionOn(proposal, 'externalId')).toMatchObject({ choice: { column: 'U001' }, word: 'high' });
    expect(decisionOn(proposal, 'email')).toMatchObject({ choice: { column: 'U002' }, word: 'high' });
  });

  it('asks whether people who are away keep their account', () => {
    const proposal = propose('Nr=id; Employee status code=activeLetter');
    expect(decisionOn(proposal, 'active')).toMatchObject({ word: 'medium' });
    expect(proposal.questions.map(({ text }) => text).join('\n')).toContain(
      'keep their account whose "Employee status code" is "L"',
    );
  });

  it('takes an end date for the active rule only where no status stands, never a contract, and never for sure', () => {
    expect(decisionOn(propose('Nr=id; Uit dienst=endedNl; Status=activeNl'), 'active').choice).toMatchObject({
      column: 'Status',
    });
    expect(decisionOn(propose('Nr=id; Uit dienst=endedNl'), 'active')).toMatchObject({
      choice: { column: 'Uit dienst', test: { kind: 'empty' } },
      word: 'medium',
    });
    expect(decisionOn(propose('Nr=id; Einddatum contract=endedNl; Date of birth=born'), 'active').choice).toEqual({
      kind: 'none',
    });
    expect(decisionOn(propose('Nr=id; End date=endless'), 'active').choice).toEqual({ kind: 'none' });
  });

  it('of a file without columns is refused', () => {
    expect(() => proposeMapping({ profile: { columns: [] } })).toThrow(NothingToPropose);
  });
});

describe('an overview', () => {
  const overview: Overview = readOverview(
    'Location;Department\nAmersfoort;Bakery\nTilburg;Bakery\nZwolle;Logistics\nMaastricht;Finance\nMaastricht;Fresh produce\nTilburg;Human Resources\n',
  );

  it('makes certain what name and cells say', () => {
    const proposal = propose(`${BASE}Location=site; Department=department`, { overview });
    expect(decisionOn(proposal, 'businessUnit').word).toBe('high');
    expect(decisionOn(proposal, 'localDepartment').word).toBe('high');
    expect(decisionOn(proposal, 'options.createMissingGroups').choice).toEqual({ kind: 'switch', on: false });
  });

  it('finds a column whose name says nothing', () => {
    const proposal = propose(`${BASE}Custom01=site; Custom02=department`, { overview });
    expect(decisionOn(proposal, 'businessUnit')).toMatchObject({ choice: { column: 'Custom01' }, word: 'medium' });
    expect(decisionOn(proposal, 'department')).toMatchObject({ choice: { column: 'Custom02' }, word: 'medium' });
  });

  it('speaks against a column that holds other names', () => {
    const proposal = propose(`${BASE}Location=company; Custom01=site`, { overview });
    expect(decisionOn(proposal, 'businessUnit')).toMatchObject({ choice: { column: 'Custom01' } });
    expect(decisionOn(propose(`${BASE}Location=company`, { overview }), 'businessUnit').word).toBe('low');
  });

  it('without pairs leaves local departments to be asked about', () => {
    const lists = readOverview(
      'Location\nAmersfoort\nTilburg\nZwolle\nMaastricht\n\nDepartment\nBakery\nLogistics\nFinance\nFresh produce\nHuman Resources\n',
    );
    expect(
      decisionOn(propose(`${BASE}Location=site; Department=department`, { overview: lists }), 'localDepartment').word,
    ).toBe('low');
  });
});

describe('a rendered mapping', () => {
  it('says above each line how sure it is and why, and comments out what is a guess', () => {
    const text = renderMapping(
      propose(
        'Nr=id; Voornaam=given; Achternaam=family; Veld 7=language; Taal=languageName; Winkel=site; E-mail prive=privateMail',
        { rows: 40 },
      ),
    );
    expect(text).toContain(
      '  # high (0.97): The name says a family name, and its cells look like names.\n  familyName: Achternaam\n',
    );
    expect(text).toContain('  email: E-mail prive\n');
    expect(text).toContain('# Question: Only private e-mail addresses');
    expect(text).toContain('# - "Veld 7": Its name is not known');
  });

  it('is the same every time', () => {
    for (const { columns } of HEADER_SETS.slice(0, 5)) {
      const file = madeUpFile(columns);
      expect(renderMapping(proposeMapping({ profile: profileTable(file) }))).toBe(
        renderMapping(proposeMapping({ profile: profileTable(file) })),
      );
    }
  });

  it.each([...HEADER_SETS, ...HOSTILE_SETS, ...PUBLIC_SETS].map((set) => [set.name, set] as const))(
    'is read without problems: %s',
    (_, set) => {
      for (const rows of [1, 2, 40]) {
        const proposal = proposeMapping({ profile: profileTable(madeUpFile(set.columns, rows)) });
        compileMapping(aMapping(renderMapping(proposal)), proposal.columns);
      }
    },
  );

  it('of Woodgrove says what people wrote, but for their exceptions', () => {
    const profile = profileTable(readFileSync(new URL('../../examples/woodgrove/day-1.csv', import.meta.url)));
    const ours = aMapping(renderMapping(proposeMapping({ profile })));
    const theirs = aMapping(readFileSync(new URL('../../examples/woodgrove/mapping.yaml', import.meta.url), 'utf8'));
    const columns = (mapping: typeof ours) =>
      mapping.columns.map(({ field, value }) => [field, value.kind === 'column' && value.column]);
    expect(ours.externalId.column).toBe(theirs.externalId.column);
    expect(ours.active?.source).toBe(theirs.active?.source);
    expect(columns(ours)).toEqual(columns(theirs));
    expect(ours.groups.map(({ group }) => group.kind)).toEqual(
      theirs.groups.slice(0, 3).map(({ group }) => group.kind),
    );
    expect(ours.options).toEqual(theirs.options);
    expect(ours.invitations.map(({ audience }) => audience)).toEqual(
      theirs.invitations.map(({ audience }) => audience),
    );
  });

  it('gives a column that is called like a field of the mapping another name, so that rules can mean it', () => {
    const file = madeUpFile(columnsOf('Personnel number=id; externalId=active; Status=active; Winkel=site'));
    const proposal = proposeMapping({ profile: profileTable(file) });
    const odd: Proposal = {
      ...proposal,
      decisions: proposal.decisions.map((decision) =>
        decision.target === 'active' && decision.choice.kind === 'condition'
          ? { ...decision, choice: { ...decision.choice, column: 'externalId' } }
          : decision,
      ),
    };
    const text = renderMapping(odd);
    expect(text).toContain('active: column.externalId == "Active"');
    compileMapping(aMapping(text), proposal.columns);
  });

  it('is always read, and fits the columns, whatever they are called and hold', () => {
    const kinds = [
      'id',
      'given',
      'full',
      'mail',
      'mobile',
      'active',
      'yesNo',
      'ended',
      'site',
      'department',
      'job',
      'empty',
      'language',
      'infix',
    ] as const;
    const words = fc.constantFrom(
      'Status',
      'Location',
      'Department',
      'E-mail',
      'externalId',
      'email',
      'upn',
      'jobTitle',
      'Uit dienst',
      'Name',
      'and',
      'First name',
      'Active',
      'Function',
      'Team',
    );
    const signs = fc.constantFrom(
      '"',
      "'",
      '\\',
      '{x}',
      ' # ',
      ': ',
      '\n',
      '\t',
      '- ',
      '*',
      '&',
      '!',
      '%',
      '@',
      '`',
      ' [a]',
      ', ',
      '\u2028',
      '\u00a0',
      '\u0085',
      '\u{1f600}',
      '\u0007',
      '>',
      '|',
      '~',
      'ß',
      '?',
    );
    const header = fc
      .array(fc.oneof({ weight: 3, arbitrary: words }, { weight: 2, arbitrary: signs }, fc.string({ maxLength: 4 })), {
        minLength: 1,
        maxLength: 4,
      })
      .map((parts) => parts.join(''));
    fc.assert(
      fc.property(
        fc.array(fc.tuple(header, fc.constantFrom(...kinds)), { minLength: 1, maxLength: 9 }),
        fc.constantFrom(1, 3, 25),
        (columns, rows) => {
          const profile = profiled(madeUpFile(columns, rows, ';'));
          fc.pre(profile !== null && profile.columns.length > 0);
          const proposal = proposeMapping({ profile });
          const text = renderMapping(proposal);
          const parsed = parseMapping(text);
          if ('problems' in parsed) throw new Error(`${JSON.stringify(parsed.problems)}\n${text}`);
          compileMapping(parsed.mapping, proposal.columns);
          expect(parsed.mapping.externalId.column).toBe(columnOf(proposal));
        },
      ),
      { numRuns: 1_000 },
    );
  });
});

/** null for a file that no header can be found in. */
function profiled(file: string) {
  try {
    return profileTable(file);
  } catch (error) {
    if (error instanceof HeaderMissing || (error instanceof Error && /Nothing was changed/.test(error.message)))
      return null;
    throw error;
  }
}

function columnOf(proposal: Proposal): string | null {
  const { choice } = decisionOn(proposal, 'externalId');
  return choice.kind === 'column' ? choice.column : null;
}
