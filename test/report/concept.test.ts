import { describe, expect, it } from 'vitest';
import { renderConcept, type Concept, type ConceptInput } from '../../src/report/concept/concept.js';
import { unknownLines, type ConceptLine } from '../../src/report/concept/lines.js';
import { EffectGatherer } from '../../src/sync/effect/gather.js';
import { aCompiledMapping, aRecord, KORENAAR } from '../sync/builders.js';

const COLUMNS = ['Id', 'Status', 'First', 'Last', 'Job', 'Mail', 'Store', 'Department', 'Shoe size'];
const EXCEPTIONS = 'exceptions:\n  - externalIds: ["00047"]\n    leaveAlone: true\n    comment: the owner\n';

function concept(text = KORENAAR, input: Partial<ConceptInput> = {}): Concept {
  const compiled = aCompiledMapping(text);
  const gatherer = new EffectGatherer(compiled);
  const people = [{ Job: 'Baker' }, { Job: 'Manager', Mail: '' }, { Status: 'Gone' }, { Store: '' }];
  for (const [index, fields] of people.entries()) {
    const record = aRecord({ Id: `p${index}`, First: 'Secretive', Last: 'Secretive', ...fields }, index + 2);
    gatherer.add(record.xid, [record]);
  }
  return renderConcept({
    ...{ customerName: 'De Korenaar', version: 3, iteration: 1, date: '2 December 2026' },
    ...{ mapping: compiled.mapping, effect: gatherer.result(), columns: COLUMNS, previous: null },
    ...{ comments: [], questions: [] },
    ...input,
  });
}

const idOf = (lines: readonly ConceptLine[], part: string): string => {
  const found = lines.filter(({ text, change }) => change !== 'removed' && text.includes(part));
  if (found.length !== 1) throw new Error(`${found.length} lines hold "${part}".`);
  return found[0]?.id ?? '';
};

