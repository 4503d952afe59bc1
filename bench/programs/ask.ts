// Asks one thing of the sandbox many times, as plainly as undici can: <url> <token> <requests>; prints the seconds.
import { Pool } from 'undici';

const AT_ONCE = 8;

const [address = '', token = '', requests = '0'] = process.argv.slice(2);
const url = new URL(address);
const pool = new Pool(url.origin, { connections: AT_ONCE });
const headers = { accept: 'application/vnd.speakap.api-v1.8.2+json', authorization: `Bearer ${token}` };
let left = Number(requests);

const ask = async (): Promise<void> => {
  while (left > 0) {
    left -= 1;
    const { statusCode, body } = await pool.request({ path: url.pathname, method: 'GET', headers });
    await body.dump();
    if (statusCode !== 200) throw new Error(`The sandbox answered ${statusCode}.`);
  }
};

const start = performance.now();
await Promise.all(Array.from({ length: AT_ONCE }, ask));
process.stdout.write(String((performance.now() - start) / 1000));
await pool.close();
