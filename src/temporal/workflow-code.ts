import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** The bundle that `npm run build` makes, beside the compiled worker; from the sources the worker bundles by itself. */
export async function workflowCode() {
  const bundle = fileURLToPath(new URL('../workflow-bundle.js', import.meta.url));
  if (existsSync(bundle)) return { workflowBundle: { codePath: bundle } };
  const path = import.meta.url.endsWith('.ts') ? '../workflows/index.ts' : '../workflows/index.js';
  return { workflowsPath: fileURLToPath(new URL(path, import.meta.url)) };
}
