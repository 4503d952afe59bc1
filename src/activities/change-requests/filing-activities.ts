import { activityInfo } from '@temporalio/activity';
import type { ChangeOrder } from '../../change-requests/messages.js';
import type { Opened } from '../../change-requests/new-state.js';
import { addPlaces, openChange, refuseChange, reserveChange } from '../../store/change-requests.js';
import { listContacts, type Contact } from '../../store/contacts.js';
import { readCustomer } from '../../store/customers.js';
import type { Database } from '../../store/database.js';
import { activeMapping, NoActiveMapping } from '../../store/mappings.js';
import { readGroups } from '../../store/network-groups.js';
import { NoOnboarding, latestOnboarding } from '../../store/onboardings.js';
import { groupName } from '../../sync/group.js';
import { toCustomerId, type CustomerId } from '../../sync/ids.js';
import type { ContactRef } from '../../onboarding/state.js';
import type { ActivityParts } from '../parts.js';
import { OnboardingRefused } from '../refusals.js';

export function createFilingActivities({ database }: ActivityParts) {
  return {
    /** Issues a number for a request that is filed in the Temporal UI. @throws UnknownCustomer, OnboardingRefused */
    async issueChangeNumber({ order }: { readonly order: ChangeOrder }) {
      const { manager } = await readCustomer(database, order.customer);
      const customer = toCustomerId(order.customer);
      await refuseUnlessReleased(database, customer);
      const requestKey = `temporal/${activityInfo().workflowExecution?.runId ?? ''}`;
      const { number } = await reserveChange(database, {
        customer,
        requestKey,
        filedBy: order.by,
        manager,
        places: [],
      });
      return { number, manager };
    },

    /** Checks a filing against customer and contacts, and begins it. @throws UnknownCustomer, NoChangeRequest, ChangeRequestExists, OnboardingRefused */
    async openChangeRequest({
      order,
      number,
      now,
    }: {
      readonly order: ChangeOrder;
      readonly number: number;
      readonly now: string;
    }) {
      const { manager, timeZone } = await readCustomer(database, order.customer);
      const customer = toCustomerId(order.customer);
      try {
        await refuseUnlessReleased(database, customer);
        refuseStranger(order, await listContacts(database, customer));
      } catch (error) {
        await refuseChange(database, customer, number);
        throw error;
      }
      const contacts = (await listContacts(database, customer)).map(toRef);
      const { id } = await openChange(database, customer, number, activityInfo().workflowExecution?.runId ?? '');
      await addPlaces(database, id, await placesIn(database, customer, order.text));
      const origin = Date.parse(now);
      const clock = { origin, planOrigin: origin, speed: order.speed ?? 1 };
      return { changeRequestId: id, number, manager, timeZone, contacts, clock } satisfies Opened;
    },
  };
}

/** Until its hand-over a customer's wishes are part of its implementation. */
async function refuseUnlessReleased(database: Database, customer: CustomerId): Promise<void> {
  try {
    const { status } = await latestOnboarding(database, customer);
    if (status === 'running' || status === 'paused') {
      throw new OnboardingRefused(
        `${customer} is still being connected, so what it wants goes into the mapping that is agreed on there: ` +
          `"usersync onboarding show ${customer}".`,
      );
    }
  } catch (error) {
    if (!(error instanceof NoOnboarding)) throw error;
  }
  try {
    await activeMapping(database, customer);
  } catch (error) {
    if (!(error instanceof NoActiveMapping)) throw error;
    throw new OnboardingRefused(`${customer} has no active mapping, so there is nothing to change yet.`);
  }
}

function refuseStranger({ by, recordedBy }: ChangeOrder, contacts: readonly Contact[]): void {
  const find = (id: string) => contacts.find((contact) => contact.id === id);
  const known = contacts.map(({ id, side, role }) => `${id} (${side}, ${role})`).join(', ');
  const stranger = [by, ...(recordedBy === undefined ? [] : [recordedBy])].find((id) => find(id) === undefined);
  if (stranger !== undefined)
    throw new OnboardingRefused(`There is no contact "${stranger}". There are: ${known === '' ? 'none' : known}.`);
  if (recordedBy !== undefined && find(recordedBy)?.side !== 'speakap')
    throw new OnboardingRefused(`"${recordedBy}" is no contact of Speakap, and only Speakap writes down for others.`);
  if (contacts.some(({ side, approves }) => side === 'customer' && approves)) return;
  throw new OnboardingRefused(
    'The customer has no contact who may approve, so no change could ever be approved. Add one with "usersync contact".',
  );
}

/** Locations and departments of the network that the wish names: for conflicts, before there is a version to compare. */
async function placesIn(database: Database, customer: CustomerId, text: string): Promise<readonly string[]> {
  const words = ` ${text.toLowerCase().replaceAll(/[^\p{L}\p{N}]+/gu, ' ')} `;
  const names = (await readGroups(database, customer)).map(({ group }) => groupName(group));
  return [...new Set(names)].filter((name) =>
    words.includes(
      ` ${name
        .toLowerCase()
        .replaceAll(/[^\p{L}\p{N}]+/gu, ' ')
        .trim()} `,
    ),
  );
}

/** Without name and address: workflows know contacts by id and role. */
export function toRef({ id, side, role, approves, owns }: Contact): ContactRef {
  return { id, side, role, approves, owns };
}
