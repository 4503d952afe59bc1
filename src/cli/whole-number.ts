import { InvalidArgumentError } from 'commander';

/** Reads an argument that is a number from `least` to `most`; `sentence` says what is needed. */
export function wholeNumber(sentence: string, most = Infinity, least = 1): (text: string) => number {
  return (text) => {
    const number = Number(text);
    if (text.trim() === '' || !Number.isInteger(number) || number < least || number > most)
      throw new InvalidArgumentError(sentence);
    return number;
  };
}

export const toNumber = wholeNumber('A number from 1 is needed.');
