// Measures a floor in a process that does nothing else: hash <file> | copy <file> <database>; prints the seconds.
import { openDatabase } from '../../src/store/database.js';
import { secondsToCopy, secondsToHash } from '../floors.js';

const [what, path = '', url = ''] = process.argv.slice(2);
// Once before, so that nobody waits for the disk and everything is compiled.
await secondsToHash(path);
if (what === 'hash') process.stdout.write(String(await secondsToHash(path)));
else {
  const database = openDatabase(url);
  process.stdout.write(String(await secondsToCopy(database, path)));
  await database.close();
}
