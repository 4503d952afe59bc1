import type { NetworkInput } from '../../src/sandbox/control/inputs.js';

/** A small customer for the command line: files as an implementation engineer would write them. */
export const NETWORK: NetworkInput = {
  eid: '0123456789abcdef',
  name: 'De Korenaar',
  app: { eid: 'fedcba9876543210', secret: 'app-secret-of-korenaar' },
  scimToken: 'scim-token-of-korenaar',
  roles: [{ name: 'Store manager' }],
};

export function customerFile(apiBase: string): string {
  return `slug: korenaar
name: De Korenaar
timeZone: Europe/Amsterdam
manager: p.jansen
dailyAt: 05:30
network:
  eid: 0123456789abcdef
  apiBase: ${apiBase}
  credentials:
    appEid: fedcba9876543210
    appSecret: { env: KORENAAR_APP_SECRET }
    scimToken: { file: scim-token.txt }
source:
  kind: drop
`;
}

export const MAPPING = `format: 1
externalId: Id
columns:
  givenName: First
  familyName: Last
groups:
  - businessUnit: { column: Store }
invitations:
  - audience: letter
    userName: Id
options:
  allowEmptyEmail: true
  createMissingGroups: true
guards:
  suspensions: { percent: 10, count: 1, floor: 1 }
`;

export const BAKERS = [
  '0001,Anna,Aalders',
  '0002,Bram,Bakker',
  '0003,Carla,Cornelissen',
  '0004,Dirk,Dekker',
  '0005,Els,Evers',
];

export function recordOf(people: readonly string[]): string {
  return ['Id,First,Last,Store', ...people.map((person) => `${person},Delft`)].join('\n') + '\n';
}
