// Imported first, and written so that an old Node can still read it: it says what is wrong instead of failing later.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Node 20.19 or newer is needed, and this is ${process.version}. Nothing was changed.`);
  process.exit(1);
}
