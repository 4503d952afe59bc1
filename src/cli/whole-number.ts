import { InvalidArgumentError } from 'commander';

/** Nothing that is counted here has a larger number: Postgres would refuse to look for one. */
const LARGEST = 2_147_483_647;

/** Reads an argument that is a number from `least` to `most`; `sentence` says what is needed. */
export function wholeNumber(sentence: string, most = LARGEST, least = 1): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(sentence);
    return number;
  };
}

export const toNumber = wholeNumber('A number from 1 is needed.');
