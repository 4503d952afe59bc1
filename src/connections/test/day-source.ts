import type { Source } from '../../sources/source.js';
import { SourceMissing } from '../../sources/errors.js';
import type { TestSpace } from './test-spaces.js';

/** The source of a test: the newest of its anonymised days. */
export function newestDay({ days, customer }: TestSpace): Source {
  return {
    async newest() {
      const day = await days.newest(customer);
      if (day === null) throw new SourceMissing('days', '*.csv', null);
      return {
        name: `${day.name}.csv`,
        size: null,
        modifiedAt: day.modifiedAt,
        content: days.read(day.file),
        archive: () => Promise.resolve(false),
      };
    },
    close: () => Promise.resolve(),
  };
}
