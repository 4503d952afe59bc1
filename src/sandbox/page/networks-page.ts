import type { NetworkState } from '../state/network-state.js';
import { html, type Html } from './html.js';
import { page } from './layout.js';

/** The list of all networks. */
export function networksPage(networks: readonly NetworkState[]): string {
  const rows = networks.map(row);
  const content = html`<header>
      <h1>Speakap sandbox</h1>
      <span class="soft">${networks.length === 1 ? '1 network' : `${networks.length} networks`}</span>
    </header>
    <section class="card">
      ${rows.length === 0 ? html`<p class="empty">There is no network yet.</p>` : table(rows)}
    </section>`;
  return page('Speakap sandbox', content);
}

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>Network</th>
          <th>Environment</th>
          <th class="number">People</th>
          <th class="number">Suspended</th>
          <th class="number">Groups</th>
          <th>EID</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function row(state: NetworkState): Html {
  const { eid, name, environment } = state.network;
  return html`<tr>
    <td>
      <a href="/networks/${eid}"><b>${name}</b></a>
    </td>
    <td>${environmentPill(environment)}</td>
    <td class="number">${state.users.size - state.suspended.size}</td>
    <td class="number">${state.suspended.size}</td>
    <td class="number">${state.groups.size}</td>
    <td class="code soft">${eid}</td>
  </tr>`;
}

export function environmentPill(environment: string): Html {
  return html`<span class="pill ${environment === 'production' ? '' : 'wait'}">${environment}</span>`;
}
