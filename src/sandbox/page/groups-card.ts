import type { GroupReport } from '../control/report.js';
import type { GroupType } from '../state/entities.js';
import { html, type Html } from './html.js';

const TITLES: readonly (readonly [title: string, types: readonly GroupType[]])[] = [
  ['Departments', ['department']],
  ['Topic groups', ['public', 'restricted', 'private', 'secret']],
];

/** Every group with a bar for its people; local departments stand below their business unit. */
export function groupsCard(href: string, groups: readonly GroupReport[], chosen: string | null): Html {
  if (groups.length === 0)
    return html`<section class="card">
      <h2>Groups</h2>
      <p class="empty">No groups yet.</p>
    </section>`;
  const most = Math.max(1, ...groups.map((group) => group.members));
  const toBar = (group: GroupReport): Html => bar(href, group, most, chosen);
  return html`<section class="card">
    <h2>Groups</h2>
    ${businessUnits(groups, toBar)} ${TITLES.map(([title, types]) => section(title, types, groups, toBar))}
  </section>`;
}

function businessUnits(groups: readonly GroupReport[], toBar: (group: GroupReport) => Html): Html | null {
  const units = groups.filter((group) => group.groupType === 'business_unit');
  if (units.length === 0) return null;
  const bars = units.flatMap((unit) => [
    toBar(unit),
    ...groups.filter((group) => group.groupType === 'local_dept' && group.parent === unit.name).map(toBar),
  ]);
  return html`<h3>Business units and their local departments</h3>
    ${bars}`;
}

function section(
  title: string,
  types: readonly GroupType[],
  groups: readonly GroupReport[],
  toBar: (group: GroupReport) => Html,
): Html {
  const found = groups.filter((group) => types.includes(group.groupType));
  return found.length === 0
    ? html``
    : html`<h3>${title}</h3>
        ${found.map(toBar)}`;
}

function bar(href: string, group: GroupReport, most: number, chosen: string | null): Html {
  const width = Math.round((group.members / most) * 100);
  const name = group.eid === chosen ? html`<b>${group.name}</b>` : html`${group.name}`;
  return html`<div class="bar ${group.groupType === 'local_dept' ? 'below' : ''}">
    <span><a href="${href}?group=${group.eid}" title="${group.name}">${name}</a>${hiddenMark(group)}</span>
    <span class="track"><i style="width:${width}%"></i></span>
    <span>${group.members}</span>
  </div>`;
}

function hiddenMark(group: GroupReport): Html | null {
  if (group.hidden) return html` <span class="soft small">hidden</span>`;
  return group.groupType === 'secret' ? html` <span class="soft small">secret</span>` : null;
}
