/** The language of made-up names and the country of numbers, by where the customer is. */
export function languageOf(timeZone: string): { readonly locale: string; readonly country: string } {
  return PLACES[timeZone] ?? { locale: 'en', country: 'GB' };
}

const PLACES: Readonly<Record<string, { readonly locale: string; readonly country: string }>> = {
  'Europe/Amsterdam': { locale: 'nl', country: 'NL' },
  'Europe/Brussels': { locale: 'nl', country: 'BE' },
  'Europe/Berlin': { locale: 'de', country: 'DE' },
  'Europe/Vienna': { locale: 'de', country: 'AT' },
  'Europe/Zurich': { locale: 'de', country: 'CH' },
  'Europe/Paris': { locale: 'fr', country: 'FR' },
  'Europe/Luxembourg': { locale: 'fr', country: 'LU' },
  'America/New_York': { locale: 'en', country: 'US' },
};
