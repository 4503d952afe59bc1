import { openDataFolder } from '../../../src/stack/data-folder.js';
import { startPostgres } from '../../../src/stack/postgres-server.js';

const folder = await openDataFolder(process.argv[2] ?? '');
const { url } = await startPostgres({ folder, env: {}, preferredPort: 0, log: () => undefined });
console.log(url);
setInterval(() => undefined, 1_000);
