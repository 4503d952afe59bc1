import { z } from 'zod';
import { AfasSourceSettings } from '../../connections/afas-settings.js';
import {
  AFAS_OPERATORS,
  afasBase,
  checkAfasBase,
  checkAfasField,
  checkAfasFilter,
  checkAfasSettings,
  type AfasOperator,
} from '../../sources/afas/settings.js';
import { checkedBy, strict, text, wholeNumber } from '../yaml/shapes.js';
import { secretReference } from './secret-reference.js';

const operators = Object.keys(AFAS_OPERATORS) as AfasOperator[];
const field = checkedBy(checkAfasField, RangeError);

const filter = strict({ field, operator: z.enum(operators), value: text.optional() }).superRefine((given, context) => {
  const { operator, value } = given;
  const needsNone = operator === 'empty' || operator === 'not empty';
  if (needsNone !== (value === undefined)) {
    const message = needsNone ? `"${operator}" takes no \`value\`.` : `"${operator}" needs a \`value\`.`;
    context.addIssue({ code: 'custom', message });
  }
  sayProblem(context, () => checkAfasFilter({ ...given, value: value ?? '' }));
});

/** A GetConnector of AFAS Profit. `base` is for another address than that of the production environment. */
export const afasSource = strict({
  kind: z.literal('afas'),
  environment: checkedBy(afasBase, RangeError).optional(),
  base: checkedBy(checkAfasBase, RangeError).optional(),
  connector: text,
  keyField: field,
  take: wholeNumber(10, 100_000).optional(),
  filter: z.array(filter, 'A list of filters is needed here.').optional(),
  timeoutMs: wholeNumber(1_000, 900_000).optional(),
  credentials: strict({ token: secretReference }),
}).superRefine((source, context) => {
  if (source.environment === undefined && source.base === undefined) {
    context.addIssue({ code: 'custom', message: 'Give `environment`, its number, or `base`, another address.' });
    return;
  }
  sayProblem(context, () => checkAfasSettings({ ...toAfasSettings(source), token: '' }));
});

export type AfasSourceDocument = z.infer<typeof afasSource>;

/** What is kept of the AFAS source: its settings without the token, and with what was left out filled in. */
export function toAfasSettings(source: Omit<AfasSourceDocument, 'kind' | 'credentials'>): AfasSourceSettings {
  const { environment, base, connector, keyField, take, filter = [], timeoutMs } = source;
  return AfasSourceSettings.parse({
    ...{ connector, keyField, take, timeoutMs },
    base: base === undefined ? afasBase(environment ?? '') : checkAfasBase(base),
    filter: filter.map((one) => ({ ...one, value: one.value ?? '' })),
  });
}

function sayProblem(context: z.core.$RefinementCtx, check: () => void): void {
  try {
    check();
  } catch (error) {
    if (!(error instanceof RangeError)) throw error;
    context.addIssue({ code: 'custom', message: error.message });
  }
}
