import { getCountries, isSupportedCountry, parsePhoneNumberFromString, type CountryCode } from 'libphonenumber-js/min';

/**
 * A telephone number as E.164, `+31612345678`; null for what is none. `country`: where one without a country code is
 * dialled; null when that is not known.
 */
export function toE164(text: string, country: CountryCode | null): string | null {
  const number = parsePhoneNumberFromString(text, country === null ? {} : { defaultCountry: country });
  return number?.isValid() === true ? number.number : null;
}

/** `NL`: two letters as ISO 3166 has them, whatever their case; null for what is no country. */
export function toCountry(text: string): CountryCode | null {
  const code = text.trim().toUpperCase();
  return isSupportedCountry(code) ? code : null;
}

export function countries(): readonly string[] {
  return getCountries();
}

export type { CountryCode };
