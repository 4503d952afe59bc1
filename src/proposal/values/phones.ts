import { dateFormatOf } from './dates.js';

/** Unmistakably a telephone number: 7 to 15 digits with a plus, `00`, brackets, or in groups as people write them. */
export function isPhone(cell: string): boolean {
  const withoutExtension = cell.replace(/\s*(?:x|ext\.?|#)\s*\d{1,6}$/i, '');
  const digits = withoutExtension.replace(/\D/g, '');
  if (digits.length < 7 || digits.length > 15 || !/^[+(]?[\d\s().\-/]+$/.test(withoutExtension)) return false;
  if (/^\+|^00[1-9]\d{8}|^\(/.test(withoutExtension)) return true;
  if (dateFormatOf(withoutExtension) !== null) return false;
  return (
    /^0\d+[\s./-]/.test(withoutExtension) ||
    /^\d{3}[\s.-]\d{3}[\s.-]\d{4}$/.test(withoutExtension) ||
    hasGroups(withoutExtension)
  );
}

/** `06 12 34 56 78`, `612 345 678`: three groups and more, of two digits and more. */
function hasGroups(cell: string): boolean {
  return /^\d{2,4}(?:[\s.]\d{2,4}){2,5}$/.test(cell);
}

/** Nothing but digits, as many as a number with its area code has: by itself it could as well be an id. */
export function isPhoneOfDigits(cell: string): boolean {
  return /^0[1-9]\d{7,10}$/.test(cell) || /^[1-9]\d{8,14}$/.test(cell);
}
