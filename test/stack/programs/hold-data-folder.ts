import { openDataFolder } from '../../../src/stack/data-folder.js';

await openDataFolder(process.argv[2] ?? '');
console.log('open');
setInterval(() => undefined, 1_000);
