import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';

it('the committed parser is what the grammar gives', () => {
  const script = fileURLToPath(new URL('../../scripts/grammar.mjs', import.meta.url));
  const code = `import(${JSON.stringify(script)}).then(({ generateParser }) => process.stdout.write(generateParser()))`;
  const fresh = execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' });
  const committed = readFileSync(new URL('../../src/sync/expression/parser.js', import.meta.url), 'utf8');
  expect(committed === fresh, 'run node scripts/grammar.mjs').toBe(true);
});
