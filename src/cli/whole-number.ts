import { InvalidArgumentError } from 'commander';

/** Reads an argument that is a number from 1; `sentence` says what is needed. `most`: the greatest that makes sense. */
export function wholeNumber(sentence: string, most = Infinity): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1 || number > most) throw new InvalidArgumentError(sentence);
    return number;
  };
}

export const toNumber = wholeNumber('A number from 1 is needed.');
