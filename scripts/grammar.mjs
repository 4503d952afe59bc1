// Generates the parser of the expression language: node scripts/grammar.mjs
// The result is committed, so that running the system needs no build step; a test compares it with a fresh generation.
import { readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import peggy from 'peggy';

const folder = new URL('../src/sync/expression/', import.meta.url);

export function generateParser() {
  const grammar = readFileSync(new URL('grammar.peggy', folder), 'utf8');
  return peggy.generate(grammar, { output: 'source', format: 'es', grammarSource: 'grammar.peggy' });
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('parser.js', folder), generateParser());
  console.log('src/sync/expression/parser.js was written.');
}
