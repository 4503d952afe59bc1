import { activityInfo } from '@temporalio/activity';
import { toCustomerId } from '../../sync/ids.js';
import type { TestRef } from '../../connections/test/test-spaces.js';
import type { ActivityParts } from '../parts.js';
import { partsOfSpace } from './space-parts.js';

type Work = (...args: never[]) => Promise<unknown>;

/**
 * The activities of a run, made twice: what a run of a test does, it does in the space of that test, with the same code. Which
 * one is meant stands in the id of its workflow (`test/korenaar/3/day-1`) and nowhere else, so that no request can mean another.
 */
export function inTestSpaces<Activities extends Record<string, Work>>(
  parts: ActivityParts,
  make: (parts: ActivityParts) => Activities,
): Activities {
  const spaces = new WeakMap<object, Activities>();

  async function ofSpace(test: TestRef): Promise<Activities> {
    const space = await parts.tests.open(test);
    const made = spaces.get(space) ?? make(partsOfSpace(parts, space));
    spaces.set(space, made);
    return made;
  }

  const outside = make(parts);
  const routed = Object.keys(outside).map((name) => {
    const work: Work = async (...args) => {
      const test = testOfRun(activityInfo().workflowExecution?.workflowId ?? '');
      const chosen = test === null ? outside : await ofSpace(test);
      return chosen[name]?.(...args);
    };
    return [name, work];
  });
  return Object.fromEntries(routed) as Activities;
}

/** The test that a run belongs to; null for every other workflow, that of the test itself among them. */
export function testOfRun(workflowId: string): TestRef | null {
  const [, customer, number] = /^test\/([a-z0-9][a-z0-9-]*)\/(\d{1,9})\/./.exec(workflowId) ?? [];
  return customer === undefined ? null : { customer: toCustomerId(customer), number: Number(number) };
}
