import type { ProfileField } from '../../sync/mapping/mapping.js';

/** What a column holds, and so how it is disguised. `kept`: what rules read of an organisation, which stays. */
export type Kind =
  'id' | 'email' | 'phone' | 'userName' | 'given' | 'infix' | 'family' | 'full' | 'date' | 'text' | 'kept';

/** What a column holds whose cells are shown as this field. Job titles and languages stay: rules read them. */
export const KIND_OF_FIELD: Readonly<Record<ProfileField, Kind>> = {
  givenName: 'given',
  infix: 'infix',
  familyName: 'family',
  jobTitle: 'kept',
  email: 'email',
  telephoneNumber: 'phone',
  preferredLanguage: 'kept',
  upn: 'email',
};

/** Which of two holds where the same column is used in two ways, or two columns are compared: the one that gives away most. */
const MOST_TELLING_FIRST: readonly Kind[] = [
  ...(['id', 'email', 'phone', 'family', 'given', 'full', 'userName', 'infix', 'date', 'text', 'kept'] as const),
];

export function moreTelling(one: Kind, other: Kind): Kind {
  return MOST_TELLING_FIRST.find((kind) => kind === one || kind === other) ?? one;
}

/** The languages that exports are written in: English, Dutch, German, French. Headers are cut into words first. */
const HINTS: readonly (readonly [Kind, RegExp])[] = [
  ['email', /\b(e ?mails?|mails?|mailadres|emailadres|courriel|upn|user principal name)\b/],
  [
    'phone',
    /\b(phone|telephone|telefoon|tel|telefoonnr|telefoonnummer|mobiel|mobielnr|mobile|handy|telefon|gsm|portable|cell)\b/,
  ],
  [
    'date',
    /\b(date|datum|birthday|birth|geboren|geboortedatum|geburtstag|naissance|begindatum|einddatum|eintritt|austritt)\b/,
  ],
  ['infix', /\b(infix|tussenvoegsel|tussenvoegsels|voorvoegsel|voorvoegsels|namensvorsatz|particule|name prefix)\b/],
  [
    'given',
    /\b(given ?name|first ?name|fore ?name|voornaam|roepnaam|voorletters|initials|vorname|rufname|prenom|prénom|preferred name)\b/,
  ],
  [
    'family',
    /\b(family ?name|last ?name|sur ?name|achternaam|geboortenaam|familienaam|partnernaam|nachname|familienname|nom de famille|nom)\b/,
  ],
  ['full', /\b(full ?name|display ?name|volledige naam|naam|name|employee name)\b/],
  ['userName', /\b(user ?name|login|gebruikersnaam|benutzername|account ?name|user ?id|identifiant)\b/],
  [
    'id',
    /\b((manager|supervisor|leidinggevende|vorgesetzter|responsable|employee|medewerker|personeel|person|worker|staff|personal)s? ?(id|nr|no|number|nummer|code)|personeelsnummer|personeelsnr|medewerkernummer|personalnummer|matricule|manager|leidinggevende|supervisor|bsn|ssn)\b/,
  ],
];

/** Names of things that are called as people are. */
const NOT_OF_PEOPLE =
  /\b(company|department|location|store|unit|group|team|job|function|functie|bedrijf|afdeling|locatie|cost|role|country|land|project|filiaal|winkel|business)\b/;

/** What the name of a column says, where no rule does; null when it says nothing. */
export function kindByHeader(column: string): Kind | null {
  const words = column
    .replace(/(\p{Ll})(\p{Lu})/gu, '$1 $2')
    .replace(/[^\p{L}\p{N}]+/gu, ' ')
    .trim()
    .toLowerCase();
  if (NOT_OF_PEOPLE.test(words)) return null;
  return HINTS.find(([, pattern]) => pattern.test(words))?.[0] ?? null;
}
