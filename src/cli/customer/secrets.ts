import ssh2 from 'ssh2';
import type { NetworkCredentials, SourceCredentials } from '../../connections/credentials.js';
import type { Path, Places } from '../../sync/mapping/places.js';
import type { FileProblem } from '../yaml/read-yaml.js';
import { readAfasToken, UnusableToken } from '../../sources/afas/token.js';
import type { AfasSourceDocument } from './afas-document.js';
import type { CustomerDocument, SftpSourceDocument } from './document.js';
import { findSecret, type SecretReference } from './secret-reference.js';

/** Looks up all secrets of one file and gathers what is missing, so that a person mends it in one go. */
export class Secrets {
  readonly problems: FileProblem[] = [];

  constructor(
    private readonly places: Places,
    private readonly folder: string,
    private readonly env: NodeJS.ProcessEnv,
  ) {}

  async ofNetwork({ network }: Pick<CustomerDocument, 'network'>): Promise<NetworkCredentials> {
    const { appEid, appSecret, scimToken } = network.credentials;
    const path = ['network', 'credentials'];
    return {
      appEid,
      appSecret: await this.find(appSecret, [...path, 'appSecret']),
      scimToken: await this.find(scimToken, [...path, 'scimToken']),
    };
  }

  ofSource(source: SftpSourceDocument | AfasSourceDocument): Promise<SourceCredentials> {
    return source.kind === 'afas' ? this.ofAfas(source) : this.ofSftp(source);
  }

  /** The token is kept in one form, whatever form it was given in. */
  private async ofAfas({ credentials }: AfasSourceDocument): Promise<SourceCredentials> {
    const path = ['source', 'credentials', 'token'];
    const given = await this.find(credentials.token, path);
    if (given === '') return { token: '' };
    try {
      return { token: readAfasToken(given) };
    } catch (error) {
      if (!(error instanceof UnusableToken)) throw error;
      this.problems.push({ ...this.places.of(path), text: error.message });
      return { token: '' };
    }
  }

  private async ofSftp({ credentials }: SftpSourceDocument): Promise<SourceCredentials> {
    const { password, privateKey, passphrase } = credentials;
    const path = ['source', 'credentials'];
    if (password !== undefined) return { password: await this.find(password, [...path, 'password']) };
    if (privateKey === undefined) return { password: '' };
    const key = await this.find(privateKey, [...path, 'privateKey']);
    const phrase = passphrase === undefined ? undefined : await this.find(passphrase, [...path, 'passphrase']);
    this.checkKey(key, phrase, [...path, 'privateKey']);
    return { privateKey: key, ...(phrase === undefined ? {} : { passphrase: phrase }) };
  }

  private async find(reference: SecretReference, path: Path): Promise<string> {
    const found = await findSecret(reference, this.folder, this.env);
    if ('secret' in found) return found.secret;
    this.problems.push({ ...this.places.of(path), text: found.problem });
    return '';
  }

  private checkKey(key: string, passphrase: string | undefined, path: Path): void {
    if (key === '') return;
    const parsed = ssh2.utils.parseKey(key, passphrase);
    if (!(parsed instanceof Error)) return;
    const text = `This private key cannot be used (${parsed.message}). A key in OpenSSH's format is needed, with its passphrase when it has one.`;
    this.problems.push({ ...this.places.of(path), text });
  }
}