describe('a concept', () => {
  const { markdown, html, lines } = concept(KORENAAR + EXCEPTIONS, {
    questions: [{ id: 'Q1', text: 'Is head office a shop?' }],
  });

  it('tells every rule with its id and what it does', () => {
    expect(lines.map(({ id }) => id).filter((id) => !id.startsWith('O'))).toEqual([
      ...['C1', 'C2', 'C3', 'C4', 'C5', 'C6', 'C7', 'G1', 'G2', 'G3', 'G4', 'I1', 'I2', 'R1', 'R2', 'R3', 'E1'],
    ]);
    for (const { id } of lines) {
      expect(markdown).toContain(`- **${id}** `);
      expect(html).toContain(`<li id="${id}">`);
    }
    expect(markdown).toContain('- **G4** Into the topic group "Bakers", when the job title is "Baker". *1 person*');
    expect(markdown).toContain('- **C7** Not used: ‘Shoe size’.');
    expect(markdown).toContain(
      '- **R1** Becomes administrator in the network, when the job title is "CEO". *nobody in this record*',
    );
  });

  it('has the sections of the timeline in order', () => {
    expect([...markdown.matchAll(/^## (.+)$/gm)].map(([, title]) => title)).toEqual([
      'What every column becomes',
      'Who takes part, and what is allowed',
      'Who lands where',
      'How people are invited',
      'Roles',
      'Exceptions',
      'Who is left over and why',
      'Warnings',
      'Questions to you',
    ]);
    expect(markdown).toContain('- Q1: Is head office a shop?');
  });

  it('counts who lands where and who is left over, by row number', () => {
    expect(markdown).toContain('| business unit | North | G1, G3 | 2 | 1 |');
    expect(markdown).toContain('| There is no business unit | 5 | 1 |');
    expect(markdown).toContain('| Does not take part (the first line of "Who takes part") | 4 | 1 |');
    expect(markdown).toMatch(/Nobody in this record meets R1, R3, E1\./);
  });

  it('holds no value of the record, and the lines no id of the mapping either', () => {
    expect(markdown + html).not.toContain('Secretive');
    expect(markdown + html).not.toMatch(/\bp[0-3]\b/);
    expect(markdown).toContain('Ids: 00047.');
    expect(JSON.stringify(lines)).not.toContain('00047');
  });

  it('needs nothing from elsewhere and lets nothing in', () => {
    const odd = KORENAAR.replace('name: Bakers', 'name: "<script>alert(1)</script> | [x](http://x.example)"');
    const shown = concept(odd);
    expect(shown.html).not.toMatch(/<script|src=|href=/);
    expect(shown.markdown).toContain('&lt;script&gt;');
    expect(shown.markdown).toContain('\\[x\\]');
    expect(shown.html).toContain("default-src 'none'");
  });
});

describe('the next concept', () => {
  const first = concept(KORENAAR + EXCEPTIONS);
  const next = (text: string, input: Partial<ConceptInput> = {}) =>
    concept(text, { previous: first.lines, iteration: 2, ...input });

  it('without a change has the same ids and says so', () => {
    const { lines, markdown } = next(KORENAAR + EXCEPTIONS);
    expect(lines.map(({ id, text }) => [id, text])).toEqual(first.lines.map(({ id, text }) => [id, text]));
    expect(lines.every(({ change }) => change === 'same')).toBe(true);
    expect(markdown).toContain('No rule has changed.');
  });

  it('keeps the ids of rules that only moved', () => {
    const moved = KORENAAR.replace('  - topic: { name: Bakers }\n    when: Job == "Baker"\n', '').replace(
      'groups:\n',
      'groups:\n  - topic: { name: Bakers }\n    when: Job == "Baker"\n',
    );
    const { lines } = next(moved + EXCEPTIONS);
    expect(idOf(lines, '"Bakers"')).toBe(idOf(first.lines, '"Bakers"'));
    expect(lines.every(({ change }) => change === 'same')).toBe(true);
  });

  it('marks what changed, and keeps its id: another condition, another name, another column', () => {
    const text = KORENAAR.replace('when: Job == "Baker"', 'when: includes(Job, "Bak")')
      .replace('jobTitle: Job', 'jobTitle: Department')
      .replace('role: admin\n    when: Job == "CEO"', 'role: Planner\n    when: Job == "CEO"');
    const { lines, markdown, html } = next(text + EXCEPTIONS);
    const changed = lines.filter(({ change }) => change === 'changed').map(({ id }) => id);
    expect(changed).toEqual(expect.arrayContaining(['C4', 'G4', 'R1']));
    expect(markdown).toContain(
      '- **G4** **(changed)** Into the topic group "Bakers", when Job contains "Bak". *1 person*\n' +
        '  - before: Into the topic group "Bakers", when the job title is "Baker".',
    );
    expect(html).toContain('<li id="G4" class="changed">');
  });

  it('a renamed group under the same condition is the same rule', () => {
    const { lines } = next(KORENAAR.replace('name: Bakers', 'name: Ovens') + EXCEPTIONS);
    expect(lines.find(({ id }) => id === 'G4')).toMatchObject({ change: 'changed' });
  });

  it('gives new lines new ids, and a removed one keeps its own for good', () => {
    const without = KORENAAR.replace('  - topic: { name: Bakers }\n    when: Job == "Baker"\n', '');
    const added = without.replace('groups:\n', 'groups:\n  - topic: { name: Fresh }\n    when: Job == "Fresh"\n');
    const second = next(added + EXCEPTIONS);
    expect(second.lines.find(({ id }) => id === 'G4')).toMatchObject({ change: 'removed' });
    expect(idOf(second.lines, '"Fresh"')).toBe('G5');
    expect(second.markdown).toContain('- G4 was removed. It said: Into the topic group "Bakers"');
    expect(second.markdown).toContain('- G5 is new: ');

    const third = concept(without + EXCEPTIONS, { previous: second.lines, iteration: 3 });
    expect(third.markdown).not.toContain('G4 was removed');
    expect(third.markdown).toContain('G5 was removed');
    const back = concept(KORENAAR + EXCEPTIONS, { previous: third.lines, iteration: 4 });
    expect(back.lines.find(({ text }) => text.includes('"Bakers"'))).toMatchObject({ id: 'G4', change: 'new' });
  });

  it('sees that an exception is for somebody else now', () => {
    const { lines, markdown } = next(KORENAAR + EXCEPTIONS.replace('00047', '00048'));
    expect(lines.find(({ id }) => id === 'E1')).toMatchObject({ change: 'changed' });
    expect(markdown).toContain('- E1 is for other people now: ');
  });

  it('shows comments beside their line, and those on lines that are gone at the end', () => {
    const comments = [
      { line: 'G4', by: 'c-hr', text: 'also the <b>pastry</b> cooks' },
      { line: 'G9', by: 'c-it', text: 'what was this?' },
    ];
    const { markdown, html, lines } = next(KORENAAR + EXCEPTIONS, { comments });
    expect(markdown).toMatch(/- \*\*G4\*\* .+\n {2}- \*\*c-hr\*\* said: also the &lt;b&gt;pastry&lt;\/b&gt; cooks\n/);
    expect(html).toContain('<strong>c-hr</strong> said: also the &lt;b&gt;pastry&lt;/b&gt; cooks');
    expect(markdown).toContain('On G9, which is gone, c-it said: what was this?');
    expect(unknownLines(lines, ['G4', 'G9', 'X1', 'G9'])).toEqual(['G9', 'X1']);
  });

  it('survives being stored as JSON', () => {
    const stored = JSON.parse(JSON.stringify(first.lines)) as readonly ConceptLine[];
    expect(concept(KORENAAR + EXCEPTIONS, { previous: stored }).lines.every(({ change }) => change === 'same')).toBe(
      true,
    );
  });
});
