import {
  condition,
  continueAsNew,
  defineQuery,
  defineSignal,
  defineUpdate,
  proxyActivities,
  setHandler,
} from '@temporalio/workflow';

export interface Conversation {
  readonly customer: string;
  /** What was said in earlier histories of this run. */
  readonly said?: readonly { readonly text: string }[];
  readonly histories: number;
}

export const ask = defineSignal<[{ readonly by: string; readonly text: string }]>('ask');
export const approve = defineUpdate<{ readonly note: string }, [{ readonly by: string; readonly comment: string }]>(
  'approve',
);
export const heard = defineQuery<readonly { readonly text: string }[]>('heard');

export interface ConversationActivities {
  repeat(said: { readonly text: string }): Promise<{ readonly answer: string }>;
}

const { repeat } = proxyActivities<ConversationActivities>({ startToCloseTimeout: '20s' });

/** Hears one question in each history, has an activity answer it, and ends with everything that was said. */
export async function conversation({ customer, said = [], histories }: Conversation): Promise<{ text: string }> {
  let question = '';
  let comment = '';
  setHandler(ask, ({ text }) => void (question = text));
  setHandler(heard, () => [...said, { text: question }]);
  setHandler(approve, (decision) => {
    comment = decision.comment;
    return { note: `noted: ${comment}` };
  });
  await condition(() => question !== '' && comment !== '');
  const { answer } = await repeat.executeWithOptions({ summary: `Answers ${customer}` }, [{ text: question }]);
  const all = [...said, { text: answer }, { text: comment }];
  if (histories > 1) return continueAsNew<typeof conversation>({ customer, said: all, histories: histories - 1 });
  return { text: all.map(({ text }) => text).join(', ') };
}
