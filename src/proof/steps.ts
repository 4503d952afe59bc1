import { isSupportedCountry, parsePhoneNumberFromString } from 'libphonenumber-js/min';

/** A day as `2026-03-31`, by a form such as `DD/MM/YYYY`; null for what is none. A time behind it does not matter. */
export function toIsoDate(text: string, form: string): string | null {
  if (text.trim() === '') return null;
  const order: string[] = [];
  const pattern = form.trim().replace(/YYYY|MM?|DD?|./gs, (part) => {
    if (!/^(YYYY|MM?|DD?)$/.test(part)) return /\w/.test(part) ? part : `\\${part}`;
    order.push(part.charAt(0));
    return part === 'YYYY' ? '(\\d{4})' : part.length === 2 ? '(\\d{2})' : '(\\d{1,2})';
  });
  const found = new RegExp(`^${pattern}(?:[T ]\\d{1,2}:\\d{2}.*)?$`, 's').exec(text.trim());
  if (found === null) return null;
  const [year, month, day] = ['Y', 'M', 'D'].map((part) => Number(found[order.indexOf(part) + 1]));
  return dayOf(year ?? 0, month ?? 0, day ?? 0);
}

/** The same day in a form: what HR would write. */
export function fromIsoDate(iso: string, form: string): string {
  const [year = '', month = '', day = ''] = iso.split('-');
  return form.replace(/YYYY|MM?|DD?/g, (part) => {
    const digits = part === 'YYYY' ? year : part.startsWith('M') ? month : day;
    return part.length === 1 ? String(Number(digits)) : digits;
  });
}

/** Days later, or earlier when negative. */
export function daysAfter(iso: string, days: number): string {
  return new Date(Date.parse(`${iso}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}

/** A number as `+31612345678`; `own` is the country that the row names, `usual` that of the mapping. */
export function toE164(text: string, own: string, usual: string): string | null {
  if (text === '') return null;
  const country = [own, usual].map((code) => code.trim().toUpperCase()).find((code) => isSupportedCountry(code));
  const number = parsePhoneNumberFromString(text, country === undefined ? {} : { defaultCountry: country });
  return number?.isValid() === true ? number.number : null;
}

export function lettersOf(text: string, letters: 'upper' | 'lower' | 'title'): string {
  if (letters === 'upper') return text.toUpperCase();
  const lower = text.toLowerCase();
  return letters === 'lower' ? lower : titled(lower);
}

/** `jan-pieter o'neil` becomes `Jan-Pieter O'Neil`, `ijsbrand` becomes `IJsbrand`, and `'s` stays. */
function titled(lower: string): string {
  return lower.replace(/[\p{L}\p{M}\p{N}'’]+/gu, (word) => {
    const apostrophe = /^\p{L}['’]/u.test(word) ? 2 : 0;
    return word.slice(0, apostrophe).toUpperCase() + capital(word.slice(apostrophe));
  });
}

function capital(word: string): string {
  if (word.startsWith('ij')) return `IJ${word.slice(2)}`;
  const first = [...word][0] ?? '';
  return first.toUpperCase() + word.slice(first.length);
}

function dayOf(year: number, month: number, day: number): string | null {
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  return date.getUTCMonth() === month - 1 && date.getUTCDate() === day ? date.toISOString().slice(0, 10) : null;
}
