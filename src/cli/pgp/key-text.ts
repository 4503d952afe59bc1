/** In groups of four, as people compare it by telephone. */
export function fingerprintWords(fingerprint: string): string {
  return fingerprint.replace(/(.{4})(?=.)/g, '$1 ');
}
