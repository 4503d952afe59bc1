import { domainOf, parseMailAddress, type MailAddress } from './address.js';

/** How mail leaves: by SMTP, or into a folder. */
export interface MailSettings {
  readonly sender: MailAddress;
  /** null: every mail becomes a file of the outbox. */
  readonly smtp: SmtpSettings | null;
  /** Folder of the outbox. */
  readonly outbox: string;
}

export interface SmtpSettings {
  readonly host: string;
  readonly port: number;
  /**
   * `at once`: TLS before a word is said. `required`: by STARTTLS, or nothing is sent. `when offered`: by STARTTLS, or
   * else without. `off`: without.
   */
  readonly tls: 'at once' | 'required' | 'when offered' | 'off';
  readonly login: { readonly user: string; readonly password: string } | null;
  /** PEM of the authority that signed the server's certificate; without it, those that Node trusts. */
  readonly authority?: string;
  readonly limits?: SmtpLimits;
}

/** In milliseconds. */
export interface SmtpLimits {
  readonly connect: number;
  /** Until each answer. A server may look through a mail for a while before it says whether it takes it. */
  readonly answer: number;
  /** For one mail, from the first packet on. */
  readonly total: number;
}

/** A setting of the mail is not usable. The sentence never holds the setting, in which a password may stand. */
export class UnusableMailSetting extends Error {
  override readonly name = 'UnusableMailSetting';
}

/** Values of `?tls=` in an address of a mail server. */
const TLS = { required: 'required', optional: 'when offered', off: 'off' } as const;

/**
 * `smtp://user:password@host:587`, `smtps://user:password@host:465`. TLS is required, except on this machine; another
 * choice is `?tls=required`, `optional` or `off`. @throws UnusableMailSetting
 */
export function readSmtpUrl(text: string): SmtpSettings {
  const url = URL.canParse(text) ? new URL(text) : null;
  if (url === null || !/^smtps?:$/.test(url.protocol) || url.hostname === '' || /^\/.+/.test(url.pathname)) {
    throw new UnusableMailSetting('is no address of a mail server: smtp://user:password@host:587 was expected');
  }
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const tls = url.protocol === 'smtps:' ? readTlsOfSmtps(url) : readTls(url, isLoopback(host));
  const login = readLogin(url);
  if (login !== null && !isLoopback(host) && tls !== 'at once' && tls !== 'required') {
    throw new UnusableMailSetting('has a password, which is not sent without TLS: leave ?tls= out');
  }
  const port = url.port === '' ? (tls === 'at once' ? 465 : 587) : Number(url.port);
  return { host, port, tls, login };
}

/** `User Sync <usersync@example.org>`. @throws UnusableMailSetting */
export function readSender(text: string): MailAddress {
  const sender = parseMailAddress(text);
  if (sender !== null) return sender;
  throw new UnusableMailSetting('is no mail address: "User Sync <usersync@example.org>" was expected');
}

/** Whether mail servers elsewhere would take a mail from this sender. */
export function isKnownElsewhere(sender: MailAddress): boolean {
  return domainOf(sender.address) !== 'localhost';
}

export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(\.\d{1,3}){3}$/.test(host);
}

function readTls(url: URL, isLocal: boolean): SmtpSettings['tls'] {
  const wish = wishOf(url);
  if (wish === null) return isLocal ? 'off' : 'required';
  if (wish in TLS) return TLS[wish as keyof typeof TLS];
  throw new UnusableMailSetting('has an unknown ?tls=: required, optional or off were expected');
}

function readTlsOfSmtps(url: URL): 'at once' {
  if (wishOf(url) !== null) throw new UnusableMailSetting('begins with smtps, which always uses TLS: leave ?tls= out');
  return 'at once';
}

function wishOf(url: URL): string | null {
  const unknown = [...url.searchParams.keys()].some((name) => name !== 'tls');
  if (unknown) throw new UnusableMailSetting('has something behind the ? that is not known: only tls is');
  return url.searchParams.get('tls');
}

function readLogin({ username, password }: URL): SmtpSettings['login'] {
  if (username === '' && password === '') return null;
  const login = { user: decoded(username), password: decoded(password) };
  if (login.user !== '' && login.password !== '') return login;
  throw new UnusableMailSetting('has a user name or a password, and not both');
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new UnusableMailSetting('has a % in its user name or password: write it as %25');
  }
}
