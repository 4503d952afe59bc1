import { execFile } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { createSecureServer, type IncomingHttpHeaders } from 'node:http2';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { TLSSocket } from 'node:tls';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Paths of PEM files. */
export interface Certificates {
  readonly authority: string;
  readonly server: { readonly certificate: string; readonly key: string };
  readonly client: { readonly certificate: string; readonly key: string };
}

/** A certificate authority with a server called `temporal.test` and a client; null where there is no OpenSSL. */
export async function makeCertificates(folder: string): Promise<Certificates | null> {
  const path = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => run('openssl', args, { cwd: folder });
  const newKey = (name: string) => ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes', '-keyout', name];
  const sign = async (name: string, extension: string) => {
    await writeFile(path(`${name}.ext`), `${extension}\nbasicConstraints=CA:FALSE\n`);
    await openssl('req', ...newKey(`${name}.key`), '-subj', `/CN=${name}`, '-out', `${name}.csr`);
    const by = ['-CA', 'authority.pem', '-CAkey', 'authority.key', '-CAcreateserial', '-days', '2'];
    await openssl('x509', '-req', '-in', `${name}.csr`, ...by, '-extfile', `${name}.ext`, '-out', `${name}.pem`);
    return { certificate: path(`${name}.pem`), key: path(`${name}.key`) };
  };
  try {
    await openssl('version');
  } catch {
    return null;
  }
  await openssl(
    'req',
    '-x509',
    ...newKey('authority.key'),
    '-subj',
    '/CN=authority',
    '-days',
    '2',
    '-out',
    'authority.pem',
  );
  return {
    authority: path('authority.pem'),
    server: await sign('server', 'subjectAltName=DNS:temporal.test'),
    client: await sign('client', 'extendedKeyUsage=clientAuth'),
  };
}

export interface SeenCall {
  readonly headers: IncomingHttpHeaders;
  /** Common name of the caller's certificate. */
  readonly caller: string | undefined;
}

export interface SecureTemporal {
  readonly address: string;
  readonly calls: readonly SeenCall[];
  close(): Promise<void>;
}

/** Answers every call of Temporal's protocol with an empty message, as far as a connection needs; TLS as in the cloud. */
export async function startSecureTemporal(
  { authority, server: own }: Certificates,
  { asksForCertificate }: { readonly asksForCertificate: boolean },
): Promise<SecureTemporal> {
  const calls: SeenCall[] = [];
  const server = createSecureServer({
    cert: await readFile(own.certificate),
    key: await readFile(own.key),
    ca: await readFile(authority),
    requestCert: asksForCertificate,
    rejectUnauthorized: asksForCertificate,
  });
  const sessions = new Set<{ destroy(): void }>();
  server.on('session', (session) => sessions.add(session));
  server.on('sessionError', () => undefined);
  server.on('stream', (stream, headers) => {
    const { socket } = stream.session ?? {};
    const caller = socket instanceof TLSSocket ? socket.getPeerCertificate().subject?.CN : undefined;
    calls.push({ headers, caller: typeof caller === 'string' ? caller : undefined });
    stream.on('error', () => undefined);
    stream.respond({ ':status': 200, 'content-type': 'application/grpc' }, { waitForTrailers: true });
    stream.on('wantTrailers', () => stream.sendTrailers({ 'grpc-status': '0' }));
    stream.end(Buffer.alloc(5));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    address: `127.0.0.1:${port}`,
    calls,
    close: () => {
      for (const session of sessions) session.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
