import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { deliverablesFor } from '../../src/onboarding/deliverables.js';
import { objectionToForm } from '../../src/onboarding/forms.js';
import { objectionToOrder } from '../../src/onboarding/order.js';
import { SEARCH_ATTRIBUTES } from '../../src/stack/temporal-namespace.js';
import { fencesOf, inRepository } from './markdown.js';

const path = 'docs/onboarding.md';
const text = readFileSync(inRepository(path), 'utf8');

test('the page for project managers names every deliverable but the rules, which stand together', () => {
  const ids = [...deliverablesFor('sftp'), ...deliverablesFor('api')].map(({ id }) => id);
  const missing = [...new Set(ids)].filter((id) => !text.includes(`\`${id}\``));
  expect(missing.filter((id) => id !== 'sftp-login' && !id.startsWith('rule-'))).toEqual([]);
  expect(text).toContain('`sftp-login`');
});

test('its JSON values are taken as they stand', () => {
  const [order, answer] = fencesOf({ path, text })
    .filter(({ language }) => language === 'json')
    .map((fence): unknown => JSON.parse(fence.text));
  expect(objectionToOrder(order)).toBeNull();
  expect(objectionToForm('answer', answer)).toBeNull();
});

test('it names every search attribute that a list can be asked for', () => {
  const names = Object.keys(SEARCH_ATTRIBUTES);
  expect(names.length).toBeGreaterThan(5);
  expect(names.filter((name) => !text.includes(`\`${name}\``))).toEqual([]);
});
