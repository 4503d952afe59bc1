import type { NetworkReport, PersonReport } from '../control/report.js';
import type { UserStatus } from '../rules/people.js';
import { html, type Html } from './html.js';

const ROWS_PER_PAGE = 100;

/** What the reader asked to see. */
export interface Chosen {
  readonly xid: string;
  readonly group: string | null;
  readonly page: number;
}

const STATUS_CLASS: Readonly<Record<UserStatus, string>> = {
  active: 'good',
  inactive: 'wait',
  canceled: 'gone',
  deleted: 'gone',
};

/** People with their groups and roles, found by XID or by group. */
export function peopleCard(href: string, report: NetworkReport, chosen: Chosen): Html {
  const people = report.people.filter((person) => isChosen(person, chosen));
  const first = (chosen.page - 1) * ROWS_PER_PAGE;
  const rows = people.slice(first, first + ROWS_PER_PAGE).map(row);
  const group = report.groups.find((one) => one.eid === chosen.group);
  return html`<section class="card">
    <h2>${group === undefined ? 'People' : `People in ${group.name}`} <span class="soft">${people.length}</span></h2>
    <form method="get" action="${href}" role="search">
      <input name="xid" value="${chosen.xid}" placeholder="XID, or how it begins" aria-label="XID, or how it begins" />
      <button type="submit">Find</button>
      ${chosen.xid === '' && group === undefined ? null : html`<a href="${href}">Show everyone</a>`}
    </form>
    ${rows.length === 0 ? html`<p class="empty">Nobody here.</p>` : table(rows)} ${pager(href, chosen, people.length)}
  </section>`;
}

function isChosen(person: PersonReport, chosen: Chosen): boolean {
  if (chosen.xid !== '' && person.xid?.startsWith(chosen.xid) !== true) return false;
  return chosen.group === null || person.groups.some((group) => group.eid === chosen.group);
}

function table(rows: readonly Html[]): Html {
  return html`<div class="scroll">
    <table>
      <thead>
        <tr>
          <th>XID</th>
          <th>Name</th>
          <th>Status</th>
          <th>Network role</th>
          <th>Groups</th>
        </tr>
      </thead>
      <tbody>
        ${rows}
      </tbody>
    </table>
  </div>`;
}

function row(person: PersonReport): Html {
  const { givenName, familyName, title } = person.profile;
  const groups = person.groups.map((group) => {
    const where = group.groupType === 'local_dept' ? `${group.parent ?? ''} · ${group.name}` : group.name;
    const role = group.role === 'Member' ? '' : ` (${group.role})`;
    return html`<span class="pill ${role === '' ? 'plain' : ''}">${where}${role}</span> `;
  });
  return html`<tr>
    <td class="code">${person.xid ?? '–'}</td>
    <td>
      ${`${givenName} ${familyName}`.trim()}${title === null ? null : html`<div class="soft small">${title}</div>`}
    </td>
    <td><span class="pill ${STATUS_CLASS[person.status]}">${person.status}</span>${detail(person)}</td>
    <td>${person.networkRole ?? ''}</td>
    <td><div class="groups">${groups}</div></td>
  </tr>`;
}

function detail(person: PersonReport): Html | null {
  if (person.invited) return html`<div class="soft small">invited</div>`;
  return person.hasTemporaryPassword && person.status === 'inactive'
    ? html`<div class="soft small">temporary password</div>`
    : null;
}

function pager(href: string, chosen: Chosen, total: number): Html | null {
  const pages = Math.ceil(total / ROWS_PER_PAGE);
  if (pages <= 1) return null;
  const link = (page: number, text: string): Html =>
    html`<a href="${href}?xid=${encodeURIComponent(chosen.xid)}&group=${chosen.group ?? ''}&page=${String(page)}"
      >${text}</a
    > `;
  return html`<p class="small">
    ${chosen.page > 1 ? link(chosen.page - 1, '← Earlier') : null}
    <span class="soft">Page ${chosen.page} of ${pages}</span>
    ${chosen.page < pages ? link(chosen.page + 1, 'Later →') : null}
  </p>`;
}
