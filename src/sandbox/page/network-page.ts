import type { NetworkReport } from '../control/report.js';
import { reportNetwork } from '../control/report.js';
import type { Query } from '../http/query.js';
import { parseEid } from '../state/ids.js';
import type { NetworkState } from '../state/network-state.js';
import { groupsCard } from './groups-card.js';
import { html, type Html } from './html.js';
import { page, tile } from './layout.js';
import { environmentPill } from './networks-page.js';
import { type Chosen, peopleCard } from './people-card.js';

/** One network: counts, groups, people. */
export function networkPage(state: NetworkState, query: Query): string {
  const report = reportNetwork(state);
  const href = `/networks/${state.eid}`;
  const chosen = parseChosen(query);
  const content = html`<p class="small"><a href="/">All networks</a></p>
    ${heading(report)} ${tiles(report)}
    <div class="columns">
      <div>${groupsCard(href, report.groups, chosen.group)} ${rolesCard(report)}</div>
      ${peopleCard(href, report, chosen)}
    </div>`;
  return page(`${report.network.name} – Speakap sandbox`, content);
}

/** Nothing that is asked for wrongly matters to a reader: it is as if it were not asked for. */
function parseChosen(query: Query): Chosen {
  const page = Number(query.text('page') ?? '1');
  return {
    xid: (query.text('xid') ?? '').trim(),
    group: parseEid(query.text('group') ?? ''),
    page: Number.isSafeInteger(page) && page > 0 ? page : 1,
  };
}

function heading({ network }: NetworkReport): Html {
  return html`<header>
    <h1>${network.name}</h1>
    ${environmentPill(network.environment)}
    <span class="soft small">${network.subdomain}.speakap.com</span>
    <span class="soft code">${network.eid}</span>
  </header>`;
}

function tiles(report: NetworkReport): Html {
  const count = (status: string): number => report.people.filter((person) => person.status === status).length;
  return html`<div class="tiles">
    ${tile(count('active') + count('inactive'), 'in the network')} ${tile(count('active'), 'active')}
    ${tile(count('inactive'), 'not yet activated')} ${tile(count('deleted') + count('canceled'), 'suspended')}
    ${tile(report.invitations.length, 'invitations sent')} ${tile(report.groups.length, 'groups')}
  </div>`;
}

function rolesCard(report: NetworkReport): Html {
  const people = report.people.filter((person) => person.active);
  const rows = report.roles.map((role) => {
    const inNetwork = people.filter((person) => person.networkRole === role.name).length;
    const inGroups = people.reduce(
      (sum, person) => sum + person.groups.filter((group) => group.role === role.name).length,
      0,
    );
    return html`<tr>
      <td>${role.name}</td>
      <td class="number">${inNetwork}</td>
      <td class="number">${inGroups}</td>
    </tr>`;
  });
  return html`<section class="card">
    <h2>Roles</h2>
    <table>
      <thead>
        <tr>
          <th>Role</th>
          <th class="number">In the network</th>
          <th class="number">In groups</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </section>`;
}
