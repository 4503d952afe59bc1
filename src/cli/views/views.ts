/** A query for the list of workflows in the Temporal UI. */
export interface View {
  readonly name: string;
  readonly query: string;
  readonly shows: string;
  /** It holds dates, and has to be asked for anew when they are over. */
  readonly hasDates: boolean;
}

const OPEN = 'WorkflowType = "onboarding" AND ExecutionStatus = "Running"';
const OPEN_CHANGE = 'WorkflowType = "changeRequest" AND ExecutionStatus = "Running"';
const DAY_MS = 86_400_000;

/**
 * What a project manager of twenty customers looks for. Temporal knows no "today" in a query, so those about dates are
 * made for `now`. `manager`: only the customers of this staff id.
 */
export function makeViews(now: Date, manager: string | null): readonly View[] {
  const mine = manager === null ? '' : ` AND Manager = "${manager}"`;
  const view = (name: string, query: string, shows: string): View => ({
    ...{ name, shows, query: `${query}${mine}` },
    hasDates: /\d{4}-\d{2}-\d{2}T/.test(query),
  });
  return [
    view('Implementations under way', OPEN, 'everybody who is being connected'),
    view('Waiting on the customer', `${OPEN} AND WaitingOn STARTS_WITH "customer"`, 'the customer has to act next'),
    view('Waiting on Speakap', `${OPEN} AND WaitingOn STARTS_WITH "speakap"`, 'Speakap has to act next'),
    view(
      'Late or blocked',
      `${OPEN} AND Health IN ("late", "blocked")`,
      'go-live has moved, or something stands in the way',
    ),
    view('At risk', `${OPEN} AND Health = "at risk"`, 'something is late, and go-live can still be kept'),
    view('Over due', `${OPEN} AND DueDate < "${now.toISOString()}"`, 'the next thing should have been there by now'),
    view(
      'Due this week',
      `${OPEN} AND ${between('DueDate', now, endOfWeek(now))}`,
      'the next thing is due until Sunday',
    ),
    view('Open questions', `${OPEN} AND OpenQuestions > 0`, 'an answer is awaited'),
    view(
      'Concepts to decide about',
      'WorkflowType = "mappingIteration" AND ExecutionStatus = "Running"',
      'concept mappings that are with the customer, each a workflow of its own',
    ),
    view('Third concept or later', `${OPEN} AND Iteration >= 3`, 'the mapping takes more iterations than usual'),
    view(
      'Going live in the next 14 days',
      `${OPEN} AND ${between('GoLive', now, new Date(now.getTime() + 14 * DAY_MS))}`,
      'who is connected soon',
    ),
    view('Paused', `${OPEN} AND Health = "paused"`, 'nobody is reminded and no day counts'),
    view('Changes under way', OPEN_CHANGE, 'what customers want after the release'),
    view(
      'Changes whose promise is in danger',
      `${OPEN_CHANGE} AND Health IN ("at risk", "late", "blocked")`,
      'three quarters of the time are over, a promise is broken, or something stands in the way',
    ),
    view(
      'Runs held by a guard',
      'WorkflowType = "dailySync" AND ExecutionStatus = "Running" AND Phase = "daily sync: waiting for approval"',
      'daily syncs whose changes wait for a decision',
    ),
    view(
      'Runs with failures',
      'WorkflowType = "dailySync" AND Health IN ("at risk", "blocked")',
      'daily syncs of which a part failed, or that could not be done',
    ),
  ];
}

function between(attribute: string, from: Date, to: Date): string {
  return `${attribute} BETWEEN "${from.toISOString()}" AND "${to.toISOString()}"`;
}

/** The end of Sunday, in UTC: a view for several customers has no time zone. */
function endOfWeek(now: Date): Date {
  const end = new Date(now);
  end.setUTCDate(end.getUTCDate() + ((7 - end.getUTCDay()) % 7));
  end.setUTCHours(23, 59, 59, 999);
  return end;
}
