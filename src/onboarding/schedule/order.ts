import { ImpossiblePlan } from './errors.js';
import { PHASES, type PlannedItem, type ScheduleRequest } from './types.js';

/** The items so that each stands behind everything that it needs, else as they came. @throws ImpossiblePlan */
export function inOrder(items: readonly PlannedItem[]): readonly PlannedItem[] {
  const byId = new Map(items.map((item) => [item.id, item]));
  const ordered = new Set<PlannedItem>();
  const visit = (item: PlannedItem, path: readonly string[]): void => {
    if (ordered.has(item)) return;
    const way = [...path, item.id];
    if (path.includes(item.id)) throw new ImpossiblePlan(circle(way));
    for (const need of item.needs) {
      const needed = byId.get(need);
      if (needed === undefined) throw new ImpossiblePlan(`${item.id} needs ${need}, which is no item of the plan.`);
      visit(needed, way);
    }
    ordered.add(item);
  };
  for (const item of items) visit(item, []);
  return [...ordered];
}

/** Refuses what has no meaning: names that nothing has or that two things have, and items due before what they need. @throws ImpossiblePlan */
export function checkRequest({ items, progress, questions }: ScheduleRequest, goLiveItem: string): void {
  const byId = new Map(items.map((item) => [item.id, item]));
  const doubled =
    firstDoubled([...items, ...questions].map(({ id }) => id)) ?? firstDoubled(progress.map(({ id }) => id));
  if (doubled !== null) throw new ImpossiblePlan(`${doubled} is there twice.`);
  const named = [goLiveItem, ...progress.map(({ id }) => id), ...questions.flatMap(({ about }) => about ?? [])];
  const unknown = named.find((id) => !byId.has(id));
  if (unknown !== undefined) throw new ImpossiblePlan(`${unknown} is no item of the plan.`);
  for (const item of items) {
    if (!Number.isInteger(item.dueDay) || item.dueDay < 1)
      throw new ImpossiblePlan(`${item.id} has the due day ${item.dueDay}, which is no count.`);
    const later = item.needs.find((need) => isPlannedLater(byId.get(need), item));
    if (later !== undefined) throw new ImpossiblePlan(`${item.id} needs ${later}, which is planned to be due later.`);
  }
}

function circle(way: readonly string[]): string {
  const last = way.at(-1) ?? '';
  return `Needs go in a circle: ${way.slice(way.indexOf(last)).join(' needs ')}.`;
}

function firstDoubled(ids: readonly string[]): string | null {
  return ids.find((id, index) => ids.indexOf(id) !== index) ?? null;
}

function isPlannedLater(need: PlannedItem | undefined, item: PlannedItem): boolean {
  if (need === undefined) return false;
  const phases = PHASES.indexOf(need.phase) - PHASES.indexOf(item.phase);
  return phases > 0 || (phases === 0 && need.dueDay > item.dueDay);
}
